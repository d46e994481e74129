from odoo import SUPERUSER_ID, api
from odoo.tools import SQL


def migrate(cr, version):
    """What the facts say for all their KPIs need not stand on each.

    What somebody changed or translated stays.
    """
    kpis = api.Environment(cr, SUPERUSER_ID, {})["supplier.kpi"]
    for kpi in kpis.with_context(active_test=False).search([]):
        if not kpi._has_facts():
            continue
        texts = kpi.env[kpi.fact_model]._fact_definition()
        for name, text in zip(
            ("source_description", "exclusion_description"), texts, strict=True
        ):
            column = SQL.identifier(name)
            cr.execute(
                SQL(
                    "UPDATE supplier_kpi SET %(column)s = NULL"
                    " WHERE id = %(id)s"
                    " AND %(column)s = JSONB_BUILD_OBJECT('en_US', %(text)s::text)",
                    column=column,
                    id=kpi.id,
                    text=text,
                )
            )
    kpis.invalidate_model()
