import logging
from datetime import datetime

from odoo import SUPERUSER_ID, api

from odoo.addons.supplier_evaluation.models.scorecard.seal import (
    seal_evaluations,
    verify_scorecards,
)

_logger = logging.getLogger(__name__)


def migrate(cr, version):
    """Evaluations get seals, where the seals of their scorecards hold.

    Those of the scorecards stay as they are.
    """
    evaluations = api.Environment(cr, SUPERUSER_ID, {})["supplier.evaluation"]
    published = evaluations.search([("state", "in", ("published", "superseded"))])
    for company, runs in published.grouped("company_id").items():
        # Sealed already, by an upgrade that was run before.
        if company.supplier_evaluation_seal_number:
            continue
        broken = verify_scorecards(company)
        if broken:
            _logger.warning(
                "The evaluations of %s are not sealed: %s", company.name, broken
            )
            continue
        runs = runs.sorted(lambda run: (run.date_published or datetime.min, run.id))
        seal_evaluations(runs, company)
