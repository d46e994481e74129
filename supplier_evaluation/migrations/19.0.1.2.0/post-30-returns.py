from odoo.tools import SQL

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
    for (code, name), (former, present) in SENTENCES.items():
        cr.execute(
            SQL(
                """
                UPDATE supplier_kpi
                   SET %(column)s = JSONB_SET(
                           %(column)s, '{en_US}',
                           TO_JSONB(REPLACE(%(column)s ->> 'en_US', %(former)s,
                                            %(present)s)))
                 WHERE id IN (SELECT res_id FROM ir_model_data
                               WHERE model = 'supplier.kpi'
                                 AND module = 'supplier_evaluation'
                                 AND name = %(xmlid)s)
                   AND POSITION(%(former)s IN %(column)s ->> 'en_US') > 0
                   AND POSITION(%(present)s IN %(column)s ->> 'en_US') = 0
                """,
                column=SQL.identifier(name),
                former=former,
                present=present,
                xmlid=f"supplier_kpi_{code}",
            )
        )
