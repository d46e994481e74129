from datetime import date, datetime

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ....models.scorecard.seal import verify_seals
from .common import AdjustedCommon

COMPARISON = "supplier.scorecard.comparison"


@tagged("post_install", "-at_install")
class TestComparison(AdjustedCommon):
    """What is computed stands beside what is published, before it is published."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for partner, day in ((cls.supplier, "02-10"), (cls.late_supplier, "02-10")):
            for _index in range(5):
                line = cls._order(10, 5, f"2026-{day}", "2026-02-01", partner=partner)
                cls._receive(line, f"2026-{day}")
        cls.february = cls._evaluate(
            date_from=date(2026, 2, 1),
            date_to=date(2026, 2, 28),
            cutoff=datetime(2026, 3, 4, 16, 0),
        )
        cls.february.action_publish()
        cls.evaluation = cls._evaluate()

    def _rows(self, evaluation=None):
        action = (evaluation or self.evaluation).action_compare()
        self.env.flush_all()
        return self.env[COMPARISON].search(action["domain"])

    def _row(self, partner, evaluation=None):
        rows = self._rows(evaluation)
        return rows.filtered(lambda row: row.partner_id == partner)

    def test_beside_the_period_before(self):
        row = self._row(self.late_supplier)
        self.assertEqual((row.score_before, row.score), (100, 50))
        self.assertEqual((row.movement, row.movement_size), (-50, 50))
        self.assertEqual(row.kpi_id.code, "otd")
        self.assertEqual(row.kpi_movement, -50)
        self.assertTrue(row.is_jump and row.is_other_grade and row.has_warning)
        self.assertEqual((row.rank_before, row.rank), (1, 2))
        self.assertIn("Large Jump", row.warnings)

    def test_the_largest_change_first(self):
        self.assertEqual(
            self._rows().partner_id.mapped("name"), ["Late", "Golden Supplier", "Small"]
        )

    def test_nothing_published(self):
        row = self._row(self.small_supplier)
        self.assertTrue(row.is_new)
        self.assertIs(row.movement, False)
        self.assertFalse(row.is_other_grade or row.is_jump or row.kpi_id)

    def test_a_revision_beside_what_it_replaces(self):
        self.evaluation.action_publish()
        self._order(50, 5, "2026-03-20")
        revision = self.evaluation.browse(self.evaluation.action_revise()["res_id"])
        revision.action_compute()
        row = self._row(self.supplier, revision)
        self.assertEqual(row.before_id, self._card(self.evaluation))
        self.assertLess(row.movement, 0)
        # What did not change has moved by nothing, whatever the month before was.
        self.assertEqual(self._row(self.late_supplier, revision).movement, 0)

    def test_by_a_hair_and_thin(self):
        """8 of 10 came: the interval of such a share is wide, and holds a border."""
        partner = self._create_supplier("Hair")
        for number in range(10):
            line = self._order(10, 5, "2026-03-10", partner=partner)
            self._receive(line, "2026-03-10" if number < 8 else "2026-03-12")
        template = self._create_template("One", ["otd"])
        row = self._row(partner, self._evaluate(template))
        self.assertTrue(row.is_by_a_hair and row.is_thin)
        self.assertFalse(row.is_low_coverage)

    def test_published_is_compared_no_more(self):
        self.evaluation.action_publish()
        self.assertFalse(self._rows())

    # ------------------------------------------------------------
    # All, or some
    # ------------------------------------------------------------

    def _hold_back(self, user="one", partner=None):
        card = self._card(self.evaluation, partner or self.late_supplier)
        self._as(self.env["supplier.hold.back.wizard"], user).create(
            {"scorecard_ids": card.ids, "reason": "The strike is looked into"}
        ).action_apply()
        return card

    def test_publish_some(self):
        self._hold_back()
        self.assertTrue(self._row(self.late_supplier).is_held_back)
        self._as(self.evaluation, "two").action_publish()
        self.assertEqual(
            self.evaluation.scorecard_ids.partner_id,
            self.supplier | self.small_supplier,
        )
        self.assertEqual(self.evaluation.scorecard_count, 2)
        [words] = self.evaluation.changed_by_hand
        self.assertEqual((words["kind"], words["supplier"]), ("held_back", "Late"))
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertFalse(verify_seals(self.company))
        vendor = self.late_supplier.with_company(self.company)
        self.assertEqual(vendor.supplier_scorecard_id.evaluation_id, self.february)
        revision = self.evaluation.search([("revision_of_id", "=", self.evaluation.id)])
        self.assertEqual(revision.state, "draft")
        revision.action_compute()
        revision.action_publish()
        self.assertIn(self.late_supplier, revision.scorecard_ids.partner_id)

    def test_who_holds_back_does_not_publish(self):
        self._hold_back()
        with self.assertRefused("somebody else publishes", AccessError):
            self._as(self.evaluation, "one").action_publish()
        self.assertEqual(len(self.evaluation.scorecard_ids), 3)

    def test_released(self):
        card = self._hold_back()
        self._as(card, "one").action_release()
        self._as(self.evaluation, "one").action_publish()
        self.assertEqual(len(self.evaluation.scorecard_ids), 3)
        kinds = self.env["supplier.adjustment"].search([], order="id").mapped("kind")
        self.assertEqual(kinds[-2:], ["held_back", "released"])

    def test_computed_again(self):
        self._hold_back()
        self.evaluation.action_compute()
        self.assertFalse(self.evaluation.scorecard_ids.filtered("is_held_back"))
        self._as(self.evaluation, "one").action_publish()

    def test_not_all(self):
        for partner in (self.supplier, self.late_supplier, self.small_supplier):
            self._hold_back(partner=partner)
        with self.assertRefused("nothing to publish"):
            self._as(self.evaluation, "two").action_publish()

    def test_only_what_waits_is_held_back(self):
        self.evaluation.action_publish()
        with self.assertRefused("does not wait to be published"):
            self._hold_back()

    def test_only_managers_hold_back(self):
        buyer = self._create_user("four_buyer", "purchase.group_purchase_user")
        card = self._as(self._card(self.evaluation), buyer)
        for attempt in (
            lambda: card._set_held_back(True, "Because"),
            lambda: card.action_release(),
        ):
            with self.assertRaises(AccessError):
                attempt()

    # ------------------------------------------------------------
    # Revised
    # ------------------------------------------------------------

    def _revise(self, **vals):
        self.evaluation.action_publish()
        asked = self.evaluation.with_context(supplier_ask_revision=True)
        action = asked.action_revise()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        with Form(wizard) as form:
            form.reason = "Receipts were booked late"
            for name, value in vals.items():
                form[name] = value
        action = form.record.action_apply()
        return self.evaluation.browse(action["res_id"])

    def test_revised_with_the_same_cutoff(self):
        self.evaluation.cutoff = datetime(2026, 4, 2, 3, 4)
        self.evaluation.action_compute()
        revision = self._revise()
        self.assertEqual(revision.cutoff, datetime(2026, 4, 2, 3, 4))
        self.assertIn("booked late", revision.message_ids[0].body)

    def test_revised_with_another_cutoff(self):
        revision = self._revise(basis="chosen", cutoff=datetime(2026, 5, 1))
        self.assertEqual(revision.cutoff, datetime(2026, 5, 1))
        revision.action_compute()
        self.assertEqual(revision.cutoff, datetime(2026, 5, 1))
