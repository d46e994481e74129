from threading import current_thread
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from .common import CardCommon


@tagged("post_install", "-at_install")
class TestFigure(CardCommon):
    """A figure is explained, and reconciles with the records behind it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = cls.card.line_ids.filtered(lambda one: one.kpi_id.code == "otd")

    def _figure(self, login="buyer"):
        return self._as(self.line, login).retrieve_figure()

    def test_the_sentence_tells_the_scale(self):
        self.assertEqual(
            self._figure()["sentence"],
            "0.0 % → from 0.0 % on = 0.0 points × 50.0 % = 0.0 of 50.0",
        )

    def test_below_the_scale(self):
        template = self._create_template("Strict", ["otd"])
        template.line_ids.point_ids.filtered(lambda one: not one.score).value = 80
        line = self._card(self._evaluate(template), self.late_supplier).line_ids
        self.assertEqual(
            line.retrieve_figure()["sentence"],
            "0.0 % → below 80.0 % = 0.0 points × 100.0 % = 0.0 of 100.0",
        )

    def test_between_two_points(self):
        line = self._order(10, 5, "2026-03-10", partner=self.late_supplier)
        self._receive(line, "2026-03-10")
        evaluation = self._evaluate(self._create_template("Again", ["otd"]))
        line = self._card(evaluation, self.late_supplier).line_ids
        self.assertEqual(
            line.retrieve_figure()["sentence"],
            "16.7 % → between 0.0 % and 100.0 % = 16.7 points × 100.0 % = 16.7 of "
            "100.0",
        )

    def test_an_override_is_told_with_its_reason(self):
        evaluation = self._evaluate(self._create_template("Again", ["otd"]))
        line = self._card(evaluation, self.late_supplier).line_ids
        self._as(line, "manager").write(
            {
                "is_overridden": True,
                "override_score": 60,
                "override_reason": "Strike at the port",
            }
        )
        self.assertEqual(
            line.retrieve_figure()["sentence"],
            "A manager decided: 60.0 points × 100.0 % = 60.0 of 100.0. Why: Strike at "
            "the port",
        )

    def test_parts_have_units_and_words(self):
        self.assertEqual(
            self._figure()["parts"],
            "0.00 of 250.00 USD (records: 5, each by its value)",
        )

    def test_days_are_no_share_of_money(self):
        evaluation = self._evaluate(self._create_template("Days", ["days_late"]))
        late = self._card(evaluation, self.late_supplier).line_ids
        parts = late.retrieve_figure()["parts"]
        self.assertIn("÷", parts)
        self.assertNotIn(" of ", parts)
        shares = self._as(late, "buyer")._shares(late._kpi_as_computed()).values()
        self.assertEqual({share.most for share in shares}, {None})

    def test_scale(self):
        self.assertEqual(
            self._figure()["scale"],
            {
                "mode": "linear",
                "points": [[0.0, 0.0, "0.0 %"], [100.0, 100.0, "100.0 %"]],
                "value": 0.0,
                "score": 0.0,
            },
        )

    def test_worst_records(self):
        worst = self._figure()["worst"]
        self.assertEqual(len(worst), 5)
        self.assertEqual({row["adds"] for row in worst}, {"0.0 % of 20.0 %"})
        self.assertEqual({row["model"] for row in worst}, {"purchase.order"})

    def test_no_link_to_what_the_reader_cannot_open(self):
        """Orders belong to purchase; who only sees the scores is told their names."""
        quality = self._create_user(
            "figure_quality", "supplier_evaluation.group_supplier_evaluation_user"
        )
        worst = self.line.with_user(quality).retrieve_figure()["worst"]
        self.assertEqual({row["model"] for row in worst}, {""})
        self.assertTrue(all(row["name"] for row in worst))

    def test_the_worst_are_those_that_harm_most(self):
        line = self._order(100, 5, "2026-03-10", partner=self.late_supplier)
        self._receive(line, "2026-03-12")
        evaluation = self._evaluate(self._create_template("Again", ["otd"]))
        otd = self._card(evaluation, self.late_supplier).line_ids
        worst = otd.retrieve_figure()["worst"]
        self.assertEqual(worst[0]["name"], line.order_id.name)
        self.assertEqual(worst[0]["adds"], "0.0 % of 66.7 %")

    def test_what_varies_is_told_in_the_unit_of_the_figure(self):
        """5 deliveries after 9 days, one after 21: 11 on the average."""
        line = self._order(10, 5, "2026-03-10", partner=self.late_supplier)
        self._receive(line, "2026-03-22")
        evaluation = self._evaluate(self._create_template("Again", ["lead_time_cv"]))
        cv = self._card(evaluation, self.late_supplier).line_ids
        facts = self._as(cv, "buyer")._shares(cv._kpi_as_computed())
        mean = sum(fact.lead_time for fact in facts) / 6
        worst = cv.retrieve_figure()["worst"]
        self.assertEqual(worst[0]["name"], line.order_id.name)
        farthest = max(abs(fact.lead_time - mean) for fact in facts)
        self.assertEqual(
            worst[0]["adds"], f"{100 * farthest / mean:.1f} % off the mean"
        )

    def test_what_varies_around_a_negative_mean(self):
        """The line keeps the magnitude of the mean, the records have its sign."""
        evaluation = self._evaluate(self._create_template("Again", ["lead_time_cv"]))
        cv = self._card(evaluation, self.late_supplier).line_ids
        kpi = cv._kpi_as_computed()
        facts = cv._shares(kpi)
        fact = next(iter(facts))
        with patch.object(
            type(cv), "_signed_mean", lambda self, kpi, facts: -self.denominator
        ):
            [share] = cv._shares_of(kpi, fact).values()
        mean = cv.denominator
        self.assertAlmostEqual(share.adds, 100 * (fact.lead_time + mean) / mean)

    def test_records_without_a_value_count_the_same(self):
        """Free samples: one of three came too late."""
        partner = self._create_supplier("Samples")
        for day in ("2026-03-10", "2026-03-10", "2026-03-12"):
            line = self._order(10, 0, "2026-03-10", partner=partner)
            self._receive(line, day)
        evaluation = self._evaluate(self._create_template("Again", ["otd"]))
        otd = self._card(evaluation, partner).line_ids
        figure = otd.retrieve_figure()
        self.assertEqual(figure["parts"], "Records: 2.00 of 3.00, each the same")
        self.assertEqual(
            [(row["name"], row["adds"]) for row in figure["worst"]],
            [(line.order_id.name, "0.0 % of 33.3 %")],
        )

    def test_it_reconciles(self):
        self.assertEqual(
            self._as(self.line, "buyer").reconcile(),
            {
                "is_same": True,
                "text": "0.00 ÷ 250.00 = 0.0 % = the scorecard",
                "changes": [],
            },
        )

    def test_it_says_when_it_does_not(self):
        """What is booked later, but dated before the cut-off, shows as well."""
        line = self._order(10, 5, "2026-03-10", partner=self.late_supplier)
        self._receive(line, "2026-03-10")
        check = self._as(self.line, "buyer").reconcile()
        self.assertIs(check["is_same"], False)
        self.assertRegex(check["text"], r"Measured again, it is 16\.7 %, .* has 0\.0 %")

    def test_every_kpi_reconciles(self):
        kpis = self.env["supplier.kpi"].search([("definer_id", "=", False)])
        template = self._create_template("All", kpis.mapped("code"))
        lines = self._card(self._evaluate(template), self.late_supplier).line_ids
        known = lines.filtered("has_value")
        self.assertGreater(len(known), 4)
        for line in known:
            with self.subTest(line.kpi_id.code):
                self.assertEqual(line.reconcile()["is_same"], True)
                self.assertTrue(line.retrieve_figure()["parts"])

    def test_left_out(self):
        line = self._order(10, 5, "2026-03-10", partner=self.late_supplier)
        with freeze_time("2026-03-05"):
            line.order_id.button_cancel()
        lines = self.card.line_ids
        counts = dict(self._as(lines, "buyer").retrieve_left_out(lines.ids))
        self.assertEqual(counts, dict.fromkeys(lines.ids, 1))
        action = self.line.action_open_excluded()
        facts = self.env[action["res_model"]].with_context(**action["context"])
        self.assertEqual(facts.search_count(action["domain"]), 1)

    def test_the_list_of_what_was_counted(self):
        """The worst comes first, with what each record adds to the figure."""
        line = self._order(100, 5, "2026-03-10", partner=self.late_supplier)
        self._receive(line, "2026-03-12")
        evaluation = self._evaluate(self._create_template("Again", ["otd"]))
        otd = self._card(evaluation, self.late_supplier).line_ids
        action = self._as(otd, "buyer").action_open_counted()
        context = action["context"]
        self.assertEqual(context["supplier_line_id"], otd.id)
        facts = (
            self._as(self.env[action["res_model"]], "buyer")
            .with_context(**context)
            .search(action["domain"], order=context["supplier_worst_first"])
        )
        self.assertEqual(len(facts), 6)
        self.assertEqual(
            facts.mapped("contribution_text"),
            ["0.0 % of 66.7 %", *["0.0 % of 6.7 %"] * 5],
        )

    def test_the_list_finds_a_page_and_reads_it(self):
        """What record rules and contributions are made of comes with the page."""
        action = self._as(self.line, "buyer").action_open_counted()
        facts = self._as(self.env[action["res_model"]], "buyer")
        facts = facts.with_context(**action["context"])
        columns = {"name": {}, "contribution_text": {}}
        asked = []
        self.env.invalidate_all()
        hooks = [lambda _cr, query, *_more: asked.append(str(query))]
        with patch.object(current_thread(), "query_hooks", hooks, create=True):
            page = facts.web_search_read(action["domain"], columns, limit=80)
        self.assertTrue(page["records"][0]["contribution_text"])
        ids = f'"{facts._table}"."id"'
        found, read = (sql for sql in asked if ids in sql)
        self.assertNotIn(f"{ids} IN", found)
        self.assertIn(f"{ids} IN", read)

    def test_other_lists_say_nothing_of_a_figure(self):
        facts = self.env["supplier.delivery.fact"].search([], limit=1)
        self.assertFalse(facts.contribution_text)
        line = self.line.browse(self.line.id)
        receipts = self.env["supplier.receipt.fact"].with_context(
            supplier_line_id=line.id
        )
        self.assertFalse(receipts.search([], limit=1).contribution_text)
