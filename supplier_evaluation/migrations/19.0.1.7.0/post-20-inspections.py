from odoo import SUPERUSER_ID, api

from odoo.addons.supplier_evaluation.tools.sentences import replace_sentences

# Sentences of our KPIs that say something else now, by the KPI's name and field.
SENTENCES = {
    ("defect_ppm", "description"): (
        (
            "for which the supplier is responsible; each unit counts once, so the "
            "larger of the two is taken."
        ),
        (
            "for which the supplier is responsible, or what its inspection found bad; "
            "each unit counts once, so the largest of them is taken. A sample tells of "
            "the checked parts only."
        ),
    ),
    ("lot_acceptance", "description"): (
        "scrapped or rejected in an incident until the cut-off.",
        (
            "scrapped, rejected in an incident or found bad by an inspection until the "
            "cut-off."
        ),
    ),
}


def migrate(cr, version):
    """Defects are what inspections found, too, and KPIs say so."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    replace_sentences(cr, env["supplier.kpi"], SENTENCES)
