import logging
from datetime import datetime

from odoo import SUPERUSER_ID, api

from odoo.addons.supplier_evaluation.models.scorecard.seal import verify_seals
from odoo.addons.supplier_evaluation.models.scorecard.sealing.later import (
    seal_later_figures,
)

_logger = logging.getLogger(__name__)


def migrate(cr, version):
    """What was filled in gets a seal of its own, where the seals of before hold.

    Those stay as they are. It comes last, when all is filled in.
    """
    evaluations = api.Environment(cr, SUPERUSER_ID, {})["supplier.evaluation"]
    published = evaluations.search([("state", "in", ("published", "superseded"))])
    for company, runs in published.grouped("company_id").items():
        broken = verify_seals(company)
        if broken:
            _logger.warning(
                "What was filled in on the evaluations of %s is not sealed: %s",
                company.name,
                broken,
            )
            continue
        runs = runs.sorted(lambda run: (run.date_published or datetime.min, run.id))
        seal_later_figures(runs, company)
