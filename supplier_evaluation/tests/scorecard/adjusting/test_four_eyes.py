from datetime import date

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged

from .common import AdjustedCommon


@tagged("post_install", "-at_install")
class TestFourEyes(AdjustedCommon):
    """Nobody publishes alone what they changed by hand."""

    def _publish(self, evaluation, user):
        self._as(evaluation, user).action_publish()

    def _assert_refused(self, evaluation, user, text="somebody else publishes"):
        with self.assertRefused(text, AccessError):
            self._publish(evaluation, user)
        self.assertEqual(evaluation.state, "computed")

    def test_nothing_was_changed(self):
        evaluation = self._evaluate()
        self._publish(evaluation, "one")
        self.assertEqual(evaluation.state, "published")

    def test_who_overrode_does_not_publish(self):
        evaluation = self._evaluate()
        self._override(evaluation)
        self._assert_refused(evaluation, "one")
        mine = self._as(evaluation, "one")
        self.assertIn("four_one", mine.publish_problem)
        self.assertFalse(self._as(evaluation, "two").publish_problem)
        self._publish(evaluation, "two")
        self.assertEqual(evaluation.state, "published")
        self.assertFalse(mine.publish_problem)

    def test_every_way_to_publish(self):
        """By RPC, with a context of one's own, by writing the state or an import."""
        evaluation = self._evaluate()
        self._override(evaluation)
        mine = self._as(evaluation, "one")
        attempts = (
            lambda: call_kw(mine.browse(), "action_publish", [mine.ids], {}),
            lambda: mine.sudo().action_publish(),
            lambda: mine.with_context(install_mode=True).action_publish(),
            lambda: mine.write({"state": "published"}),
            lambda: mine.sudo().write({"state": "published"}),
        )
        for number, attempt in enumerate(attempts):
            with self.subTest(attempt=number), self.assertRaises(AccessError):
                attempt()
        result = mine.load([".id", "state"], [[str(evaluation.id), "Published"]])
        self.assertFalse(result["ids"])
        self.assertEqual(evaluation.state, "computed")

    def test_who_mends_a_reason_hides_nobody(self):
        evaluation = self._evaluate()
        self._override(evaluation)
        self._override(evaluation, "two", override_reason="Our dock was shut")
        self._assert_refused(evaluation, "one")
        self._assert_refused(evaluation, "two")
        self._publish(evaluation, self._create_third())

    def _create_third(self):
        return self._create_user("four_three", "purchase.group_purchase_manager")

    def test_taken_back_by_another(self):
        evaluation = self._evaluate()
        self._override(evaluation)
        self._as(self._otd(evaluation), "two").write({"is_overridden": False})
        self._publish(evaluation, "one")
        self.assertEqual(evaluation.state, "published")

    def test_computed_again_is_as_computed(self):
        evaluation = self._evaluate()
        self._override(evaluation)
        evaluation.action_compute()
        self._publish(evaluation, "one")
        self.assertEqual(evaluation.state, "published")

    # ------------------------------------------------------------
    # Records left out
    # ------------------------------------------------------------

    def test_who_left_a_record_out_does_not_publish(self):
        self._leave_out(self.late_line)
        evaluation = self._evaluate()
        self._assert_refused(evaluation, "one")
        self._publish(evaluation, "two")

    def test_a_supplier_who_is_gone_altogether(self):
        """What is left out of the ranking with all its records was changed, too."""
        lines = self.env["purchase.order.line"].search(
            [("partner_id", "=", self.late_supplier.id)]
        )
        self._leave_out(lines)
        evaluation = self._evaluate()
        self.assertFalse(self._card(evaluation, self.late_supplier))
        self._assert_refused(evaluation, "one")

    def test_counted_again(self):
        self._leave_out(self.late_line)
        self._leave_out(self.late_line, exclusion="count")
        self._publish(self._evaluate(), "one")

    def test_left_out_of_another_period(self):
        line = self._order(10, 5, "2026-02-10", confirmed="2026-02-01")
        self._leave_out(line)
        self._publish(self._evaluate(), "one")

    def test_an_incident_left_out(self):
        incident = self.env["supplier.incident"].create(
            {
                "title": "Burr",
                "company_id": self.company.id,
                "partner_id": self.late_supplier.id,
                "date_opened": "2026-03-12 04:00:00",
            }
        )
        self._leave_out(incident)
        template = self._create_template("Incidents", ["otd", "resolution_rate"])
        self._assert_refused(self._evaluate(template), "one")
        # The other template does not ask about incidents.
        self._publish(self._evaluate(), "one")

    def test_another_company(self):
        other = self._create_company("Elsewhere", "UTC", "EUR")
        self.env["supplier.adjustment"]._append(
            [
                {
                    "partner_id": self.late_supplier.id,
                    "company_id": other.id,
                    "kind": "left_out",
                    "res_model": "purchase.order.line",
                    "res_id": self.late_line.id,
                    "user_id": self.people["one"].id,
                }
            ]
        )
        self._publish(self._evaluate(), "one")

    # ------------------------------------------------------------
    # The template's rule
    # ------------------------------------------------------------

    def test_always_two(self):
        self.template.four_eyes = "all"
        evaluation = self._evaluate()
        self._as(evaluation, "one").action_compute()
        self._assert_refused(evaluation, "one")
        self._publish(evaluation, "two")

    def test_anybody(self):
        self.template.four_eyes = "none"
        evaluation = self._evaluate()
        self._override(evaluation)
        self._publish(evaluation, "one")
        self.assertEqual(len(evaluation.changed_by_hand), 1)

    def test_the_rule_when_it_was_computed(self):
        """Who changed a score does not lift the rule from it."""
        evaluation = self._evaluate()
        self._override(evaluation)
        self._as(self.template, "one").four_eyes = "none"
        self._assert_refused(evaluation, "one")

    # ------------------------------------------------------------
    # Scheduled
    # ------------------------------------------------------------

    def test_scheduled_action_leaves_it_to_a_person(self):
        self.template.write({"auto_publish": True, "is_scheduled": True})
        self._leave_out(self.late_line)
        runs = self.env["supplier.evaluation"]
        period = date(2026, 3, 1), date(2026, 3, 31)
        self.assertTrue(runs._evaluate_period(self.template, self.company, *period))
        evaluation = runs.search([("template_id", "=", self.template.id)])
        self.assertEqual(evaluation.state, "computed")
        self.assertIn("four_one", evaluation.message_ids[0].body)
        self._assert_refused(evaluation, "one")
        self._assert_refused(evaluation.with_user(1).sudo(False), self.env.user)
        self._publish(evaluation, "two")

    def test_scheduled_action_publishes_what_nobody_changed(self):
        self.template.write({"auto_publish": True, "is_scheduled": True})
        runs = self.env["supplier.evaluation"]
        period = date(2026, 3, 1), date(2026, 3, 31)
        runs._evaluate_period(self.template, self.company, *period)
        evaluation = runs.search([("template_id", "=", self.template.id)])
        self.assertEqual(evaluation.state, "published")

    # ------------------------------------------------------------
    # Cost
    # ------------------------------------------------------------

    def test_statements_do_not_depend_on_what_was_left_out(self):
        lines = self.env["purchase.order.line"].search(
            [("partner_id", "in", (self.late_supplier | self.supplier).ids)]
        )
        self._leave_out(lines[:1])
        evaluation = self._evaluate()
        counts = []
        for more in (lines[:1], lines[1:2], lines[2:]):
            self._leave_out(more)
            counts.append(self._statements_of(evaluation._involved))
        self.assertEqual(len(set(counts)), 1, counts)
