from odoo import SUPERUSER_ID, api

from odoo.addons.supplier_evaluation.tools.sentences import replace_sentences

# Sentences of our KPIs that say something else now, by the KPI's name and field.
SENTENCES = {
    ("bill_price_variance", "description"): (
        "compared in company currency, each at its own rate.",
        (
            "compared in company currency, at the rates of the bill's day. A posted "
            "bill is compared with what was ordered until then."
        ),
    ),
}


def migrate(cr, version):
    """A bill is compared with its order as that was on its day, and the KPI says so."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    replace_sentences(cr, env["supplier.kpi"], SENTENCES)
