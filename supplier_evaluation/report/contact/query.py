"""The SQL of the contact facts: what was held, against the contact plan of the tier.

The plan asks for a contact every so many days, so in a period for as many as fit in it
whole. One row says this number; each contact is a row that fills one of it, up to that
number: so the figure is never above 100 %, and is 0 where nobody was contacted.
"""

from odoo.tools import SQL

from ...models.contact.supplier_contact import IN_PERSON
from ..fact.ids import SourceIds
from ..fact.query import (
    NEVER_EXCLUDED,
    WITHOUT_PRODUCT,
    FactQuery,
    company_of,
    fact_columns,
)

CONTACT, SUPPLIER = "supplier.contact", "res.partner"
CONTACT_IDS = SourceIds(CONTACT, SUPPLIER)


class ContactQuery(FactQuery):
    """Builds the query of ``supplier.contact.fact``.

    An analysis has no period in which a number could be planned: it shows the contacts.
    """

    def __init__(self, facts):
        super().__init__(facts)
        self.planned_words = facts.env._("Planned contacts:")
        self.without_plan = facts.env._(
            "The tier has no contact plan, or the period is shorter than its days."
        )
        self.not_in_person = facts.env._("The plan of the tier asks to meet.")

    def sql(self):
        """Return the whole query."""
        return SQL(
            """
            WITH plan AS (%(plan)s),
            contact AS (%(contacts)s)
            SELECT %(columns)s,
                   n.kind, n.user_id, n.duration::float8 AS duration,
                   NULL::float8 AS planned,
                   CASE WHEN NOT %(is_open)s AND n.why IS NULL
                        THEN (n.place <= n.planned)::integer::float8 END AS held
              FROM (
                   SELECT contact.*,
                          ROW_NUMBER() OVER (
                              PARTITION BY company_id, commercial_partner_id,
                                           why IS NULL
                              ORDER BY instant, id) AS place
                     FROM contact
                   ) n
             UNION ALL
            SELECT %(plan_columns)s,
                   NULL AS kind, NULL::integer AS user_id, NULL::float8 AS duration,
                   plan.planned, 0::float8 AS held
              FROM plan
             WHERE plan.planned > 0
            """,
            plan=self._plan(),
            contacts=self._contacts(),
            is_open=self.scope.is_open,
            columns=fact_columns(
                SQL("n"),
                **WITHOUT_PRODUCT,
                id=CONTACT_IDS.sql(CONTACT, SQL("n.id")),
                res_model=SQL("'supplier.contact'"),
                res_id=SQL("n.id"),
                name=SQL("n.subject"),
                partner_id=SQL("n.commercial_partner_id"),
                date=SQL("n.day"),
                exclusion=SQL("n.why"),
                exclusion_reason=SQL("n.why_in_words"),
            ),
            plan_columns=fact_columns(
                SQL("plan"),
                **WITHOUT_PRODUCT,
                **NEVER_EXCLUDED,
                id=CONTACT_IDS.sql(SUPPLIER, SQL("plan.partner_id")),
                res_model=SQL("'supplier.tier'"),
                res_id=SQL("plan.tier_id"),
                name=SQL("%s || ' ' || plan.planned", self.planned_words),
                date=SQL("%s::date", self.scope.days[0]),
            ),
        )

    def _plan(self):
        """How many contacts are planned with each supplier until the cut-off.

        Between a contact and a meeting, what is planned more often decides.
        """
        company = self.scope.company_id
        if self.scope.is_open:
            return SQL(
                "SELECT NULL::integer AS partner_id, NULL::integer AS company_id,"
                " NULL::integer AS tier_id, NULL::float8 AS planned,"
                " FALSE AS is_to_meet WHERE FALSE"
            )
        first, last = self.scope.days
        return SQL(
            """
            SELECT p.id AS partner_id, %(company)s AS company_id, t.id AS tier_id,
                   FLOOR(%(days)s / LEAST(NULLIF(t.contact_days, 0),
                                          NULLIF(t.visit_days, 0))::float8) AS planned,
                   COALESCE(t.contact_days, 0) = 0 AS is_to_meet
              FROM res_partner p
              JOIN supplier_tier t
                ON t.id = (p.supplier_tier_id ->> %(key)s)::integer
             WHERE p.commercial_partner_id = p.id
               AND (t.contact_days > 0 OR t.visit_days > 0)
               AND %(of_supplier)s
            """,
            company=company,
            key=str(company),
            days=max(0, (last - first).days + 1),
            of_supplier=self._of_supplier(SQL("p.id")),
        )

    def _contacts(self):
        """The contacts of the period, and why one does not count."""
        return SQL(
            """
            SELECT n.id, n.company_id, n.commercial_partner_id, n.subject, n.kind,
                   n.user_id, n.duration, n.date AS instant, %(day)s AS day,
                   plan.planned, given.why,
                   CASE WHEN given.why = 'no_reference' AND plan.planned > 0
                        THEN %(not_in_person)s
                        WHEN given.why = 'no_reference' THEN %(without_plan)s
                        ELSE n.supplier_exclusion_reason END AS why_in_words
              FROM supplier_contact n
              %(company)s
         LEFT JOIN plan ON plan.partner_id = n.commercial_partner_id
                       AND plan.company_id = n.company_id
             CROSS JOIN LATERAL (
                   SELECT CASE WHEN n.active IS NOT TRUE THEN 'cancelled'
                               WHEN n.create_date > %(cutoff)s THEN 'outside_period'
                               WHEN n.supplier_exclusion IS NOT NULL
                                    THEN n.supplier_exclusion
                               WHEN %(is_open)s THEN NULL
                               WHEN plan.planned IS NULL OR plan.planned < 1
                                    OR (plan.is_to_meet
                                        AND n.kind <> ALL(%(in_person)s))
                                    THEN 'no_reference' END AS why
                   ) given
             WHERE %(in_period)s
               AND %(of_supplier)s
            """,
            day=self._local_day(SQL("n.date")),
            not_in_person=self.not_in_person,
            without_plan=self.without_plan,
            company=company_of(SQL("n.company_id")),
            cutoff=self.cutoff,
            is_open=self.scope.is_open,
            in_person=list(IN_PERSON),
            in_period=self._in_period(SQL("n.date"), SQL("n.company_id")),
            of_supplier=self._of_supplier(SQL("n.commercial_partner_id")),
        )
