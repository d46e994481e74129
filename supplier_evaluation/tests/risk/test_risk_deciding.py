from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import RiskCommon


@tagged("post_install", "-at_install")
class TestRiskDeciding(RiskCommon):
    """Anybody confirms, managers close, and of what is serious another one does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls.people["buyer"]
        cls.manager = cls.people["manager"]

    def _of(self, user, kind="abnormal_operation", **vals):
        """A signal that somebody enters and owns, as this user has it."""
        own = {"name": "Not found at its address", "kind": kind, "source": "Register"}
        return self._as(self.signals, user).create(
            {
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
                "date": "2026-03-10",
                **own,
                **vals,
            }
        )

    def test_users_confirm_and_say_measures(self):
        signal = self._of("buyer")
        signal.action_confirm()
        self.assertEqual(signal.state, "confirmed")
        with self.assertRaisesRegex(UserError, "which measures"):
            signal.action_mitigate()
        signal.measures = "Paid on delivery only"
        signal.action_mitigate()
        self.assertEqual(signal.state, "mitigated")

    def test_a_user_asks_and_a_manager_closes(self):
        signal = self._of("buyer")
        signal.action_close()
        self.assertEqual(signal.state, "open")
        self.assertEqual(signal.closing_state, "closed")
        [activity] = signal.sudo()._closing_activities()
        self.assertIn(activity.user_id, self.people["manager"] | self.people["second"])
        with self.assertRaises(AccessError):
            signal.action_approve_closing()
        self._as(signal, "manager").action_approve_closing()
        self.assertEqual(signal.state, "closed")
        self.assertEqual(signal.closed_uid, self.manager)
        self.assertFalse(signal.sudo()._closing_activities())

    def test_a_manager_closes_what_is_not_serious_alone(self):
        signal = self._of("manager", "news")
        signal.action_close()
        self.assertEqual(signal.state, "closed")

    def test_the_owner_does_not_close_a_serious_one(self):
        signal = self._of("manager")
        signal.action_close()
        self.assertEqual(signal.state, "open", "It was asked for.")
        with self.assertRaisesRegex(AccessError, "had a hand"):
            signal.action_approve_closing()
        self._as(signal, "second").action_approve_closing()
        self.assertEqual(signal.state, "closed")

    def test_ways_around_are_none(self):
        """Making light of it, or giving it to somebody else, leads past nobody."""
        signal = self._of("manager")
        with self.assertRefused("had no hand", AccessError):
            signal.severity = "low"
        self.assertEqual(signal.severity, "high")
        signal.action_false_alarm()
        self.assertEqual(signal.state, "open")
        signal.user_id = self.buyer
        with self.assertRaises(AccessError):
            signal.action_approve_closing()
        other = self._of("buyer")
        mine = self._as(other, "manager")
        mine.severity = "medium"
        mine.action_close()
        self.assertEqual(other.state, "open")
        with self.assertRaises(AccessError):
            mine.action_approve_closing()

    def test_a_manager_without_a_hand_in_it_closes_at_once(self):
        signal = self._of("buyer")
        self._as(signal, "manager").action_false_alarm()
        self.assertEqual(signal.state, "false_alarm")

    def test_it_may_stay_open(self):
        signal = self._of("buyer")
        signal.action_close()
        self._as(signal, "second").action_refuse_closing()
        self.assertFalse(signal.closing_state)
        with self.assertRaisesRegex(UserError, "Nobody asked"):
            self._as(signal, "second").action_approve_closing()

    def test_closed_stays_closed(self):
        signal = self._of("buyer", "news")
        self._as(signal, "manager").action_close()
        for vals in ({"severity": "high"}, {"measures": "None"}, {"amount": 3}):
            with self.assertRaisesRegex(UserError, "closed"):
                signal.write(vals)
        with self.assertRaises(UserError):
            signal.action_confirm()
        with self.assertRaises(UserError):
            self._as(signal, "manager").unlink()
        with self.assertRaises(AccessError):
            signal.action_reopen()
        self._as(signal, "manager").action_reopen()
        self.assertEqual(signal.state, "open")
        self.assertFalse(signal.date_closed)

    def test_all_of_what_is_closed_stays(self):
        signal = self._of("buyer", "credit_rating", rating="A")
        self._as(signal, "manager").action_close()
        other = self._create_supplier("Somebody else")
        for vals in (
            {"rating": "AAA"},
            {"date": "2099-01-01"},
            {"date_end": "2026-04-01"},
            {"partner_id": other.id},
            {"name": "Nothing happened"},
            {"source": "Nobody"},
            {"company_id": self.company.id},
            {"description": "Nothing"},
            {"external_ref": "N-1"},
        ):
            with self.subTest(vals=vals), self.assertRefused("closed"):
                signal.write(vals)

    def _lighter(self):
        """What would let a signal weigh less, and is no closing."""
        other = self._create_supplier("Somebody else")
        return (
            {"date_end": "2026-03-11"},
            {"date": "2099-01-01"},
            {"date": "2020-01-01"},
            {"partner_id": other.id},
            {"kind": "news"},
            {"kind": "news", "severity": "high"},
            {"severity": "low"},
        )

    def test_a_serious_one_does_not_get_lighter_without_a_second_person(self):
        for owner in ("buyer", "manager"):
            signal = self._of(owner)
            signal.action_confirm()
            for vals in self._lighter():
                with (
                    self.subTest(owner=owner, vals=vals),
                    self.assertRefused("had no hand", AccessError),
                ):
                    signal.write({**vals, "user_id": self.people["second"].id})
            # Heavier, or nothing that it weighs by: as it is with any other.
            signal.write({"amount": 10, "severity": "critical", "name": "Vanished"})
            signal.write({"partner_id": self._create_contact("Desk").id})
        rated = self._of("buyer", "credit_rating", rating="CCC")
        with self.assertRefused("had no hand", AccessError):
            rated.rating = "AAA"

    def test_a_manager_without_a_hand_in_it_may_make_it_lighter(self):
        for vals in self._lighter():
            with self.subTest(vals=vals):
                signal = self._of("buyer")
                second = self._as(signal, "second")
                second.write(vals)
                self.assertIn(self.people["second"], signal.sudo().involved_ids)
                second.action_close()
                self.assertNotEqual(signal.state, "closed")

    def test_what_is_not_serious_is_mended_by_anybody(self):
        signal = self._of("buyer", "news")
        for vals in ({"date_end": "2026-03-11"}, {"date": "2026-03-09"}):
            signal.write(vals)

    def test_who_cannot_close_it_cannot_delete_it(self):
        signal = self._of("manager")
        with self.assertRefused("had a hand", AccessError):
            signal.unlink()
        self._as(signal, "second").unlink()
        self._of("manager", "news").unlink()
