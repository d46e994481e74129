from datetime import date, datetime

from freezegun import freeze_time

from odoo.tests import tagged

from .common import IncidentCommon


@tagged("post_install", "-at_install")
class TestIncidentFact(IncidentCommon):
    """What counts, and the figures."""

    def _facts(self, **scope):
        self.env.flush_all()
        facts = self.env["supplier.incident.fact"]._with_fact_scope(
            self._scope(**{"with_excluded": True, **scope})
        )
        return facts.search([("company_id", "=", self.company.id)])

    def test_resolution_rate(self):
        for _number in range(9):
            self._incident(resolved="2026-03-14 04:00:00")
        self._incident()
        measure = self._measure("resolution_rate")
        self.assertEqual(measure.value, 90)
        self.assertEqual(measure.n, 10)
        self.assertLess(measure.low, 90)
        self.assertGreater(measure.high, 90)

    def test_resolution_time(self):
        """2 h and 4 h, and one that is open until the cut-off 48 h later."""
        self._incident("2026-03-12 04:00:00", resolved="2026-03-12 06:00:00")
        self._incident("2026-03-12 04:00:00", resolved="2026-03-12 08:00:00")
        self.assertEqual(self._measure("resolution_time").value, 3)
        self._incident("2026-03-12 04:00:00")
        measure = self._measure("resolution_time", cutoff=datetime(2026, 3, 14, 4))
        self.assertAlmostEqual(measure.value, (2 + 4 + 48) / 3)
        self.assertEqual(measure.n, 3)

    def test_resolved_after_the_cutoff(self):
        incident = self._incident("2026-03-31 10:00:00", resolved="2026-04-10 10:00:00")
        fact = self._facts(cutoff=datetime(2026, 4, 4, 16)).browse(incident.id)
        self.assertEqual(fact.is_resolved, 0)
        self.assertEqual(fact.hours_open, 4 * 24 + 6)
        fact = self._facts(cutoff=datetime(2026, 4, 10, 10)).browse(incident.id)
        self.assertEqual(fact.is_resolved, 1)
        self.assertEqual(fact.hours_open, 240)

    def test_opened_after_the_cutoff(self):
        self._incident("2026-03-20 04:00:00")
        self.assertFalse(self._facts(cutoff=datetime(2026, 3, 20, 3, 59)))
        self.assertIsNone(self._measure("resolution_rate", cutoff=datetime(2026, 3, 1)))

    def test_edge_of_the_period(self):
        """March begins and ends at 16:00 UTC of the day before, in Shanghai."""
        self._incident("2026-02-28 15:59:59")
        first = self._incident("2026-02-28 16:00:00")
        last = self._incident("2026-03-31 15:59:59")
        self._incident("2026-03-31 16:00:00")
        facts = self._facts()
        self.assertEqual(set(facts.ids), {first.id, last.id})
        self.assertEqual(facts.browse(first.id).date, date(2026, 3, 1))
        self.assertEqual(facts.browse(last.id).date, date(2026, 3, 31))

    def test_fields(self):
        incident = self._incident(
            partner_id=self.contact.id,
            picking_id=self.receipt.id,
            quantity=7,
            cost=12.5,
            severity="critical",
            responsibility="supplier",
        )
        fact = self._facts()
        self.assertEqual(fact.id, incident.id)
        self.assertEqual(fact.partner_id, self.supplier)
        self.assertEqual(fact.product_id, self.product)
        self.assertEqual(fact.categ_id, self.product.categ_id)
        self.assertEqual(fact.quantity, 7)
        self.assertEqual(fact.cost, 12.5)
        self.assertEqual(fact.currency_id, self.company.currency_id)
        self.assertEqual(
            (fact.incident_type, fact.severity, fact.responsibility),
            ("quality", "critical", "supplier"),
        )
        self.assertEqual((fact.weight, fact.line_count), (1, 1))
        self.assertEqual(fact.name, incident.name)
        action = fact.action_open_document()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("supplier.incident", incident.id)
        )

    def test_exclusions(self):
        counted = self._incident(responsibility="open")
        blamed = self._incident(responsibility="supplier")
        expected = {counted.id: False, blamed.id: False}
        for responsibility in ("us", "carrier", "force_majeure"):
            incident = self._incident(responsibility=responsibility)
            expected[incident.id] = "responsibility"
        cancelled = self._incident()
        cancelled.action_cancel()
        expected[cancelled.id] = "cancelled"
        waived = self._incident()
        waived._set_supplier_exclusion("manual", "Our drawing was wrong")
        expected[waived.id] = "manual"
        self._incident(partner_id=False)
        facts = self._facts()
        self.assertEqual({fact.id: fact.exclusion for fact in facts}, expected)
        self.assertEqual(
            facts.browse(waived.id).exclusion_reason, "Our drawing was wrong"
        )
        self.assertEqual(self._measure("resolution_rate").n, 2)
        waived._set_supplier_exclusion(False, "It was right after all")
        self.assertEqual(self._measure("resolution_rate").n, 3)

    def test_leave_out_from_the_facts(self):
        incident = self._incident()
        action = self._facts().action_leave_out()
        targets = action["context"]["default_targets"]
        self.assertEqual(targets, {"supplier.incident": incident.ids})

    def test_archived_supplier_counts(self):
        self._incident(partner_id=self.contact.id)
        (self.contact | self.supplier).active = False
        self.assertEqual(self._measure("resolution_rate").value, 0)

    def test_two_suppliers(self):
        self._incident(resolved="2026-03-14 04:00:00")
        self._incident(partner_id=self.stranger.id)
        self.assertEqual(self._measure("resolution_rate").value, 100)
        self.assertEqual(self._measure("resolution_rate", self.stranger).value, 0)

    def test_another_company(self):
        other = self._create_company("Silver Works", "UTC", "EUR")
        self._incident(company_id=other.id)
        self.assertIsNone(self._measure("resolution_rate"))
        measure = self._measure("resolution_rate", company_id=other.id, tz="UTC")
        self.assertEqual(measure.n, 1)

    def test_without_scope(self):
        """The analysis shows everything up to now, in each company's own days."""
        other = self._create_company("Silver Works", "America/New_York", "EUR")
        mine = self._incident("2026-03-31 16:30:00")
        theirs = self._incident("2026-03-31 16:30:00", company_id=other.id)
        future = self._incident(date_opened="2999-01-01 00:00:00")
        self.env.flush_all()
        facts = self.env["supplier.incident.fact"].with_context(
            allowed_company_ids=(self.company | other).ids
        )
        ids = (mine | theirs | future).ids
        found = facts.search([("id", "in", ids)])
        self.assertEqual(
            {fact.id: fact.date for fact in found},
            {mine.id: date(2026, 4, 1), theirs.id: date(2026, 3, 31)},
        )
        for domain, expected in (
            ([("date", ">=", date(2026, 4, 1))], mine),
            ([("date", "<=", date(2026, 3, 31))], theirs),
            ([("date", "=", date(2026, 4, 1))], mine),
        ):
            with self.subTest(domain=domain):
                asked = facts.search([("id", "in", ids), *domain])
                self.assertEqual(asked.ids, expected.ids)

    def test_averages_in_a_pivot(self):
        self._incident("2026-03-12 04:00:00", resolved="2026-03-12 06:00:00", cost=3)
        self._incident("2026-03-12 04:00:00", resolved="2026-03-12 08:00:00", cost=4)
        self._incident(responsibility="us", resolved="2026-03-12 20:00:00")
        self.env.flush_all()
        [(severity, hours, resolved, cost)] = self.env[
            "supplier.incident.fact"
        ]._read_group(
            [("company_id", "=", self.company.id), ("exclusion", "=", False)],
            ["severity"],
            ["hours_open:avg", "is_resolved:avg", "cost:sum"],
        )
        self.assertEqual((severity, hours, resolved, cost), ("minor", 3, 1, 7))

    def test_days_reach_the_index(self):
        """Days are compared with stored instants, not with computed days."""
        self._incident()
        self.env.flush_all()
        self.env.cr.execute(
            """
            INSERT INTO supplier_incident (
                name, title, company_id, partner_id, commercial_partner_id,
                incident_type, severity, responsibility, state, date_opened)
            SELECT 'INDEX/' || n, title, company_id, partner_id, commercial_partner_id,
                   incident_type, severity, responsibility, state,
                   date_opened - n * INTERVAL '1 day'
              FROM supplier_incident, generate_series(1, 3000) n
             WHERE supplier_incident.id = (SELECT MAX(id) FROM supplier_incident)
            """
        )
        self.env.cr.execute("ANALYZE supplier_incident")
        facts = self.env["supplier.incident.fact"]
        query = facts._search([("date", ">=", date(2026, 3, 1))])
        self.assertIn("i.date_opened >=", str(query.select().code))
        plan = "\n".join(
            row[0]
            for row in self.env.execute_query(
                type(query.select())("EXPLAIN %s", query.select())
            )
        )
        self.assertRegex(plan, "Index.*supplier_incident.*date_opened")

    def test_statements(self):
        """Both figures of all suppliers come with one query, inside a savepoint."""
        kpis = self.env["supplier.kpi"].search([("code", "like", "resolution_")])
        self.assertEqual(len(kpis), 2)
        scope = self._scope()
        kpis._measure(scope)
        for suppliers in (1, 20):
            for number in range(suppliers):
                partner = self._create_supplier(f"Supplier {number}")
                self._incident(partner_id=partner.id)
            self.env.flush_all()
            with self.subTest(suppliers=suppliers), self.assertQueryCount(3):
                kpis._measure(scope)

    def test_in_an_evaluation(self):
        template = self._create_template(
            "Service", ["resolution_rate", "resolution_time"]
        )
        with freeze_time("2026-04-05 00:00:00"):
            self._incident(resolved="2026-03-12 10:00:00")
            evaluation = self._evaluate(template)
        card = evaluation.scorecard_ids
        self.assertEqual(card.partner_id, self.supplier)
        values = {line.kpi_id.code: line.value for line in card.line_ids}
        self.assertEqual(values, {"resolution_rate": 100, "resolution_time": 6})
