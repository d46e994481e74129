from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BUYER, MANAGER
from .common import AlertCommon

ACTION = "supplier_evaluation.supplier_alert_action_"


@tagged("post_install", "-at_install")
class TestConsequence(AlertCommon):
    """What follows from a firm alert, and nothing from a provisional one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._rule(threshold=80, tell_role="manager")

    def _run(self, *names, **vals):
        """Have the actions follow, and open an alert."""
        self.rule.action_server_ids = self.env["ir.actions.server"].union(
            *(self.env.ref(f"{ACTION}{name}") for name in names)
        )
        seen = self._seen(**{"value": 70.0, "threshold": 80.0, **vals})
        alerts = self.env["supplier.alert"]
        alerts._follow(self.rule, [seen], self.env.cr.now())
        return self.rule.alert_ids.filtered(lambda alert: alert.state == "open")

    def test_corrective_action(self):
        alert = self._run("corrective")
        action = alert.corrective_action_ids
        self.assertEqual(action.partner_id, self.supplier)
        self.assertEqual(action.user_id, self.people["buyer"])
        self.assertEqual(action.title, "Test rule: The score: 70.0, below 80.0")
        opened = self._as(alert, "buyer").action_start_corrective_action()
        self.assertEqual(opened["res_id"], action.id)

    def test_provisional_gets_a_look_only(self):
        alert = self._run("corrective", "visit", "team", "training", provisional=True)
        self.assertFalse(alert.corrective_action_ids)
        self.assertEqual(len(self._activities(alert)), 1)

    def test_visit(self):
        alert = self._run("visit")
        [visit] = self.env["calendar.event"].search(
            [("res_model", "=", alert._name), ("res_id", "=", alert.id)]
        )
        self.assertEqual(visit.user_id, self.people["manager"])
        people = self.people["manager"] | self.people["buyer"]
        self.assertEqual(visit.partner_ids, people.partner_id)
        self.assertIn("The score: 70.0, below 80.0", visit.description)
        # Nine in Shanghai.
        self.assertEqual(visit.start.hour, 1)
        self.assertLess(visit.start.weekday(), 5)

    def _visit_starts(self, now="2026-09-21 20:00:00"):
        with freeze_time(now):
            return self.env["supplier.alert"]._visit_start(self.company)

    def test_visit_on_a_working_day(self):
        """In ten days of Shanghai, where it is the 22nd already."""
        self.assertEqual(self._visit_starts(), self._moment("2026-10-02 01:00:00"))
        # From Saturday to Monday.
        monday = self._moment("2026-10-05 01:00:00")
        self.assertEqual(self._visit_starts("2026-09-22 20:00:00"), monday)

    def test_visit_on_no_holiday(self):
        if "resource.calendar" not in self.env:
            self.skipTest("Nothing knows the working days of the company.")
        leaves = self.env["resource.calendar.leaves"]
        # The first week of October, by the clock of Shanghai.
        holiday = {
            "name": "National Day",
            "date_from": "2026-09-30 16:00:00",
            "date_to": "2026-10-07 15:59:59",
        }
        calendar = self.company.resource_calendar_id
        elsewhere = self.elsewhere.resource_calendar_id
        of_others = leaves.create({**holiday, "calendar_id": elsewhere.id})
        overtime = leaves.create(
            {**holiday, "calendar_id": calendar.id, "time_type": "other"}
        )
        friday = self._moment("2026-10-02 01:00:00")
        self.assertEqual(self._visit_starts(), friday)
        (of_others | overtime).unlink()
        for calendar_id in (calendar.id, False):
            leave = leaves.with_company(self.company).create(
                {**holiday, "calendar_id": calendar_id}
            )
            thursday = self._moment("2026-10-08 01:00:00")
            self.assertEqual(self._visit_starts(), thursday)
            # Of one afternoon, the visit knows nothing.
            leave.write(
                {
                    "date_from": "2026-10-02 05:00:00",
                    "date_to": "2026-10-02 15:59:59",
                }
            )
            self.assertEqual(self._visit_starts(), friday)
            leave.unlink()

    def test_visit_on_the_weekdays_of_the_company(self):
        if "resource.calendar" not in self.env:
            self.skipTest("Nothing knows the working days of the company.")
        calendar = self.company.resource_calendar_id
        calendar.attendance_ids.filtered(lambda one: one.dayofweek == "4").unlink()
        calendar.attendance_ids.filtered(
            lambda one: one.dayofweek == "0"
        ).dayofweek = "6"
        sunday = self._moment("2026-10-04 01:00:00")
        self.assertEqual(self._visit_starts(), sunday)
        calendar.attendance_ids.unlink()
        friday = self._moment("2026-10-02 01:00:00")
        self.assertEqual(self._visit_starts(), friday)

    def test_visit_at_nine_when_the_clocks_change(self):
        """Berlin leaves summer time on 25 October at three."""
        self.company.partner_id.tz = "Europe/Berlin"
        for now, start in (
            ("2026-10-13 10:00:00", "2026-10-23 07:00:00"),
            ("2026-10-15 10:00:00", "2026-10-26 08:00:00"),
            ("2026-10-16 10:00:00", "2026-10-26 08:00:00"),
        ):
            self.assertEqual(self._visit_starts(now), self._moment(start))

    def test_visit_is_told_without_mails_and_in_the_language_of_who_goes(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.people["manager"].lang = "fr_FR"
        self.rule.with_context(lang="fr_FR").name = "En retard"
        mails = self.env["mail.mail"].sudo()
        about = [("model", "in", ["calendar.event", "supplier.alert"])]
        before = mails.search_count(about)
        alert = self._run("visit")
        told = self._activities(alert).filtered("calendar_event_id")
        self.assertEqual(told.user_id, self.people["manager"])
        self.assertIn("En retard", told.res_name)
        self.assertEqual(mails.search_count(about), before)

    def test_who_has_left_visits_nobody(self):
        executive = self._create_user("alert_executive", BUYER)
        self.rule.executive_id = executive
        executive.active = False
        alert = self._run("visit")
        [visit] = self.env["calendar.event"].search([("res_id", "=", alert.id)])
        self.assertEqual(visit.user_id, self.people["manager"])

    def test_agenda_of_the_scorecard(self):
        for day in ("2026-03-10", "2026-03-12", "2026-03-14"):
            self._receive(self._order(10, 5, day), "2026-03-20")
        self._evaluate().action_publish()
        alert = self._run("visit")
        [visit] = self.env["calendar.event"].search([("res_id", "=", alert.id)])
        self.assertIn("Scorecard", visit.description)

    def test_team_by_mail(self):
        self.rule.team_email = "team@golden.example"
        self._run("team")
        [mail] = self.env["mail.mail"].search(
            [("email_to", "=", "team@golden.example")]
        )
        self.assertEqual(mail.subject, "Test rule")
        self.assertIn("Golden Supplier", mail.body_html)

    def test_training_and_buyer(self):
        alert = self._run("training", "buyer")
        summaries = self._activities(alert)
        # The buyer owns it, and needs no second reminder.
        self.assertEqual(len(summaries), 2)
        self.assertEqual(summaries.user_id, self.people["buyer"])

    def test_chat(self):
        channel = self.env["discuss.channel"].create({"name": "Purchasing"})
        self.rule.channel_id = channel
        self._run("channel")
        self.assertIn("The score: 70.0, below 80.0", channel.message_ids[0].body)

    def test_no_chat_of_others(self):
        """A rule writes into no chat, and names none, that its maker does not see."""
        channels = self.env["discuss.channel"]
        private = channels.create({"name": "Board", "channel_type": "group"})
        public = channels.create({"name": "All", "group_public_id": False})
        own = self._as(self.rule, "manager")
        with self.assertRaises(AccessError):
            own.channel_id = private
        with self.assertRaises(AccessError):
            own.copy({"channel_id": private.id})
        own.channel_id = public
        self.assertEqual(self.rule.channel_id, public)

    def test_tier(self):
        tier = self.env.ref("supplier_evaluation.supplier_tier_transactional")
        self.rule.proposed_tier_id = tier
        self._run("tier")
        proposal = self.env["supplier.tier.proposal"].search(
            [("partner_id", "=", self.supplier.id)]
        )
        self.assertEqual(proposal.tier_to_id, tier)
        self.assertIn("The score: 70.0, below 80.0", proposal.reason)

    def test_in_the_language_of_the_company(self):
        """A scheduled action has no language, and what it says is kept as text."""
        self.env["res.lang"]._activate_lang("de_DE")
        self.company.partner_id.lang = "de_DE"
        self.rule.channel_id = self.env["discuss.channel"].create({"name": "Alerts"})
        self.rule.proposed_tier_id = self.env.ref(
            "supplier_evaluation.supplier_tier_strategic"
        )
        alert = self._run("tier", "channel")
        said = alert.with_context(lang="de_DE")._seen_sentence()
        self.assertNotEqual(said, alert.with_context(lang="en_US")._seen_sentence())
        proposal = self.env["supplier.tier.proposal"].search(
            [("partner_id", "=", self.supplier.id)]
        )
        self.assertEqual(proposal.reason, said)
        self.assertIn(said, self.rule.channel_id.message_ids[0].body)

    def test_managers_see_no_other_server_actions(self):
        """Another one may hold the secret address of a webhook."""
        hook = self.env["ir.actions.server"].create(
            {
                "name": "Hook",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "state": "webhook",
                "webhook_url": "https://hooks.example/secret",
            }
        )
        with self.assertRaises(AccessError):
            self._as(hook, "manager").read(["webhook_url"])
        own = self._as(self.env.ref(f"{ACTION}team"), "manager")
        self.assertEqual(own.read(["name"])[0]["id"], own.id)
        admin = self._create_user("alert_admin", f"{MANAGER},base.group_system")
        self.assertTrue(self._as(hook, admin).webhook_url)

    def test_one_that_fails_loses_nothing(self):
        bad = self.env["ir.actions.server"].create(
            {
                "name": "Bad",
                "model_id": self.env["ir.model"]._get_id("supplier.alert"),
                "state": "code",
                "code": "raise UserError('no such thing')",
                "sequence": 1,
            }
        )
        good = self.env.ref(f"{ACTION}corrective")
        good.sequence = 2
        self.rule.action_server_ids = bad | good
        seen = self._seen(value=70.0, threshold=80.0)
        self.env["supplier.alert"]._follow(self.rule, [seen], self.env.cr.now())
        alert = self.rule.alert_ids
        self.assertTrue(alert.corrective_action_ids)
        self.assertIn("Bad: no such thing", self.rule.consequence_error)
        self.assertIn("no such thing", alert.message_ids[0].body)

    def test_whatever_odoo_can_do(self):
        """A server action made by hand is done with each alert."""
        tag = self.env["ir.actions.server"].create(
            {
                "name": "Note",
                "model_id": self.env["ir.model"]._get_id("supplier.alert"),
                "state": "code",
                "code": "records.partner_id.sudo().write({'comment': 'seen'})",
            }
        )
        self.rule.action_server_ids = tag
        seen = self._seen(value=70.0, threshold=80.0)
        self.env["supplier.alert"]._follow(self.rule, [seen], self.env.cr.now())
        self.assertIn("seen", self.supplier.comment)
