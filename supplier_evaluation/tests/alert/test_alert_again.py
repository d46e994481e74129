from freezegun import freeze_time

from odoo.tests import tagged

from .common import AlertCommon

CORRECTIVE = "supplier_evaluation.supplier_alert_action_corrective"


@tagged("post_install", "-at_install")
class TestAlertAgain(AlertCommon):
    """What was put off, answered or acted on is told again only where it is news."""

    def _follow_up(self, now):
        cron = self.env.ref("supplier_evaluation.ir_cron_supplier_alert_follow_up")
        with freeze_time(now), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_its_owner_has_it_again_whoever_else_has_it(self):
        with freeze_time("2026-04-01 08:00:00"):
            alert = self._alert()
        with freeze_time("2026-04-01 09:00:00"):
            self._as(alert, "buyer")._snooze(self._moment("2026-04-02 08:00:00"))
        self._activities(alert).filtered(
            lambda one: one.user_id == self.people["buyer"]
        ).action_done()
        alert._remind(
            "supplier_evaluation.mail_activity_type_alert_escalated",
            lambda _alert: self.people["manager"],
        )
        self._follow_up("2026-04-02 08:00:00")
        people = self._activities(alert).user_id
        self.assertEqual(people, self.people["buyer"] | self.people["manager"])

    def test_a_revision_is_no_news_of_others(self):
        """What somebody resolved of a period stays so where its figure is the same."""
        self.env["supplier.scorecard.template"].search([]).sets_vendor_score = False
        template = self._create_template("Scores", ["otd"], sets_vendor_score=True)
        other = self._create_supplier("Other")
        for partner in (self.supplier, other):
            line = self._order(10, 5, "2026-03-10", "2026-02-01", partner=partner)
            self._receive(line, "2026-03-20")
        run = self._evaluate(template)
        run.action_publish()
        for card in run.scorecard_ids:
            self._score(card, 70)
        rule = self._rule(threshold=80, figure="score", comparison="below")
        with freeze_time("2026-04-10 04:00:00"):
            alerts = self._look(rule)
            self.assertEqual(alerts.partner_id, self.supplier | other)
            for alert in alerts:
                self._as(alert, "buyer")._resolve("They know")
        with freeze_time("2026-04-11 04:00:00"):
            revision = run.browse(run.action_revise()["res_id"])
            revision.action_compute()
            revision.action_publish()
        for card in revision.scorecard_ids:
            self._score(card, 60 if card.partner_id == other else 70)
        with freeze_time("2026-04-12 04:00:00"):
            self.assertEqual(self._look(rule).partner_id, other)

    def test_one_8d_for_what_comes_again(self):
        rule = self._rule(
            threshold=80,
            figure="kpi_value",
            kpi_id=self.env["supplier.kpi"].search([], limit=1).id,
        )
        rule.action_server_ids = self.env.ref(CORRECTIVE)
        alerts = self.env["supplier.alert"]
        for day in ("2026-04-01 08:00:00", "2026-05-01 08:00:00"):
            with freeze_time(day):
                seen = self._seen(value=70.0, threshold=80.0)
                alerts._follow(rule, [seen], self.env.cr.now())
                rule.alert_ids.filtered(lambda one: one.state == "open")._resolve(
                    "Seen to"
                )
        actions = self.env["supplier.corrective.action"].search(
            [("partner_id", "=", self.supplier.id)]
        )
        self.assertEqual(len(rule.alert_ids), 2)
        self.assertEqual(len(actions), 1)
