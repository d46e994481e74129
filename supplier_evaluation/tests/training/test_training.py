from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import BUYER, MANAGER
from ..fact.common import CatalogueCommon


@tagged("post_install", "-at_install")
class TestTraining(CatalogueCommon):
    """Who of the supplier's people completed what they were invited to."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("training_manager", MANAGER)
        cls.buyer = cls._create_user("training_buyer", BUYER)

    def _training(self, invited, completed, day="2026-03-10", **vals):
        """One that is planned, as the buyer enters it."""
        return (
            self.env["supplier.training"]
            .with_user(self.buyer)
            .create(
                {
                    "title": "How to pack",
                    "partner_id": self.supplier.id,
                    "company_id": self.company.id,
                    "date": day,
                    "invited": invited,
                    "attended": completed,
                    "completed": completed,
                    **vals,
                }
            )
        )

    def _held(self, *args, entered="2026-03-20 04:00:00", **vals):
        with freeze_time(entered):
            training = self._training(*args, **vals)
            training.action_hold()
        return training

    def _figure(self, **scope):
        self.env.flush_all()
        return self._value("training_completed", **scope)

    def test_figure(self):
        """8 of 10 and 1 of 2 of a contact: 9 of 12, or the mean of 80 and 50 %."""
        self.assertIsNone(self._figure())
        self._training(20, 0)
        self._held(10, 8)
        self._held(2, 1, partner_id=self.contact.id)
        self._held(10, 0, trainees="us")
        self._held(10, 0, day="2026-02-28")
        self._training(10, 0).action_cancel()
        self.assertAlmostEqual(self._figure(), 75)
        self.assertAlmostEqual(self._figure(weighting="line"), 65)
        self.assertIsNone(self._figure(cutoff="2026-03-15 00:00:00"))
        self.supplier.active = False
        self.assertAlmostEqual(self._figure(), 75)

    def test_what_does_not_count_says_why(self):
        left_out = self._held(10, 8)
        left_out.sudo()._set_supplier_exclusion("manual", "The room was locked")
        late = self._held(4, 4, entered="2026-11-20 04:00:00")
        cancelled = self._training(3, 0)
        cancelled.action_cancel()
        self.assertIsNone(self._figure(cutoff="2026-04-30 00:00:00"))
        scope = self._scope(cutoff="2026-04-30 00:00:00")
        facts = self.env["supplier.training.fact"]._with_fact_scope(scope)
        trainings = left_out | late | cancelled
        self.assertEqual(
            {fact.id: fact.exclusion for fact in facts.browse(trainings.ids)},
            {
                left_out.id: "manual",
                late.id: "outside_period",
                cancelled.id: "cancelled",
            },
        )

    def test_what_was_held_stays(self):
        """It was known so at a cut-off: nobody changes, dates back or deletes it."""
        training = self._held(10, 8)
        own = training.with_user(self.manager)
        for vals in ({"completed": 10}, {"date": "2026-02-01"}, {"invited": 8}):
            for user in (training, own):
                with self.subTest(vals=vals), self.assertRaises(UserError):
                    user.write(vals)
        for vals in ({"state": "planned"}, {"date_done": False}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                own.write(vals)
        with self.assertRaises(AccessError):
            training.unlink()
        for refused in (own.unlink, own.action_plan_again, own.action_cancel):
            with self.assertRaises(UserError):
                refused()
        own._set_supplier_exclusion("manual", "Counted wrongly")
        self._held(10, 9)
        self.assertAlmostEqual(self._figure(), 90)

    def test_left_out_is_told(self):
        """In the chatter and the register, with whom it is good for."""
        few, most = self._held(10, 1), self._held(10, 9)
        for decision in ("manual", "count"):
            self.env["supplier.exclusion.wizard"].with_user(self.manager).create(
                {
                    "targets": {few._name: (few | most).ids},
                    "exclusion": decision,
                    "reason": "The room was locked",
                }
            ).action_apply()
        for training, favours in (
            (few, ["supplier", "company"]),
            (most, ["company", "supplier"]),
        ):
            told = training.message_ids.filtered(
                lambda message: "The room was locked" in message.body
            )
            self.assertEqual(len(told), 2)
            rows = self.env["supplier.adjustment"].search(
                [("res_model", "=", training._name), ("res_id", "=", training.id)],
                order="id",
            )
            self.assertEqual(rows.mapped("favour"), favours)

    def test_cancelled_is_planned_again(self):
        training = self._training(10, 8)
        training.action_cancel()
        training.active = False
        training.action_plan_again()
        self.assertTrue(training.active)

    def test_no_login_of_a_supplier_owns_one(self):
        """Neither by a value nor by a default of the context."""
        outside = self._create_user("training_outside", "base.group_portal")
        with self.assertRaises(ValidationError):
            self._training(1, 0, user_id=outside.id)
        trainings = self.env["supplier.training"].with_user(self.buyer)
        with self.assertRaises(ValidationError):
            trainings.with_context(default_user_id=outside.id).create(
                {"title": "How to pack", "partner_id": self.supplier.id}
            )

    def test_its_day_has_to_come(self):
        with freeze_time("2026-03-09 04:00:00"):
            training = self._training(10, 8)
            with self.assertRaises(UserError):
                training.action_hold()
            with self.assertRaises(UserError):
                training.active = False

    def test_no_data_is_not_0(self):
        unknown = self._training(10, 8)
        unknown.write({"attended": False, "completed": False})
        with self.assertRaises(UserError):
            unknown.action_hold()
        unknown.write({"attended": 0, "completed": 0})
        with freeze_time("2026-03-20 04:00:00"):
            unknown.action_hold()
        self.assertEqual(self._figure(), 0)

    @mute_logger("odoo.sql_db")
    def test_numbers_fit(self):
        for numbers in (
            {"invited": 0},
            {"attended": 3},
            {"attended": 2, "completed": 3},
            {"completed": -1},
        ):
            training = self._training(2, 2)
            with (
                self.subTest(numbers=numbers),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                training.write(numbers)
                self.env.flush_all()
