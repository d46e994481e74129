from odoo import SUPERUSER_ID, api

from odoo.addons.supplier_evaluation.tools.sentences import replace_sentences

# Sentences of our KPIs that say something else now, by the KPI's name and field.
SENTENCES = {
    ("return_rate", "description"): [
        (
            "A return that was undone does not count. Odoo asks for no reason of a "
            "return, so every return to the supplier counts."
        ),
        "Every return counts, whatever its reason, but one that was undone.",
    ],
    ("return_rate", "exclusion_description"): [
        "Receipts and returns of order lines that a manager left out with a reason.",
        (
            "Receipts and returns of order lines that a manager left out with a "
            "reason. Returns that were undone, and goods for a supplier that belong to "
            "no order, or to several."
        ),
    ],
    ("defect_ppm", "description"): [
        "Defective is what went back or was scrapped at the receipt,",
        (
            "Defective is what went back as bad or as a wrong article or was scrapped "
            "at the receipt,"
        ),
    ],
    ("lot_acceptance", "description"): [
        "of which nothing was returned, scrapped or rejected",
        (
            "of which nothing was returned as bad or as a wrong article, scrapped or "
            "rejected"
        ),
    ],
    ("otif", "description"): [
        "of which nothing was returned.",
        "of which nothing was returned as bad or as a wrong article.",
    ],
}


def migrate(cr, version):
    """KPIs say which returns count; what somebody wrote otherwise stays."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    replace_sentences(cr, env["supplier.kpi"], SENTENCES)
