from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TrialCommon


@tagged("post_install", "-at_install")
class TestWhatIf(TrialCommon):
    """What the browser gets is what was evaluated, by whoever may read it."""

    def test_columns_are_the_stored_lines(self):
        data = self._what_if(evaluation_id=self.march.id)
        cards = self.env["supplier.scorecard"].browse(data["cards"]["ids"])
        self.assertEqual(set(cards), set(self.march.scorecard_ids))
        self.assertEqual(data["cards"]["score"], cards.mapped("score"))
        self.assertEqual(
            data["cards"]["grade_id"], [card.grade_id.id for card in cards]
        )
        self.assertEqual(
            data["cards"]["names"], [card.partner_id.name for card in cards]
        )
        for kpi, column in zip(data["kpis"], data["columns"], strict=True):
            for place, card in enumerate(cards):
                line = card.line_ids.filtered(
                    lambda each, kpi=kpi: each.kpi_id.id == kpi["id"]
                )
                expected = line.value if line.has_value else None
                self.assertEqual(column["values"][place], expected)
                self.assertEqual(kpi["weight"], line.weight)
                self.assertEqual(column["counts"][place], line.n)
            self.assertFalse(column["overrides"])

    def test_best_first(self):
        cards = self._what_if(evaluation_id=self.march.id)["cards"]
        self.assertEqual(cards["rank"], [1, 1, 3])
        self.assertEqual(cards["names"][-1], "Late")

    def test_override_is_told(self):
        run = self._evaluated_again()
        line = self._card(run, self.late_supplier).line_ids[0]
        line.write(
            {"is_overridden": True, "override_score": 55, "override_reason": "Strike"}
        )
        data = self._what_if(evaluation_id=run.id)
        place = data["cards"]["ids"].index(line.scorecard_id.id)
        index = [kpi["id"] for kpi in data["kpis"]].index(line.kpi_id.id)
        self.assertEqual(data["columns"][index]["overrides"], [[place, 55.0]])

    def test_rules_as_evaluated_or_as_they_are_now(self):
        self._line("otd").weight = 77
        weights = {
            start: [
                kpi["weight"]
                for kpi in self._what_if(
                    evaluation_id=self.march.id, template_id=start
                )["kpis"]
            ]
            for start in (False, self.template.id)
        }
        self.assertEqual(sorted(weights[False]), [10, 10])
        self.assertEqual(sorted(weights[self.template.id]), [10, 77])

    def test_grades_as_evaluated_or_as_they_are_now(self):
        """Nobody falls a grade because its threshold was raised since."""
        grade = self.env["supplier.grade"]._best_first()[0]
        before = grade.min_score
        grade.min_score = before + 1
        for start, expected in ((False, before), (self.template.id, before + 1)):
            data = self._what_if(evaluation_id=self.march.id, template_id=start)
            self.assertEqual(
                (data["grades"][0]["id"], data["grades"][0]["min_score"]),
                (grade.id, expected),
            )

    def test_kpi_that_was_not_evaluated_has_no_data(self):
        kpi = self.env["supplier.kpi"].search([("code", "=", "return_rate")])
        self._create_template("Wider", ["return_rate"])
        wide = self._create_template("Wide", ["otd", "return_rate"])
        data = self._what_if(evaluation_id=self.march.id, template_id=wide.id)
        [column] = [
            column
            for rule, column in zip(data["kpis"], data["columns"], strict=True)
            if rule["id"] == kpi.id
        ]
        self.assertEqual(column["values"], [None] * 3)

    def test_newest_published_is_chosen(self):
        self._evaluate(date_from="2026-04-01", date_to="2026-04-30")
        data = self._what_if()
        self.assertEqual(data["evaluation"]["id"], self.march.id)
        self.assertEqual(
            [run["id"] for run in data["evaluations"]][1:],
            [self.march.id, self.february.id],
        )
        self.assertIn("not published", data["evaluations"][0]["name"])

    def test_draft_is_tried_on_what_it_is_a_draft_of(self):
        draft = self._draft(otd=30)
        data = self._what_if(template_id=draft.id)
        self.assertEqual(data["evaluation"]["id"], self.march.id)
        self.assertEqual(data["start"], draft.id)
        self.assertEqual(sorted(kpi["weight"] for kpi in data["kpis"]), [10, 30])
        self.assertIn(draft.id, [start["id"] for start in data["starts"]])

    def test_nothing_evaluated(self):
        other = self._create_template("Never used", ["otd"])
        data = self._what_if(template_id=other.id)
        self.assertFalse(data["evaluation"])

    def test_as_many_statements_for_more_suppliers(self):
        self._what_if()  # what is kept for every call is read by the first
        few = self._statements_of(lambda: self._what_if(evaluation_id=self.february.id))
        for number in range(6):
            self._month("03", self._create_supplier(f"More {number}"), came="10")
        many_run = self._evaluated_again()
        self.assertEqual(many_run.scorecard_count, 9)
        many = self._statements_of(lambda: self._what_if(evaluation_id=many_run.id))
        self.assertEqual(few, many)

    def test_who_may_look(self):
        for person, may_save in (("evaluator", False), ("chief", True)):
            data = self._what_if(person, evaluation_id=self.march.id)
            self.assertEqual(data["can_save"], may_save)
        with self.assertRaises(AccessError):
            self._what_if("asked")
        with self.assertRaises(AccessError):
            self._what_if("elsewhere", evaluation_id=self.march.id)
        self.assertFalse(self._what_if("elsewhere")["evaluation"])

    def test_actions_lead_there(self):
        self.assertEqual(
            self._as(self.march, "evaluator").action_what_if()["params"],
            {"evaluation_id": self.march.id},
        )
        action = self._as(self.template, "evaluator").action_what_if()
        self.assertEqual(action["tag"], "supplier_what_if")
        self.assertEqual(action["params"], {"template_id": self.template.id})
