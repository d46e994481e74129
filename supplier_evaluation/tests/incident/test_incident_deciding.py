from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import APPROVER, BUYER, MANAGER
from .common import IncidentCommon

JUDGED = "is judged by"
BUTTON = "with the button for that"


@tagged("post_install", "-at_install")
class TestIncidentDeciding(IncidentCommon):
    """Nobody alone takes an incident out of the figures that others looked at."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people(
            "deciding",
            {
                "buyer": BUYER,
                "colleague": BUYER,
                "approver": APPROVER,
                "manager": MANAGER,
                "chief": MANAGER,
                "reviewer": "supplier_evaluation.group_supplier_evaluation_reviewer",
                "portal": "base.group_portal",
                "nobody": "base.group_user",
            },
        )
        elsewhere = cls._create_company("Elsewhere", "UTC", "EUR")
        cls.people["stranger"] = cls._create_user(
            "deciding_stranger", MANAGER, elsewhere
        )

    def _entered(self, person="buyer", **vals):
        """An incident that a person entered, with ten pieces."""
        incident = self._as(self.env["supplier.incident"], person).create(
            {
                "title": "Stripped threads",
                "partner_id": self.supplier.id,
                "picking_id": self.receipt.id,
                "product_id": self.move.product_id.id,
                "date_opened": "2026-03-12 04:00:00",
                "quantity": 10,
                "severity": "major",
                "cost": 100,
                **vals,
            }
        )
        self.env.flush_all()
        return incident

    def _ask(self, incident, person, action, **vals):
        """Do what a button asks for, in its dialog."""
        opened = getattr(self._as(incident, person), action)()
        dialogs = self._as(self.env["supplier.incident.wizard"], person)
        dialogs = dialogs.with_context(**opened["context"])
        dialogs.create({"reason": "It was twice here", **vals}).action_apply()
        self.env.invalidate_all()

    def _publish(self):
        """Publish March, in which the incidents are."""
        template = self._create_template("Incidents", ["resolution_rate"])
        self._evaluate(template).action_publish()

    def _refused(self, incident, person, vals, text=JUDGED, error=AccessError):
        with self.subTest(person=person, vals=vals), self.assertRefused(text, error):
            self._as(incident, person).write(vals)

    # ------------------------------------------------------------
    # Cancelled
    # ------------------------------------------------------------

    def test_whoever_entered_it_cancels_it_with_a_reason(self):
        incident = self._entered()
        for text in ("", "  "):
            with self.assertRefused("Say why"):
                incident._cancel(text)
        self._ask(incident, "buyer", "action_cancel")
        self.assertEqual(incident.state, "cancelled")
        self.assertIn("It was twice here", incident.message_ids[0].body)
        rows = self.env["supplier.adjustment"].search([("res_id", "=", incident.id)])
        self.assertFalse(rows, "nobody looked at it")
        incident.action_reopen()
        self.assertEqual(incident.state, "in_progress")

    def test_no_way_without_a_reason(self):
        """The form, a list, the board and an import all write."""
        incident = self._entered()
        for person in ("buyer", "manager"):
            self._refused(incident, person, {"state": "cancelled"}, BUTTON, UserError)
            with self.assertRefused(BUTTON):
                self._as(incident, person).web_save({"state": "cancelled"}, {})
            with self.assertRefused(BUTTON), Form(self._as(incident, person)) as form:
                form.state = "cancelled"
            loaded = self._as(incident, person).load(
                [".id", "state"], [[str(incident.id), "Cancelled"]]
            )
            self.assertIn(BUTTON, loaded["messages"][0]["message"])
        self._refused(incident, "manager", {"partner_id": False}, BUTTON, UserError)
        self.assertEqual(incident.state, "new")

    def test_others_do_not_cancel_it(self):
        incident = self._entered()
        for person in ("colleague", "approver"):
            with self.assertRefused(JUDGED, AccessError):
                self._as(incident, person)._cancel("It was twice here")
            with self.assertRefused(JUDGED, AccessError):
                self._ask(incident, person, "action_cancel")
            self._refused(incident, person, {"state": "cancelled"})
            self._refused(incident, person, {"partner_id": False})
        for person in ("stranger", "portal", "nobody", "reviewer"):
            for own in (self._as(incident, person),):
                with self.subTest(person), self.assertRaises(AccessError):
                    own.action_cancel()
                with self.subTest(person), self.assertRaises(AccessError):
                    own._cancel("It was twice here")
        self._ask(incident, "manager", "action_cancel")
        self.assertEqual(incident.state, "cancelled")

    def test_answered_or_published_it_is_for_managers(self):
        answered = self._entered()
        answered.sudo().date_first_answer = "2026-03-13 04:00:00"
        published = self._entered()
        self._publish()
        for incident in (answered, published):
            with self.assertRefused(JUDGED, AccessError):
                incident._cancel("It was twice here")
            self._refused(incident, "buyer", {"state": "cancelled"})
            self._ask(incident, "manager", "action_cancel")
            self.assertEqual(incident.state, "cancelled")
            with self.assertRefused(JUDGED, AccessError):
                incident.action_reopen()
            self._refused(incident, "buyer", {"state": "new"})

    def test_whoever_cancelled_it_does_not_publish_that_alone(self):
        incident = self._entered()
        self._ask(incident, "manager", "action_cancel")
        row = self.env["supplier.adjustment"].search([("res_id", "=", incident.id)])
        self.assertEqual(row.user_id, self.people["manager"])
        self.assertEqual((row.kind, row.favour), ("left_out", "supplier"))
        self.assertEqual(row.reason, "It was twice here")
        template = self._create_template("Incidents", ["resolution_rate"])
        evaluation = self._evaluate(template)
        self.assertEqual(evaluation.adjustment_ids, row)
        with self.assertRefused("somebody else publishes", AccessError):
            self._as(evaluation, "manager").action_publish()
        # Taken up again, it counts, and nobody changed anything by hand.
        self._as(incident, "manager").action_reopen()
        evaluation.action_compute()
        self.assertFalse(evaluation.adjustment_ids)
        self._as(evaluation, "manager").action_publish()

    def test_cancelled_it_counts_in_the_defects_of_receipts(self):
        """It is none of the receipts, and says what was bad of them."""
        incident = self._entered(responsibility="supplier")
        self._ask(incident, "manager", "action_cancel")
        evaluation = self._evaluate(self._create_template("Defects", ["defect_ppm"]))
        self.assertEqual(evaluation.adjustment_ids.res_id, incident.id)

    def test_evidence_where_the_company_asks_for_it(self):
        self.company.supplier_evidence_required = True
        incident, own = self._entered(), self._entered("manager")
        with self.assertRefused("asks for evidence"):
            self._ask(incident, "manager", "action_cancel")
        with self.assertRefused("asks for evidence"):
            self._ask(incident, "manager", "action_correct_quantity", quantity=1)
        self._ask(own, "manager", "action_cancel")
        file = self._as(self.env["ir.attachment"], "manager").create(
            {"name": "mail.txt", "raw": b"twice"}
        )
        self._ask(incident, "manager", "action_cancel", attachment_ids=file.ids)
        self.assertEqual(incident.state, "cancelled")

    def _rows(self, incident):
        return self.env["supplier.adjustment"].search(
            [("res_model", "=", incident._name), ("res_id", "=", incident.id)],
            order="id",
        )

    def test_whoever_decides_that_it_is_not_the_suppliers_fault_is_involved(self):
        incident, own = self._entered(), self._entered()
        self._as(own, "buyer").responsibility = "us"
        self.assertFalse(self._rows(own))
        chief = self._as(incident, "chief")
        chief.responsibility = "supplier"
        self.assertFalse(self._rows(incident))
        chief.responsibility = "carrier"
        row = self._rows(incident)
        self.assertEqual(row.user_id, self.people["chief"])
        self.assertEqual((row.kind, row.favour), ("left_out", "supplier"))
        self.assertEqual(row.exclusion, "responsibility")
        self.assertEqual(row.reason, "Responsibility: Carrier")
        chief.responsibility = "force_majeure"
        self.assertEqual(self._rows(incident), row)
        template = self._create_template("Incidents", ["resolution_rate"])
        evaluation = self._evaluate(template)
        self.assertEqual(evaluation.adjustment_ids, row)
        with self.assertRefused("somebody else publishes", AccessError):
            self._as(evaluation, "chief").action_publish()
        # Cancelled and taken up again, it counts no more than before.
        self._as(incident, "colleague").action_cancel()
        self._as(incident, "colleague").action_reopen()
        self.assertEqual(self._rows(incident), row)
        self._as(incident, "manager").responsibility = "supplier"
        self.assertEqual(self._rows(incident).mapped("kind"), ["left_out", "counted"])
        evaluation.action_compute()
        self.assertFalse(evaluation.adjustment_ids)
        self._as(evaluation, "chief").action_publish()

    def test_a_users_first_decision_is_in_the_register(self):
        incident, mailed = self._entered(), self._incident(reporter_id=False)
        both = self._as(incident + mailed, "colleague")
        both.write({"responsibility": "us"})
        self.assertEqual(self._rows(incident).user_id, self.people["colleague"])
        self.assertFalse(self._rows(mailed))

    def test_a_decision_rests_on_the_files_of_the_incident(self):
        self.company.supplier_evidence_required = True
        incident = self._as(self._entered(), "colleague")
        with self.assertRefused("asks for evidence.*to INC"):
            incident.responsibility = "carrier"
        self.env["ir.attachment"].create(
            {
                "name": "damage.txt",
                "raw": b"The driver signed for it",
                "res_model": incident._name,
                "res_id": incident.id,
            }
        )
        incident.responsibility = "carrier"
        self.assertEqual(
            self._rows(incident).attachment_ids.mapped("name"), ["damage.txt"]
        )

    def test_what_does_not_count_is_cancelled_as_before(self):
        junk = self._entered(partner_id=False, picking_id=False, product_id=False)
        ours = self._entered(responsibility="us")
        mailed = self._incident(reporter_id=False)
        left_out = self._entered()
        left_out.sudo()._set_supplier_exclusion("manual", "Rain")
        for incident in (junk, ours, mailed, left_out):
            self._as(incident, "colleague").action_cancel()
            self.assertEqual(incident.state, "cancelled")
            self._as(incident, "colleague").action_reopen()

    def test_what_came_by_mail_counts_once_it_is_taken_up(self):
        mailed = self._incident(reporter_id=False)
        own = self._as(mailed, "buyer")
        own.action_start()
        self._refused(own, "buyer", {"state": "new"})
        self._refused(own, "buyer", {"state": "cancelled"})
        reported = self._entered("colleague")
        self._refused(reported, "buyer", {"reporter_id": False})

    def test_managers_do_not_delete_what_others_entered(self):
        incident, own = self._entered(), self._entered("manager")
        with self.assertRefused("has a history"):
            self._as(incident, "manager").unlink()
        self._as(own, "manager").unlink()

    # ------------------------------------------------------------
    # Made less
    # ------------------------------------------------------------

    def test_quantity(self):
        incident = self._entered()
        incident.quantity = 0
        incident.quantity = 8
        for vals in ({"quantity": 0}, {"quantity": 7.5}):
            self._refused(incident, "colleague", vals)
            self._refused(incident, "approver", vals)
            self._refused(incident, "manager", vals, BUTTON, UserError)
        self._as(incident, "colleague").quantity = 9
        for person in ("buyer", "colleague"):
            with self.assertRefused(JUDGED, AccessError):
                self._ask(incident, person, "action_correct_quantity", quantity=1)
        self.assertTrue(self._as(incident, "manager").asks_why)
        self.assertFalse(self._as(incident, "buyer").asks_why)
        self._ask(incident, "manager", "action_correct_quantity", quantity=1)
        self.assertEqual(incident.quantity, 1)
        said = "".join(incident.message_ids[:2].mapped("body"))
        self.assertIn("It was twice here", said)

    def test_whoever_lowered_it_does_not_publish_that_alone(self):
        """By defects, or by how long it took: whatever looks at the incident."""
        incident = self._entered(responsibility="supplier")
        templates = [
            self._create_template(name, [code])
            for name, code in (("Defects", "defect_ppm"), ("Care", "resolution_rate"))
        ]
        elsewhen = self._entered(
            responsibility="supplier",
            date_opened="2026-01-12 04:00:00",
            picking_id=False,
        )
        for one in (incident, elsewhen):
            self._ask(one, "manager", "action_correct_quantity", quantity=1)
        row = self.env["supplier.adjustment"].search([("res_id", "=", incident.id)])
        self.assertEqual((row.kind, row.favour), ("corrected", "supplier"))
        self.assertEqual(row.user_id, self.people["manager"])
        for template in templates:
            evaluation = self._evaluate(template)
            self.assertEqual(evaluation.adjustment_ids, row)
            with self.assertRefused("somebody else publishes", AccessError):
                self._as(evaluation, "manager").action_publish()
            self._as(evaluation, "chief").action_publish()
            self.assertEqual(evaluation.changed_by_hand[0]["kind"], "corrected")

    def test_lowered_after_the_period_and_before_its_cutoff(self):
        """The goods that were complained about came in the period."""
        incident = self._entered(
            responsibility="supplier", date_opened="2026-04-02 04:00:00"
        )
        self._ask(incident, "manager", "action_correct_quantity", quantity=1)
        evaluation = self._evaluate(self._create_template("Defects", ["defect_ppm"]))
        self.assertEqual(evaluation.adjustment_ids.res_id, incident.id)

    def test_raised_it_is_in_our_favour(self):
        incident = self._entered()
        self._publish()
        self._ask(incident, "manager", "action_correct_quantity", quantity=11)
        row = self.env["supplier.adjustment"].search([("res_id", "=", incident.id)])
        self.assertEqual((row.kind, row.favour), ("corrected", "company"))

    def test_quantity_once_published(self):
        incident = self._entered()
        late = self._entered(quantity=0)
        self._publish()
        for vals in ({"quantity": 0}, {"quantity": 11}):
            self._refused(incident, "buyer", vals)
            self._refused(incident, "manager", vals, BUTTON, UserError)
        self._ask(incident, "manager", "action_correct_quantity", quantity=11)
        self.assertEqual(incident.quantity, 11)
        # What was not known may be filled in.
        self._as(late, "colleague").quantity = 3

    def test_what_is_published_stays_what_it_was(self):
        incident = self._entered()
        self._publish()
        for vals in (
            {"partner_id": self.stranger.id},
            {"incident_type": "service"},
            {"severity": "minor"},
            {"cost": 0},
            {"cost": 99},
            {"date_opened": "2026-04-12 04:00:00"},
            {"picking_id": False, "order_id": False, "purchase_line_id": False},
        ):
            self._refused(incident, "buyer", vals)
        self._as(incident, "buyer").write({"severity": "critical", "cost": 101})
        self._as(incident, "buyer").write({"title": "Again", "cause": "method"})
        self._as(incident, "manager").write({"severity": "minor", "cost": 0})

    def test_what_follows_from_others_is_not_written(self):
        """Nor is the receipt to which defects are attributed, nor a number."""
        incident = self._entered()
        for vals in (
            {"move_id": False},
            {"hours_to_resolve": 1},
            {"commercial_partner_id": self.stranger.id},
            {"name": "SI/0"},
        ):
            for person in ("buyer", "manager"):
                self._refused(incident, person, vals, "cannot be written")

    def test_nobody_hides_one_in_what_is_published(self):
        self._publish()
        incident = self._entered(date_opened="2026-04-12 04:00:00")
        day = {"date_opened": "2026-03-12 04:00:00"}
        self._refused(incident, "colleague", day)
        self._as(incident, "colleague").date_opened = "2026-04-11 04:00:00"
        self._as(incident, "buyer").write(day)
