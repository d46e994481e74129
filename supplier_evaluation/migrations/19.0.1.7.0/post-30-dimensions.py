from odoo.tools import SQL
from odoo.tools.sql import column_exists

MEMBER = "supplier_scorecard_template_member"
CODES = ("delivery", "quality", "cost", "service", "compliance")


def migrate(cr, version):
    """Who may override the scores of a dimension is linked to its record.

    It was a tick for each of the five dimensions; their columns go after this.
    """
    for code in CODES:
        tick = f"may_override_{code}"
        if not column_exists(cr, MEMBER, tick):
            continue
        cr.execute(
            SQL(
                """
                INSERT INTO supplier_member_override_dimension_rel
                            (member_id, dimension_id)
                SELECT member.id, dimension.id
                  FROM supplier_scorecard_template_member member
                  JOIN supplier_dimension dimension ON dimension.code = %s
                 WHERE member.%s
                ON CONFLICT DO NOTHING
                """,
                code,
                SQL.identifier(tick),
            )
        )
