from freezegun import freeze_time

from odoo.tests import tagged

from .common import AlertCommon


@tagged("post_install", "-at_install")
class TestRecordWatches(AlertCommon):
    """Each shipped rule on records fires at its threshold, and not just below it."""

    def _late_on(self, day):
        with freeze_time(f"{day} 12:00:00"):
            return self._look(self._shipped("late"))

    def test_late_open(self):
        line = self._order(10, 5, "2026-03-10")
        self.assertFalse(self._late_on("2026-03-13"), "3 days")
        alert = self._late_on("2026-03-14")
        self.assertEqual(alert.partner_id, self.supplier)
        self.assertEqual(alert.record_ids, [line.id * 2])
        # Received, it was late all the same.
        self._receive(line, "2026-03-15")
        self.assertEqual(self._late_on("2026-03-16"), alert)
        # After its window nobody looks back any more.
        self.assertFalse(self._late_on("2026-06-20"))
        self.assertEqual(alert.resolution, "itself")

    def test_late_received(self):
        for days, fires in ((3, False), (4, True)):
            with self.subTest(days=days):
                supplier = self._create_supplier(f"Late {days}")
                line = self._order(10, 5, "2026-03-10", partner=supplier)
                self._receive(line, f"2026-03-{10 + days}")
                alerts = self._late_on("2026-03-20")
                self.assertEqual(supplier in alerts.partner_id, fires)

    def test_part_of_it_is_late(self):
        """Nine of ten in time, the last one five days late: that is five days."""
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-10", 9)
        self._receive(line, "2026-03-15")
        self.assertEqual(self._fact(line).days_behind, 5)
        self.assertEqual(self._fact(line).days_late, 0.5)
        self.assertTrue(self._late_on("2026-03-16"))

    def test_days_behind(self):
        early, open_ = (
            self._order(10, 5, "2026-03-10"),
            self._order(10, 5, "2026-03-20"),
        )
        self._receive(early, "2026-03-08")
        self.assertEqual(self._fact(early).days_behind, 0)
        # The cut-off is in the first minute of 5 April in Shanghai.
        self.assertEqual(self._fact(open_).days_behind, 16)

    def _complain(self, count, day="2026-03-10", **vals):
        with freeze_time(f"{day} 04:00:00"):
            return self.env["supplier.incident"].create(
                [
                    {
                        "title": f"Chipped {number}",
                        "partner_id": self.supplier.id,
                        "company_id": self.company.id,
                        **vals,
                    }
                    for number in range(count)
                ]
            )

    def test_complaints(self):
        rule = self._shipped("complaints")
        rule.action_server_ids = False
        self._complain(5)
        self._complain(3, incident_type="delivery")
        self._complain(1, responsibility="us")
        self._complain(1, "2026-02-18")
        with freeze_time("2026-03-20 12:00:00"):
            self.assertFalse(self._look(rule), "5 of the last 30 days")
            self._complain(1)
            alert = self._look(rule)
            self.assertEqual((alert.value, alert.threshold), (6, 5))
            self.assertEqual(alert.record_count, 6)
        with freeze_time("2026-04-20 12:00:00"):
            self.assertFalse(self._look(rule))

    def test_count_of_the_current_month(self):
        rule = self._rule(
            watch="count",
            model_name="supplier.incident",
            date_field="date_opened",
            window="month",
            threshold=1,
        )
        self._complain(1, "2026-02-28")
        self._complain(1, "2026-03-02")
        with freeze_time("2026-03-20 12:00:00"):
            self.assertFalse(self._look(rule))
            self._complain(1, "2026-03-03")
            self.assertEqual(self._look(rule).value, 2)

    def test_age_by_the_days_of_the_company(self):
        rule = self._rule(
            watch="records",
            model_name="supplier.incident",
            date_field="date_opened",
            age_days=5,
        )
        # One o'clock on the 11th in Shanghai: of the 16th, it is 5 days old.
        [incident] = self._complain(1)
        incident.date_opened = "2026-03-10 17:00:00"
        for now, fires in (
            ("2026-03-16 15:59:00", False),
            ("2026-03-16 16:00:00", True),
        ):
            with freeze_time(now), self.subTest(now):
                self.assertEqual(bool(self._look(rule)), fires)

    def test_critical_incident_each(self):
        rule = self._shipped("incident_critical")
        rule.action_server_ids = False
        first, second = self._complain(2, severity="critical")
        with freeze_time("2026-03-11 12:00:00"):
            alerts = self._look(rule)
            self.assertEqual(set(alerts.mapped("res_id")), {first.id, second.id})
            first.action_resolve()
            self.assertEqual(self._look(rule).res_id, second.id)

    def test_older_than_without_an_answer(self):
        rule = self._rule(
            watch="records",
            model_name="supplier.incident",
            date_field="date_opened",
            record_domain="[('date_first_answer', '=', False)]",
            age_days=3,
        )
        [incident] = self._complain(1, "2026-03-10")
        for day, fires in (("2026-03-13", False), ("2026-03-14", True)):
            with freeze_time(f"{day} 12:00:00"), self.subTest(day):
                self.assertEqual(bool(self._look(rule)), fires)
        incident.date_first_answer = "2026-03-14 08:00:00"
        with freeze_time("2026-03-15 12:00:00"):
            self.assertFalse(self._look(rule))

    def test_what_somebody_resolved_does_not_open_again(self):
        self._order(10, 5, "2026-03-10")
        alert = self._late_on("2026-03-20")
        with freeze_time("2026-03-20 13:00:00"):
            alert._resolve("They had a fire")
        self.assertFalse(self._late_on("2026-03-30"))
        self._order(10, 5, "2026-03-12")
        self.assertTrue(self._late_on("2026-03-30"))

    def test_product_category(self):
        category = self.env["product.category"].create({"name": "Castings"})
        rule = self._shipped("late")
        rule.product_category_ids = category
        self._order(10, 5, "2026-03-10")
        self.assertFalse(self._late_on("2026-03-20"))
        self.product.categ_id = category
        self.assertTrue(self._late_on("2026-03-20"))

    def test_archived_supplier_and_contact(self):
        contact = self._create_contact("Sales Desk")
        self._order(10, 5, "2026-03-10", partner=contact)
        self.supplier.active = False
        alert = self._late_on("2026-03-20")
        self.assertEqual(alert.partner_id, self.supplier)
