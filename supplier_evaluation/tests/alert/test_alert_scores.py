from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import SQL

from .common import AlertCommon


@tagged("post_install", "-at_install")
class TestScoreWatches(AlertCommon):
    """Scores as they are stored; who has none is never below anything."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.scorecard.template"].search([]).sets_vendor_score = False
        cls.template = cls._create_template("Scores", ["otd"], sets_vendor_score=True)
        cls.others = [cls._create_supplier(f"Other {number}") for number in range(3)]
        cls.suppliers = [cls.supplier, *cls.others]
        for partner in cls.suppliers:
            for day in ("2026-02-10", "2026-03-10"):
                line = cls._order(10, 5, day, "2026-02-01", partner=partner)
                cls._receive(line, day)
        cls.february = cls._evaluate(
            date_from=date(2026, 2, 1),
            date_to=date(2026, 2, 28),
            cutoff="2026-03-04 16:00:00",
        )
        cls.february.action_publish()
        cls.march = cls._evaluate()
        cls.march.action_publish()
        for run in (cls.february, cls.march):
            for card in run.scorecard_ids:
                cls._score(card, 90)

    def _card(self, run, partner=None):
        return run.scorecard_ids.filtered(
            lambda card: card.partner_id == (partner or self.supplier)
        )

    def _line(self, run, partner=None, **vals):
        """Write the figures of a line as they are stored."""
        line = self._card(run, partner).line_ids
        self.env.flush_all()
        sets = SQL(", ").join(
            SQL("%s = %s", SQL.identifier(name), value) for name, value in vals.items()
        )
        self.env.cr.execute(
            SQL("UPDATE supplier_scorecard_line SET %s WHERE id = %s", sets, line.id)
        )
        self.env.invalidate_all()

    def _alerts(self, rule, now="2026-04-10 04:00:00"):
        with freeze_time(now):
            return self._look(rule)

    def test_below_80(self):
        rule = self._shipped("score")
        rule.action_server_ids = False
        card = self._card(self.march)
        self._score(card, 80.00)
        self.assertFalse(self._alerts(rule))
        self._score(card, 79.99)
        alert = self._alerts(rule)
        self.assertEqual((alert.value, alert.threshold), (79.99, 80))
        self.assertEqual(alert.record_ids, card.ids)
        # Between both values it stays; at the closing one it is over.
        for score, is_open in ((80, True), (81.99, True), (82, False)):
            self._score(card, score)
            self.assertEqual(bool(self._alerts(rule)), is_open, score)
        # Cooled down it opens again, and not before.
        self._score(card, 70)
        for now, is_open in (
            ("2026-04-17 03:59:00", False),
            ("2026-04-17 04:00:00", True),
        ):
            self.assertEqual(bool(self._alerts(rule, now)), is_open, now)

    def test_so_far_before_anything_is_published(self):
        """The first period of a template is looked at while it runs, too."""
        template = self._create_template("New", ["otd"], sets_vendor_score=True)
        rule = self._rule(
            threshold=101,
            template_id=template.id,
            is_so_far=True,
            with_provisional=True,
        )
        with freeze_time("2026-03-25 04:00:00"):
            template.action_look_at_running()
            self.assertIn(self.supplier, self._look(rule).partner_id)

    def test_what_was_answered_of_the_running_period_stays_so(self):
        """Its scorecards are made anew every night, and are the same for people."""
        template = self._create_template("New", ["otd"], sets_vendor_score=True)
        rule = self._rule(
            threshold=101,
            template_id=template.id,
            is_so_far=True,
            with_provisional=True,
        )
        for day, count in (("2026-03-25", 4), ("2026-03-26", 0), ("2026-03-27", 0)):
            with freeze_time(f"{day} 04:00:00"):
                template.action_look_at_running()
                alerts = self._look(rule)
                self.assertEqual(len(alerts), count, day)
                alerts._resolve("We spoke to them")
        # What is published in the end is another matter.
        run = self.env["supplier.evaluation"].search(
            [("template_id", "=", template.id)]
        )
        run.cutoff = "2026-04-04 16:00:00"
        run.action_compute()
        run.action_publish()
        self.assertEqual(len(self._alerts(rule)), 4)

    def test_a_figure_of_the_running_period_is_gone_tomorrow(self):
        """It starts an 8D all the same, which is measured by what is published."""
        line = self._card(self.march).line_ids
        rule = self._rule(
            figure="kpi_value",
            kpi_id=line.kpi_id.id,
            threshold=101,
            is_so_far=True,
            with_provisional=True,
            template_id=self.template.id,
        )
        with freeze_time("2026-05-10 04:00:00"):
            new = self._create_supplier("New")
            self._receive(
                self._order(10, 5, "2026-05-02", "2026-05-01", partner=new),
                "2026-05-09",
            )
            self.template.action_look_at_running()
            alert = self._look(rule).filtered(lambda one: one.partner_id == new)
            self.assertEqual(alert.res_model, "supplier.scorecard.line")
            self.template.action_look_at_running()
            own = self._as(alert, "manager")
            own.action_start_corrective_action()
        self.assertFalse(own.corrective_action_ids.before_value)

    def test_dry_run_sees_the_running_period_when_it_runs(self):
        rule = self._rule(threshold=80, is_so_far=True, with_provisional=True)
        with freeze_time("2026-05-10 04:00:00"):
            line = self._order(10, 5, "2026-05-02", "2026-05-01")
            self._receive(line, "2026-05-09")
            self.template.action_look_at_running()
            runs = self.env["supplier.evaluation"]._running(self.company)
            run = runs.filtered(lambda one: one.template_id == self.template)
            self._score(self._card(run), 50)
            action = rule.action_dry_run()
            months = (
                self.env["supplier.alert.dry.run"].browse(action["res_id"]).line_ids
            )
        self.assertEqual(months.mapped("count"), [0] * 11 + [1])

    def test_who_has_no_score_is_not_below(self):
        rule = self._shipped("score")
        self._score(self._card(self.march), None)
        self.assertFalse(self._alerts(rule))

    def test_provisional(self):
        rule = self._shipped("score")
        self._score(self._card(self.march), 50, provisional=True)
        self.assertFalse(self._alerts(rule))
        rule.with_provisional = True
        alert = self._alerts(rule)
        self.assertTrue(alert.provisional)
        visits = [("res_model", "=", "supplier.alert"), ("res_id", "=", alert.id)]
        self.assertFalse(self.env["calendar.event"].search(visits))
        # With enough records it gets what follows.
        self._score(self._card(self.march), 50)
        self.assertEqual(self._alerts(rule), alert)
        self.assertFalse(alert.provisional)
        self.assertTrue(self.env["calendar.event"].search(visits))

    def test_provisional_does_not_close_what_was_firm(self):
        rule = self._shipped("score")
        self._score(self._card(self.march), 50)
        alert = self._alerts(rule)
        self._score(self._card(self.march), 60, provisional=True)
        self.assertEqual(self._alerts(rule), alert)
        self.assertFalse(alert.provisional)
        self.assertEqual(alert.value, 50)
        # Nor does one that looks good: too few records prove nothing.
        self._score(self._card(self.march), 95, provisional=True)
        self.assertEqual(self._alerts(rule), alert)
        self.assertEqual(alert.state, "open")
        self.assertEqual(alert.value, 50)
        rule.with_provisional = True
        self.assertFalse(self._alerts(rule))

    def test_provisional_drop_does_not_close_what_was_firm(self):
        rule = self._rule(comparison="dropped", threshold=10)
        self._score(self._card(self.march), 50)
        alert = self._alerts(rule)
        self.assertEqual(alert.value, 40)
        self._score(self._card(self.february), 90, provisional=True)
        self.assertEqual(self._alerts(rule), alert)
        self._score(self._card(self.march), 90, provisional=True)
        self.assertEqual(self._alerts(rule), alert)
        self.assertEqual(alert.value, 40)
        for run in (self.february, self.march):
            self._score(self._card(run), 90)
        self.assertFalse(self._alerts(rule))

    def test_provisional_miss_does_not_close_what_was_firm(self):
        rule = self._shipped("below_target")
        rule.action_server_ids = False
        for run in (self.february, self.march):
            self._line(run, value=94.9, target_value=95)
        alert = self._alerts(rule)
        self.assertTrue(alert)
        for value in (94.9, 99):
            self._score(self._card(self.march), 90, provisional=True)
            self._line(self.march, value=value, target_value=95)
            self.assertEqual(self._alerts(rule), alert)
        self._score(self._card(self.march), 90)
        self.assertFalse(self._alerts(rule))

    def test_below_target_two_periods_in_a_row(self):
        rule = self._shipped("below_target")
        rule.action_server_ids = False
        self._line(self.march, value=94.9, target_value=95)
        self._line(self.february, value=95, target_value=95)
        self.assertFalse(self._alerts(rule), "once")
        self._line(self.february, value=94.9, target_value=95)
        alert = self._alerts(rule)
        self.assertEqual(alert.partner_id, self.supplier)
        self._line(self.march, value=95)
        self.assertFalse(self._alerts(rule))

    def test_a_period_without_data_ends_the_row(self):
        rule = self._shipped("below_target")
        self._line(self.march, value=94.9, target_value=95)
        self._line(self.february, value=0, has_value=False, target_value=95)
        self.assertFalse(self._alerts(rule))

    def test_dropped(self):
        rule = self._rule(comparison="dropped", threshold=10, threshold_close=5)
        card = self._card(self.march)
        for score, is_open in ((80.01, False), (80, True), (84.99, True), (85, False)):
            self._score(card, score)
            with self.subTest(score):
                self.assertEqual(bool(self._alerts(rule)), is_open)

    def test_worse_than_peers(self):
        rule = self._rule(comparison="peers", threshold=20)
        card = self._card(self.march)
        for score, is_open in ((72.01, False), (72, True)):
            self._score(card, score)
            with self.subTest(score):
                self.assertEqual(bool(self._alerts(rule)), is_open)

    def test_peers_of_a_kpi_where_less_is_better(self):
        kpi = self.env["supplier.kpi"].search([("code", "=", "otd")])
        kpi.higher_is_better = False
        rule = self._rule(
            figure="kpi_value", kpi_id=kpi.id, comparison="peers", threshold=20
        )
        for partner in self.suppliers:
            self._line(self.march, partner, value=10)
        self._line(self.march, value=11.9)
        self.assertFalse(self._alerts(rule))
        self._line(self.march, value=12)
        self.assertEqual(self._alerts(rule).value, 20)

    def test_dimension(self):
        rule = self._rule(figure="dimension", dimension="delivery", threshold=101)
        self.assertEqual(len(self._alerts(rule)), 4)

    def test_so_far(self):
        self.template.is_scheduled = True
        self._order(10, 5, "2026-04-03", "2026-04-01")
        rule = self._rule(threshold=50, with_provisional=True)
        with freeze_time("2026-04-10 02:00:00"):
            self.template.with_company(self.company).action_look_at_running()
        self.assertFalse(self._alerts(rule))
        rule.is_so_far = True
        alert = self._alerts(rule)
        self.assertEqual((alert.partner_id, alert.value), (self.supplier, 0))

    def test_falling_grade(self):
        rule = self._shipped("grade")
        grades = self.env["supplier.grade"].search([], order="min_score desc")
        march, february = self._card(self.march), self._card(self.february)
        for card, grade in ((february, grades[0]), (march, grades[1])):
            self.env.cr.execute(
                "UPDATE supplier_scorecard SET grade_id = %s WHERE id = %s",
                [grade.id, card.id],
            )
        self.env.invalidate_all()
        alert = self._alerts(rule)
        self.assertEqual(alert.partner_id, self.supplier)
        self.assertEqual(
            alert.seen_text, f"Grade {grades[1].name} after {grades[0].name}"
        )
        rule.direction = "better"
        self.assertFalse(self._alerts(rule))
        self.assertEqual(alert.resolution, "itself")
