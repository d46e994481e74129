"""The SQL of savings: what order lines cost, beside what they could have cost."""

from odoo.tools import SQL

from ..fact.query import FactQuery, fact_columns
from ..price.query import PriceQuery
from .references import REFERENCES, SAVING_IDS, rate_of, reference_sql

REFERENCES_KEY = "supplier_saving_references"
# Those that are made of what prices are compared with.
OF_PRICES = frozenset({"last", "market", "index"})


class SavingQuery(FactQuery):
    """Builds the query of ``supplier.saving.fact``: the price facts, by reference.

    Only the references that are asked for are made, so a question about one of them
    costs one.
    """

    def __init__(self, facts, scope=None):
        super().__init__(facts, scope)
        self.facts = facts
        self.prices = PriceQuery(facts.env["supplier.price.fact"], self.scope)
        asked = facts.env.context.get(REFERENCES_KEY)
        self.references = [
            name for name in REFERENCES if asked is None or name in asked
        ]
        self.prices.needs_all = not OF_PRICES.isdisjoint(self.references)

    def sql(self):
        """Return the whole query, one row per price and reference."""
        branches = [self._branch(name) for name in self.references or REFERENCES[:1]]
        return SQL(
            "WITH price AS (%(prices)s) SELECT %(columns)s FROM (%(branches)s) line"
            " WHERE %(any)s",
            prices=self.prices.sql(),
            columns=self._columns(),
            branches=SQL(" UNION ALL ").join(branches),
            any=SQL("TRUE") if self.references else SQL("FALSE"),
        )

    def _branch(self, name):
        """The prices with one reference."""
        return SQL(
            """
            SELECT %(id)s AS id, %(name)s AS reference,
                   p.res_model, p.res_id, p.name, p.partner_id, p.company_id, p.date,
                   p.product_id, p.categ_id, p.exclusion_reason, p.source, p.order_id,
                   p.currency_id, p.quantity, p.price, p.rate, p.value,
                   bought.user_id AS buyer_id,
                   r.unit_value, r.reference_order_id, r.contract_line_id,
                   COALESCE(p.exclusion, %(no_rate)s, r.problem,
                            CASE WHEN r.unit_value IS NULL THEN 'no_reference' END
                   )::varchar AS exclusion
              FROM price p
              JOIN res_company pc ON pc.id = p.company_id
              LEFT JOIN purchase_order bought ON bought.id = p.order_id
              LEFT JOIN product_product pp ON pp.id = p.product_id
              LEFT JOIN product_template pt ON pt.id = pp.product_tmpl_id
              LEFT JOIN uom_uom own ON own.id = pt.uom_id
              LEFT JOIN product_category ours ON ours.id = p.categ_id
             CROSS JOIN LATERAL (%(reference)s) r
            """,
            id=SAVING_IDS.sql(SQL("p.id"), REFERENCES.index(name)),
            name=SQL("%s::varchar", name),
            no_rate=self._no_rate(),
            reference=reference_sql(name, self.facts._is_listed_for_order()),
        )

    def _no_rate(self):
        """What was paid in a currency without a rate is not known in the company's.

        Odoo takes a rate of 1 then.
        """
        return SQL(
            """
            CASE WHEN p.source = 'order'
                  AND p.rate = 1
                  AND p.currency_id <> pc.currency_id
                  AND %s IS NULL THEN 'no_rate' END
            """,
            rate_of(SQL("p.currency_id")),
        )

    def _columns(self):
        """Amounts are those of lines that count: what is left out is no saving."""
        counted = SQL("line.exclusion IS NULL")
        reference = SQL("line.unit_value * line.quantity")
        return SQL(
            """
            %(columns)s,
            line.reference, line.source, line.order_id, line.buyer_id,
            line.currency_id, line.quantity, line.price, line.reference_order_id,
            line.contract_line_id,
            CASE WHEN line.exclusion IS NULL OR line.exclusion NOT IN
                      ('no_rate', 'no_unit')
                 THEN line.unit_value * line.rate END AS reference_price,
            line.value,
            CASE WHEN %(counted)s THEN %(reference)s END AS reference_value,
            CASE WHEN %(counted)s THEN %(reference)s - line.value END AS saving,
            CASE WHEN %(counted)s THEN line.value - %(reference)s END AS excess,
            CASE WHEN %(counted)s
                 THEN 1 - line.value / NULLIF(%(reference)s, 0) END AS saving_share
            """,
            columns=fact_columns(SQL("line"), self._weight(SQL("line.value"))),
            counted=counted,
            reference=reference,
        )
