from datetime import date, datetime

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.scorecard.seal import verify_seals
from .common import ThreeSuppliersCommon


@tagged("post_install", "-at_install")
class TestPublishing(ThreeSuppliersCommon):
    # ------------------------------------------------------------
    # Publish
    # ------------------------------------------------------------

    def test_vendor_values(self):
        evaluation = self._evaluate()
        vendor = self.supplier.with_company(self.company)
        self.assertFalse(vendor.supplier_scorecard_id)
        evaluation.action_publish()
        self.assertEqual(vendor.supplier_score, 100.0)
        self.assertEqual(vendor.supplier_grade_id.name, "A")
        self.assertEqual(vendor.supplier_scorecard_id, self._card(evaluation))
        self.assertFalse(vendor.supplier_score_provisional)
        small = self.small_supplier.with_company(self.company)
        self.assertTrue(small.supplier_score_provisional)
        other = self._create_company("Elsewhere", "UTC", "EUR")
        self.assertFalse(self.supplier.with_company(other).supplier_score)

    def test_vendor_values_of_another_company_stay(self):
        other = self._create_company("Elsewhere", "UTC", "EUR")
        grade = self.env.ref("supplier_evaluation.supplier_grade_c")
        vendor = self.supplier.with_company(other)
        vendor._write_guarded({"supplier_grade_id": grade.id})
        self._evaluate().action_publish()
        self.assertEqual(self.supplier.with_company(other).supplier_grade_id, grade)

    def test_older_period_does_not_overwrite(self):
        march = self._evaluate()
        february = self._evaluate(date_from=date(2026, 2, 1), date_to=date(2026, 3, 15))
        march.action_publish()
        february.action_publish()
        vendor = self.supplier.with_company(self.company)
        self.assertEqual(vendor.supplier_scorecard_id.evaluation_id, march)

    def test_template_that_does_not_set_the_score(self):
        self.template.sets_vendor_score = False
        self._evaluate().action_publish()
        self.assertFalse(self.supplier.with_company(self.company).supplier_scorecard_id)

    def test_best_vendors_first(self):
        self._evaluate().action_publish()
        vendors = (
            self.env["res.partner"]
            .with_company(self.company)
            .with_context(res_partner_search_mode="supplier")
            .search([("name", "in", ("Golden Supplier", "Late", "Small"))])
        )
        self.assertEqual(vendors.mapped("name"), ["Golden Supplier", "Late", "Small"])

    def test_badge_on_the_order(self):
        self._evaluate().action_publish()
        contact = self._create_supplier(
            "Desk", parent_id=self.supplier.id, is_company=False
        )
        order = self._order(1, 1, "2026-03-20", partner=contact).order_id
        self.assertEqual(order.supplier_grade_id.name, "A")
        self.assertEqual(order.supplier_score, 100.0)

    def test_trend(self):
        first = self._evaluate(date_from=date(2026, 3, 1), date_to=date(2026, 3, 15))
        first.action_publish()
        self._order(100, 5, "2026-03-20")
        second = self._evaluate(date_from=date(2026, 3, 16))
        card = self._card(second)
        self.assertEqual(card.previous_id, self._card(first))
        self.assertLess(card.trend, 0)
        self.assertEqual(card.trend_direction, "down")

    def test_part_of_a_period_is_not_the_one_before(self):
        """Who looks at half of March compares March with February all the same."""
        self._order(10, 5, "2026-02-10", confirmed="2026-02-01")
        february = self._evaluate(
            date_from=date(2026, 2, 1),
            date_to=date(2026, 2, 28),
            cutoff=datetime(2026, 3, 4, 16, 0),
        )
        half = self._evaluate(date_to=date(2026, 3, 15))
        for evaluation in (february, half):
            evaluation.action_publish()
        march = self._evaluate()
        self.assertEqual(self._card(march).previous_id, self._card(february))

    # ------------------------------------------------------------
    # Published is immutable
    # ------------------------------------------------------------

    def test_published_stays(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        card = self._card(evaluation)
        line = card.line_ids[0]
        stays = "is published and stays as it is"
        override = {"is_overridden": True, "override_reason": "late"}
        for index, (change, text) in enumerate(
            (
                (lambda: evaluation.write({"date_to": date(2026, 4, 30)}), stays),
                (lambda: evaluation.action_compute(), "is Published: .* only while"),
                (lambda: evaluation.action_publish(), "is Published: .* only while"),
                (lambda: evaluation.unlink(), stays),
                (lambda: evaluation.with_context(_force_unlink=True).unlink(), stays),
                (lambda: card.with_context(_force_unlink=True).unlink(), stays),
                (lambda: card.write({"score": 1}), stays),
                (lambda: card.unlink(), stays),
                (lambda: line.write({"value": 1}), stays),
                (lambda: line.write(override), stays),
                (lambda: line.unlink(), stays),
            )
        ):
            with self.subTest(change=index), self.assertRefused(text):
                change()
        self.assertEqual(card.score, 100.0)

    def test_template_snapshot(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        self.template.line_ids[0].weight = 77
        weights = [line["weight"] for line in evaluation.template_snapshot["lines"]]
        self.assertEqual(weights, [10, 10])

    def test_revision_supersedes(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        old_card = self._card(evaluation)
        self._order(1000, 5, "2026-03-20")
        action = evaluation.action_revise()
        revision = self.env["supplier.evaluation"].browse(action["res_id"])
        self.assertEqual((revision.revision, revision.revision_of_id), (2, evaluation))
        revision.action_compute()
        self.assertEqual(evaluation.state, "published")
        revision.action_publish()
        self.assertEqual(evaluation.state, "superseded")
        self.assertEqual(old_card.score, 100.0)
        vendor = self.supplier.with_company(self.company)
        self.assertEqual(vendor.supplier_scorecard_id, self._card(revision))
        self.assertLess(vendor.supplier_score, 100.0)

    def test_revision_that_drops_a_supplier(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        lines = self.env["purchase.order.line"].search(
            [("partner_id", "=", self.small_supplier.id)]
        )
        lines._set_supplier_exclusion("manual", "test order")
        revision = self.env["supplier.evaluation"].browse(
            evaluation.action_revise()["res_id"]
        )
        revision.action_compute()
        revision.action_publish()
        vendor = self.small_supplier.with_company(self.company)
        self.assertFalse(vendor.supplier_scorecard_id)
        self.assertFalse(vendor.supplier_grade_id)

    def test_only_published_is_revised(self):
        with self.assertRefused("is Computed: .* only while it is Published"):
            self._evaluate().action_revise()

    def test_one_evaluation_a_period(self):
        self._evaluate()
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self._evaluate()

    def test_seals(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        later = self._evaluate(date_from=date(2026, 3, 2))
        later.action_publish()
        cards = (evaluation | later).scorecard_ids.sorted("seal_number")
        self.assertEqual(cards.mapped("seal_number"), list(range(1, 7)))
        self.assertEqual(len(set(cards.mapped("seal"))), 6)
        self.assertFalse(verify_seals(self.company))
        self.assertTrue(evaluation.action_verify_seals())

    def test_broken_seal_is_found(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        card = evaluation.scorecard_ids.sorted("seal_number")[1]
        self.env.cr.execute(
            "UPDATE supplier_scorecard_line SET value = value + 1"
            " WHERE scorecard_id = %s",
            [card.id],
        )
        self.env.invalidate_all()
        self.assertIn(card.display_name, verify_seals(self.company))
        with self.assertRefused(card.partner_id.name):
            evaluation.action_verify_seals()

    def test_missing_scorecard_breaks_the_chain(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        last = evaluation.scorecard_ids.sorted("seal_number")[-1]
        last_number = last.seal_number
        self.env.cr.execute("DELETE FROM supplier_scorecard WHERE id = %s", [last.id])
        self.env.invalidate_all()
        self.assertIn(str(last_number), verify_seals(self.company))
        self.env.cr.execute(
            "DELETE FROM supplier_scorecard WHERE company_id = %s", [self.company.id]
        )
        self.env.invalidate_all()
        self.assertIn("missing", verify_seals(self.company))

    def test_snapshot_answers_the_drill_down(self):
        """A template changed later does not change what a figure opens."""
        evaluation = self._evaluate()
        evaluation.action_publish()
        line = self._card(evaluation, self.late_supplier).line_ids[0]
        before = line.action_open_counted()["context"]
        self.template.write({"late_tolerance_days": 3, "weighting": "line"})
        self.company.partner_id.tz = "UTC"
        self.assertEqual(line.action_open_counted()["context"], before)
        self.template.name = "Renamed"
        self.assertNotIn("Renamed", evaluation.name)

    def test_one_revision_is_open_at_a_time(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        second = self.env["supplier.evaluation"].browse(
            evaluation.action_revise()["res_id"]
        )
        again = evaluation.action_revise()["res_id"]
        self.assertEqual(again, second.id)
        second.action_compute()
        second.action_publish()
        self.assertEqual(second.state, "published")
        self.assertEqual(evaluation.state, "superseded")

    def test_dropped_supplier_shows_its_former_score(self):
        february = self._evaluate(date_from=date(2026, 3, 1), date_to=date(2026, 3, 15))
        february.action_publish()
        march = self._evaluate()
        march.action_publish()
        lines = self.env["purchase.order.line"].search(
            [("partner_id", "=", self.small_supplier.id)]
        )
        lines._set_supplier_exclusion("manual", "test order")
        revision = self.env["supplier.evaluation"].browse(
            march.action_revise()["res_id"]
        )
        revision.action_compute()
        revision.action_publish()
        vendor = self.small_supplier.with_company(self.company)
        self.assertEqual(vendor.supplier_scorecard_id.evaluation_id, february)

    def test_computed_figures_are_not_forged(self):
        evaluation = self._evaluate()
        for vals in (
            {"state": "published"},
            {"average_score": 99},
            {"template_snapshot": {}},
            {"revision": 7},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                evaluation.write(vals)
        created = self.env["supplier.evaluation"].with_context(
            default_state="published"
        )
        draft = created.create(
            {
                "template_id": self.template.id,
                "company_id": self.company.id,
                "date_from": date(2026, 3, 5),
                "date_to": date(2026, 3, 31),
            }
        )
        self.assertEqual(draft.state, "draft")

    def test_another_period_forgets_the_figures(self):
        evaluation = self._evaluate()
        evaluation.write({"date_from": date(2026, 3, 2)})
        self.assertEqual(evaluation.state, "draft")
        self.assertFalse(evaluation.scorecard_ids)

    def test_vendor_values_are_not_written_by_hand(self):
        with self.assertRaises(AccessError):
            self.supplier.supplier_score = 100
        with self.assertRaises(AccessError):
            self.supplier.create({"name": "X", "supplier_score": 100})

    def test_merging_vendors_evaluated_together(self):
        self._evaluate().action_publish()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        with self.assertRefused("cannot be merged"):
            wizard._merge((self.supplier | self.late_supplier).ids, self.supplier)

    def test_merging_vendors_before_it_is_published(self):
        """What is only computed, as each night, keeps nobody from merging."""
        evaluation = self._evaluate()
        both = self.supplier | self.late_supplier
        evaluated = len(evaluation.scorecard_ids)
        wizards = self.env["base.partner.merge.automatic.wizard"]
        with self.env.cr.savepoint() as savepoint:
            self._card(evaluation).line_ids[:1].write(
                {
                    "is_overridden": True,
                    "override_score": 50,
                    "override_reason": "Known better",
                }
            )
            with self.assertRefused("cannot be merged"):
                wizards.create({})._merge(both.ids, self.supplier)
            savepoint.rollback()
        self.env.invalidate_all()
        wizards.create({})._merge(both.ids, self.supplier)
        self.env.invalidate_all()
        self.assertEqual(evaluation.state, "draft")
        evaluation.action_compute()
        self.assertEqual(len(evaluation.scorecard_ids), evaluated - 1)

    def test_merging_vendors_keeps_the_seals(self):
        self._evaluate().action_publish()
        target = self._create_supplier("Merged")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.supplier | target).ids, target)
        self.assertFalse(verify_seals(self.company))
        card = self.env["supplier.scorecard"].search([("partner_id", "=", target.id)])
        self.assertEqual(card.partner_name, "Golden Supplier")
        merged = target.with_company(self.company)
        self.assertEqual(merged.supplier_scorecard_id, card)
        self.assertEqual(merged.supplier_grade_id.name, "A")

    # ------------------------------------------------------------
    # What was published long ago
    # ------------------------------------------------------------

    def test_sealed_under_former_names(self):
        """A snapshot is not rewritten; it is read by the names of its time."""
        template = self._create_template("Days", ["lead_time"])
        self._order(10, 5, "2026-03-12")  # never came
        evaluation = self._evaluate(template)
        line = self._card(evaluation).line_ids
        opened = [self._opened(line, excluded) for excluded in (False, True)]
        self.assertEqual([len(facts) for facts in opened], [5, 1])
        snapshot = evaluation.template_snapshot
        for definition in (snapshot["scope"], *snapshot["lines"]):
            definition["basis"] = definition.pop("aspect")
        evaluation._write_guarded({"template_snapshot": snapshot})
        evaluation.action_publish()
        self.env.flush_all()
        evaluation.invalidate_recordset()
        self.assertEqual(evaluation.template_snapshot["lines"][0]["basis"], "received")
        self.assertEqual(line._kpi_as_computed().aspect, "received")
        self.assertEqual(
            [self._opened(line, excluded) for excluded in (False, True)], opened
        )
        self.assertFalse(verify_seals(self.company))

    def _opened(self, line, excluded):
        action = line.action_open_excluded() if excluded else line.action_open_counted()
        facts = self.env[action["res_model"]].with_context(**action["context"])
        return facts.search(action["domain"]).ids
