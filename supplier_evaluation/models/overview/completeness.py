from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class SupplierScorecard(models.Model):
    """The vendors of which something is missing that the rules ask for."""

    _inherit = "supplier.scorecard"

    @api.model
    def _count_incomplete(self, partners):
        """Count them in one statement, all and those of the user.

        :param list partners: ids of whom; all vendors when None
        :return: ``{"all": figures, "my": figures}``; ``incomplete`` is None where
            nothing is asked of anybody
        """
        profiles = self.env["supplier.profile"]
        domain = Domain("company_id", "in", self.env.companies.ids)
        if partners is not None:
            domain &= Domain("partner_id", "in", partners)
        query = profiles._search(domain & Domain("score", "!=", False))
        column = {
            name: SQL.identifier(profiles._table, name)
            for name in ("buyer_id", "partner_id", "score")
        }
        inner = query.select(
            SQL(
                "COALESCE(%s = %s, FALSE) AS is_mine", column["buyer_id"], self.env.uid
            ),
            SQL("%s AS partner_id", column["partner_id"]),
            SQL("%s < 100 AS is_incomplete", column["score"]),
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT is_mine, COUNT(DISTINCT partner_id),
                       COUNT(DISTINCT partner_id) FILTER (WHERE is_incomplete)
                  FROM (%s) profile GROUP BY is_mine
                """,
                inner,
            )
        )
        return {
            name: {
                "incomplete": sum(row[2] for row in some) if some else None,
                "asked": sum(row[1] for row in some),
            }
            for name, some in (("all", rows), ("my", [row for row in rows if row[0]]))
        }
