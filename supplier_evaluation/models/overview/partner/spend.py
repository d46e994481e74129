"""How much a supplier is bought from, and what share of its categories that is."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tools import SQL

from ....report.price.spend import SpendQuery
from ....scoring import FactScope


class CategorySpend(SpendQuery):
    """Sums what was ordered in the supplier's categories: there, and of everybody."""

    def __init__(self, facts, partner_id):
        super().__init__(facts)
        self.partner_id = partner_id

    def sql(self):
        """Return the query: ``category_id, own, total``."""
        return SQL(
            """
            SELECT categ_id,
                   SUM(amount) FILTER (WHERE partner_id = %(partner)s) AS own,
                   SUM(amount) AS total
              FROM (%(ordered)s) ordered
             GROUP BY categ_id
            HAVING BOOL_OR(partner_id = %(partner)s)
             ORDER BY own DESC NULLS LAST, categ_id
            """,
            partner=self.partner_id,
            ordered=self.ordered(),
        )


def spend_by_category(partner, company, months=12):
    """Return what was ordered of a supplier in the last months, by category.

    :param partner: a commercial partner
    :param company: whose orders
    :return: list of ``(category id, of the supplier, of all suppliers)``, without tax
        in company currency, what is ordered most first
    """
    env = partner.env(su=True)
    now = fields.Datetime.now()
    today = company._supplier_day(now)
    scope = FactScope(
        company.id,
        today - relativedelta(months=months) + timedelta(days=1),
        today,
        # What was confirmed in this very second is confirmed.
        now + timedelta(seconds=1),
        company.sudo()._supplier_tz(),
    )
    env.flush_all()
    facts = env["supplier.price.fact"]._with_fact_scope(scope)
    rows = env.execute_query(CategorySpend(facts, partner.id).sql())
    return [(categ_id, own or 0.0, total or 0.0) for categ_id, own, total in rows]
