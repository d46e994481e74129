from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from ....models.scorecard.since import rescoring
from ....models.scorecard.since import supplier_evaluation as since
from ....models.scorecard.since.supplier_scorecard_line import Since
from .common import PublishedCommon

NOTHING = Since(added=[], moved=[], gone=[])
CRON = "supplier_evaluation.ir_cron_supplier_evaluation_sources"


@tagged("post_install", "-at_install")
class TestStale(PublishedCommon):
    """What is published says so when its records say something else by now."""

    def _check(self):
        self.env.flush_all()
        self.evaluation._check_sources()

    def _book_late(self, partner=None):
        """Order something that never came."""
        line = self._order(50, 5, "2026-03-10", partner=partner or self.supplier)
        self.env.flush_all()
        return line

    def test_nothing_changed(self):
        self._check()
        self.assertFalse(self.evaluation.is_stale)
        self.assertFalse(self.evaluation.scorecard_ids.filtered("is_stale"))

    def test_in_the_language_of_the_company(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.company.partner_id.lang = "de_DE"
        self._book_late()
        self._check()
        self.assertIn("Datensätze", self.evaluation.message_ids[0].body)

    def test_a_score_that_would_fall(self):
        self._book_late()
        self._check()
        card = self._card(self.evaluation)
        self.assertTrue(card.is_stale)
        self.assertEqual(card.score, 100.0)
        # 50 of 100 pieces of the same price came.
        self.assertAlmostEqual(card.score_now, 50.0)
        self.assertAlmostEqual(card.score_difference, -50.0)
        self.assertEqual(self.evaluation.stale_count, 1)
        self.assertAlmostEqual(self.evaluation.stale_difference, -50.0)
        self.assertIn("50", self.evaluation.message_ids[0].body)
        others = self.evaluation.scorecard_ids - card
        self.assertFalse(others.filtered("is_stale"))

    def test_of_many_all_are_measured_again(self):
        with patch.object(rescoring, "FEW", 0):
            self.test_as_a_revision_with_the_same_cutoff_would_say()

    def test_as_a_revision_with_the_same_cutoff_would_say(self):
        self._book_late()
        self._came_on(self.late_lines[0], "2026-03-09")
        self._order(7, 3, "2026-03-11", partner=self.late_supplier)
        self._check()
        revision = self.evaluation.browse(self.evaluation.action_revise()["res_id"])
        revision.cutoff = self.evaluation.cutoff
        revision.action_compute()
        for card in self.evaluation.scorecard_ids:
            now = self._card(revision, card.partner_id).score
            with self.subTest(supplier=card.partner_name):
                self.assertEqual(card.is_stale, now != card.score)
                if card.is_stale:
                    self.assertAlmostEqual(card.score_now, now)

    def test_as_it_was_again(self):
        line = self._book_late()
        self._check()
        line._set_supplier_exclusion("manual", "Typed in twice")
        self._check()
        self.assertFalse(self.evaluation.is_stale)
        self.assertEqual(self.evaluation.stale_count, 0)
        self.assertFalse(self._card(self.evaluation).is_stale)

    def test_told_once(self):
        self._book_late()
        self._check()
        before = self.evaluation.message_ids
        self._check()
        self.assertEqual(self.evaluation.message_ids, before)

    def test_without_any_record_left(self):
        self.late_lines._set_supplier_exclusion("manual", "Our dock was closed")
        self._check()
        card = self._card(self.evaluation, self.late_supplier)
        self.assertTrue(card.is_stale)
        self.assertIs(card.score_now, False)

    def _look(self):
        with freeze_time("2026-06-01"), self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()

    def test_of_many_the_records_are_kept_in_the_background(self):
        with patch.object(since, "FEW_CARDS", 0):
            evaluation = self._evaluate(
                self._create_template("Another", ["otd", "return_rate"])
            )
            evaluation.action_publish()
            self.assertTrue(evaluation.are_sources_due)
            self.assertIsNone(self._since(self._otd(evaluation=evaluation)))
            # The server stopped after the first step.
            key, *left = evaluation._sources_left()
            evaluation._look_at(key)
            self.assertEqual(evaluation._sources_left(), left)
            self._look()
            self.assertTrue(evaluation.are_sources_kept)
            self.assertFalse(evaluation.are_sources_due or evaluation.sources_progress)
            self.assertEqual(self._since(self._otd(evaluation=evaluation)), NOTHING)
            self._book_late()
            said = evaluation.action_check_sources()
            self.assertEqual(said["tag"], "display_notification")
            self.assertFalse(evaluation.is_stale)
            self._look()
            self.assertTrue(self._card(evaluation).is_stale)

    def test_what_was_kept_is_read_once_however_many_kpis(self):
        evaluation = self._evaluate(self._create_template("Everything"))
        self.assertGreater(len(evaluation._sources_as_computed()), 5)
        kind = type(evaluation)
        rules = kind._rules_as_computed
        with patch.object(kind, "_rules_as_computed", autospec=True) as asked:
            asked.side_effect = rules
            evaluation.action_publish()
        self.assertTrue(evaluation.are_sources_kept)
        self.assertEqual(asked.call_count, 1)

    def test_of_what_is_not_known_nothing_is_promised(self):
        self.evaluation._write_guarded({"are_sources_kept": False})
        mark = self.evaluation.sources_mark
        with patch.object(since, "FEW_CARDS", 0):
            self.assertIs(self.evaluation.action_check_sources(), True)
        self.assertEqual(self.evaluation.sources_mark, mark)

    def test_nothing_is_concluded_where_a_source_failed(self):
        self._book_late()
        self._written_since()
        [key, *_others, _end] = self.evaluation._sources_left()
        look_at_source = type(self.evaluation)._look_at_source

        def fail(run, kpis, progress):
            if kpis[0]._source_key() == key:
                raise ValueError("No such column")
            return look_at_source(run, kpis, progress)

        with (
            patch.object(type(self.evaluation), "_look_at_source", fail),
            self.assertLogs("odoo.addons.supplier_evaluation.tools.scheduled"),
            self._failing(self.env.ref(CRON), "No such column"),
        ):
            self._look()
        self.assertFalse(self.evaluation.is_stale)
        self._look()
        self.assertTrue(self.evaluation.is_stale)

    def _create_newcomer(self):
        partner = self.env["res.partner"].create({"name": "Newcomer"})
        self._book_late(partner)
        return partner

    def test_who_had_no_scorecard(self):
        partner = self._create_newcomer()
        self._check()
        self.assertTrue(self.evaluation.is_stale)
        self.assertEqual(self.evaluation.stale_count, 0)
        self.assertEqual(self.evaluation.added_count, 1)
        self.assertIn("Newcomer", self.evaluation.message_ids[0].body)
        before = self.evaluation.message_ids
        self._check()
        self.assertEqual(self.evaluation.message_ids, before)
        self.env["purchase.order.line"].search(
            [("partner_id", "=", partner.id)]
        )._set_supplier_exclusion("manual", "Typed in twice")
        self._check()
        self.assertFalse(self.evaluation.is_stale)

    def test_whom_the_template_is_not_for(self):
        """Neither who has records later, nor who had them from the beginning."""
        self.template.partner_domain = [("name", "!=", "Newcomer")]
        revision = self.evaluation.browse(self.evaluation.action_revise()["res_id"])
        revision.cutoff = self.evaluation.cutoff
        self._book_late(self.env["res.partner"].create({"name": "Newcomer"}))
        revision.action_compute()
        revision.action_publish()
        self._create_newcomer()
        self._book_late(self.env["res.partner"].search([("name", "=", "Newcomer")])[0])
        revision._check_sources()
        self.assertEqual(revision.added_count, 0)
        # It had a record when it was computed: the template has changed, no record.
        self.template.partner_domain = []
        revision._check_sources()
        self.assertEqual(revision.added_count, 1)

    def test_who_was_held_back_is_not_new(self):
        evaluation = self._evaluate(self._create_template("Another", ["otd"]))
        self._card(evaluation)._set_held_back(True, "It is looked into")
        evaluation.action_publish()
        self.assertFalse(self._card(evaluation))
        evaluation._check_sources()
        self.assertFalse(evaluation.is_stale)

    def test_the_seal_holds(self):
        self._book_late()
        self._check()
        self.env.invalidate_all()
        self.assertTrue(self.evaluation.action_verify_seals())

    def _written_since(self):
        """The counters of the database come with a commit, which a test has none of."""
        self.evaluation._write_guarded({"sources_mark": False})

    def test_scheduled(self):
        self._book_late()
        self._written_since()
        with freeze_time("2026-06-01"), self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()
        self.assertTrue(self.evaluation.is_stale)

    def test_long_ago_is_not_looked_at(self):
        self._book_late()
        self._written_since()
        with freeze_time("2028-06-01"), self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()
        self.assertFalse(self.evaluation.is_stale)

    def test_written_between_computing_and_publishing(self):
        evaluation = self.evaluation.browse(self.evaluation.action_revise()["res_id"])
        evaluation.action_compute()
        self._book_late()
        evaluation._write_guarded({"sources_mark": False})
        evaluation.action_publish()
        self.assertEqual(evaluation.stale_count, 1)
        self.assertTrue(self._card(evaluation).is_stale)

    def test_what_is_replaced_is_not_looked_at_any_more(self):
        self._book_late()
        self._check()
        revision = self.evaluation.browse(self.evaluation.action_revise()["res_id"])
        revision.action_compute()
        revision.action_publish()
        self.assertFalse(
            self.evaluation.is_stale or self._card(self.evaluation).is_stale
        )

    def test_where_nothing_was_written_nothing_is_asked(self):
        self._check()
        with freeze_time("2026-06-01"), self.enter_registry_test_mode():
            cron = self.env.ref(CRON)
            cron.method_direct_trigger()
            checked = self.evaluation.date_sources_checked
        with freeze_time("2026-06-02"), self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()
        self.assertEqual(self.evaluation.date_sources_checked, checked)

    def test_what_was_overridden_stays_so(self):
        evaluation = self.evaluation.browse(self.evaluation.action_revise()["res_id"])
        evaluation.action_compute()
        self._otd(self.supplier, evaluation).write(
            {"is_overridden": True, "override_score": 90, "override_reason": "Decided"}
        )
        evaluation.action_publish()
        self._came_on(self._order(1, 5, "2026-03-10"), "2026-03-20")
        evaluation._check_sources()
        now = self._card(evaluation)
        # What did not come lowers the fill rate, and the decided 90 stays.
        self.assertEqual(now.is_stale, now.score_now != now.score)

    def test_of_any_records_each_look_is_another(self):
        self.assertNotEqual(
            self.evaluation._mark_of(["purchase.order"]),
            self.evaluation._mark_of(["purchase.order"]),
        )
        facts = ["supplier.delivery.fact", "supplier.review.fact"]
        self.assertEqual(
            self.evaluation._mark_of(facts), self.evaluation._mark_of(facts)
        )

    def test_a_code_that_evaluations_know_stays(self):
        kpi = self._otd().kpi_id
        with self.assertRefused("the code stays"):
            kpi.code = "another"
        kpi.write({"code": "otd", "name": "Punctual"})

    def test_statements_do_not_depend_on_suppliers(self):
        self._book_late()
        one = self._statements_of(self.evaluation._check_sources)
        for partner in (self.late_supplier, self.small_supplier):
            self._book_late(partner)
        three = self._statements_of(self.evaluation._check_sources)
        self.assertEqual(self.evaluation.stale_count, 3)
        self.assertLessEqual(three, one + 1)

    def test_access(self):
        buyer = self._create_user("stale_buyer", "purchase.group_purchase_user")
        portal = self._create_user("stale_portal", "base.group_portal")
        self._book_late()
        self._as(self.evaluation, buyer).action_check_sources()
        self.assertTrue(self.evaluation.is_stale)
        action = self._as(self.evaluation, buyer).action_open_stale()
        found = self.env["supplier.scorecard"].search(action["domain"])
        self.assertEqual(found, self._card(self.evaluation))
        with self.assertRefused("not allowed"):
            self._as(self.evaluation, portal).action_check_sources()
