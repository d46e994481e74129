from odoo import Command
from odoo.tests import tagged

from ...common import MANAGER
from ..common import OverviewCommon


@tagged("post_install", "-at_install")
class TestHistory(OverviewCommon):
    """All scores of a supplier, and what makes one unlike the one before."""

    def _view(self, partner=None, person="buyer"):
        self.env.flush_all()
        self.env.invalidate_all()
        return self._as(partner or self.late_supplier, person).retrieve_360()

    def _breaks(self, kind, **asked):
        return [one for one in self._view(**asked)["breaks"] if one["kind"] == kind]

    def _april(self, template=None, partner=None):
        """April is published by a template; one supplier delivered then."""
        partner = partner or self.late_supplier
        self._month("04", partner, came="10")
        return self._publish(
            template=template or self.template,
            date_from="2026-04-01",
            date_to="2026-04-30",
            cutoff="2026-05-04 16:00:00",
        )

    def test_all_periods(self):
        """However old: a scorecard of two years ago is among them."""
        self._month("01", self.late_supplier, came="10")
        old = self._evaluate(
            date_from="2024-01-01", date_to="2026-01-31", cutoff="2026-02-04 16:00:00"
        )
        old.action_publish()
        view = self._view()
        points = view["history"]
        self.assertEqual(
            [point["date"] for point in points],
            ["2026-01-31", "2026-02-28", "2026-03-31"],
        )
        card = self._card(self.march, self.late_supplier)
        last = points[-1]
        self.assertEqual(last["id"], card.id)
        self.assertEqual(
            (last["score"], last["low"], last["high"]),
            (card.score, card.score_low, card.score_high),
        )
        self.assertEqual(last["template"], "Two")
        self.assertEqual(last["known_as"], "")
        self.assertEqual(
            [band["minimum"] for band in view["bands"]],
            self.env["supplier.grade"]._best_first().mapped("min_score"),
        )
        self.assertEqual(view["breaks"], [])

    def test_only_the_last_year_of_its_template_is_recent(self):
        other = self._create_template("Other", ["otd"])
        self._publish(template=other)
        recent = {
            point["template"]: point["is_recent"] for point in self._view()["history"]
        }
        self.assertEqual(sorted(recent.values()), [False, True])

    def test_nothing_published(self):
        nobody = self._create_supplier("Nobody")
        view = self._view(nobody)
        for name in ("history", "bands", "breaks"):
            self.assertEqual(view[name], [])

    def test_template_changed(self):
        line = self.template.line_ids[0]
        line.weight = 30
        line.point_ids[0].value = -1
        self.template.minimum_lines += 1
        late = self.env["supplier.kpi"].search([("code", "=", "days_late")])
        points = [Command.create(point) for point in self._points(False)]
        self.template.line_ids = [
            Command.create({"kpi_id": late.id, "weight": 5, "point_ids": points})
        ]
        april = self._april()
        [mark] = self._breaks("template")
        self.assertEqual(mark["date"], "2026-04-30")
        self.assertEqual(mark["id"], self._card(april, self.late_supplier).id)
        self.assertEqual(
            mark["text"],
            f"The template “Two” changed: new: {late.name}; other weights; "
            "other scales; other rules",
        )

    def test_template_lost_a_kpi(self):
        self.template.line_ids[1].unlink()
        self._april()
        [mark] = self._breaks("template")
        self.assertIn("no longer: ", mark["text"])

    def test_other_grades(self):
        best = self.env["supplier.grade"]._best_first()[0]
        best.min_score += 1
        self._april()
        [mark] = self._breaks("template")
        self.assertIn("other grades", mark["text"])

    def test_another_name_of_a_kpi_is_no_change(self):
        self.template.line_ids.kpi_id[0].name = "Punctuality"
        self._april()
        self.assertEqual(self._breaks("template"), [])

    def test_another_template(self):
        other = self._create_template("Other", ["otd"])
        self._april(template=other)
        [mark] = self._breaks("template")
        self.assertEqual(
            mark["text"],
            "First scorecard of the template “Other”; before: “Two”",
        )

    def test_revision(self):
        self.march.action_revise()
        revision = self.march._same_period() - self.march
        revision.cutoff = "2026-04-05 16:00:00"
        revision.action_compute()
        before = self._card(self.march, self.late_supplier).score
        revision.action_publish()
        view = self._view()
        self.assertEqual(len(view["history"]), 2)
        [mark] = [one for one in view["breaks"] if one["kind"] == "revision"]
        self.assertEqual(mark["id"], self._card(revision, self.late_supplier).id)
        self.assertRegex(mark["text"], r"^Revision 2, published on .*; before: ")
        self.assertTrue(mark["text"].endswith(f"{before:.1f}"))

    def test_score_that_somebody_decided(self):
        self._month("04", self.late_supplier, came="12")
        april = self._evaluate(
            date_from="2026-04-01", date_to="2026-04-30", cutoff="2026-05-04 16:00:00"
        )
        line = self._card(april, self.late_supplier).line_ids[0]
        self._as(line, "manager").write(
            {
                "is_overridden": True,
                "override_score": 80,
                "override_reason": "Our lorry broke down",
            }
        )
        second = self._create_user("overview_second", MANAGER)
        self._as(april, second).action_publish()
        [mark] = self._breaks("decided")
        self.assertEqual(mark["date"], "2026-04-30")
        self.assertEqual(
            mark["text"],
            f"{line.kpi_id.name}: 80.0 instead of 0.0, by "
            f"{self.people['manager'].name}: Our lorry broke down",
        )
        [point] = [
            one for one in self._view()["history"] if one["date"] == "2026-04-30"
        ]
        self.assertEqual(point["score"], line.scorecard_id.score)

    def test_renamed(self):
        former = self.late_supplier.name
        self.late_supplier.name = "Never Late"
        self._april()
        view = self._view()
        self.assertEqual(
            [point["known_as"] for point in view["history"]], [former, former, ""]
        )
        [mark] = [one for one in view["breaks"] if one["kind"] == "name"]
        self.assertEqual(mark["text"], f"Evaluated as “Never Late”; before: “{former}”")

    # ------------------------------------------------------------
    # Merged vendors
    # ------------------------------------------------------------

    def _merge(self, source, target):
        self.env.flush_all()
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (source | target).ids, target
        )
        self.env.invalidate_all()

    def test_merged_vendors_keep_both_histories(self):
        heir = self._create_supplier("Heir")
        april = self._april(partner=heir)
        before = {
            card.id: card.seal
            for card in (self.february | self.march | april).scorecard_ids
        }
        self._merge(self.late_supplier, heir)
        view = self._view(heir)
        self.assertEqual(
            [(point["date"], point["known_as"]) for point in view["history"]],
            [("2026-02-28", "Late"), ("2026-03-31", "Late"), ("2026-04-30", "")],
        )
        [mark] = [one for one in view["breaks"] if one["kind"] == "name"]
        self.assertEqual(mark["text"], "Evaluated as “Heir”; before: “Late”")
        runs = self.february | self.march | april
        self.assertEqual({card.id: card.seal for card in runs.scorecard_ids}, before)

    def test_revision_of_one_of_two_merged_vendors(self):
        """What was published before of the other one is not what it was before."""
        heir = self._create_supplier("Heir")
        self._month("03", heir, came="10")
        self.template.partner_domain = f"[('id', '!=', {self.late_supplier.id})]"
        revision = self.march.browse(self.march.action_revise()["res_id"])
        revision.cutoff = "2026-04-05 16:00:00"
        revision.action_compute()
        revision.action_publish()
        self.assertFalse(self._card(revision, self.late_supplier))
        self._merge(self.late_supplier, heir)
        [mark] = self._breaks("revision", partner=heir)
        self.assertEqual(mark["id"], self._card(revision, heir).id)
        self.assertNotIn("before", mark["text"])

    def test_two_scorecards_of_one_period(self):
        """Each former vendor had one, of another template: two points, with names."""
        heir = self._create_supplier("Heir")
        other = self._create_template("Other", ["otd"])
        other.partner_domain = f"[('id', '=', {heir.id})]"
        self._month("03", heir, came="10")
        run = self._publish(template=other)
        self.assertEqual(run.scorecard_ids.partner_id, heir)
        self._merge(self.late_supplier, heir)
        march = [
            point
            for point in self._view(heir)["history"]
            if point["date"] == "2026-03-31"
        ]
        self.assertEqual(
            {(point["template"], point["known_as"]) for point in march},
            {("Two", "Late"), ("Other", "")},
        )

    def test_evaluated_beside_each_other(self):
        """Two of one evaluation are never made one: a published scorecard stays."""
        with self.assertRefused("cannot be merged"):
            self._merge(self.late_supplier, self.supplier)

    # ------------------------------------------------------------
    # Who, and how much work
    # ------------------------------------------------------------

    def test_companies_apart(self):
        other = self._publish_elsewhere()
        manager = self.people["manager"]
        mine = self._view(self.supplier, "manager")["history"]
        self.assertEqual(len(mine), 2)
        theirs = (
            self.supplier.with_user(manager)
            .with_context(allowed_company_ids=other.ids)
            .retrieve_360()
        )
        self.assertEqual(len(theirs["history"]), 1)

    def test_statements_do_not_grow_with_periods(self):
        vendor = self._as(self.late_supplier, "buyer")

        def publish(month, last):
            self._month(month, self.late_supplier, came="10")
            self.template.line_ids[0].weight += 1
            run = self._evaluate(
                date_from=f"2026-{month}-01",
                date_to=f"2026-{month}-{last}",
                cutoff=f"2026-{month}-{last} 23:00:00",
            )
            line = self._card(run, self.late_supplier).line_ids[0]
            line.write(
                {"is_overridden": True, "override_score": 50, "override_reason": "So"}
            )
            run.action_publish()

        # What the last scorecard says of the one before takes a question, too.
        publish("04", 30)
        publish("05", 31)
        for _turn in range(2):
            few = self._statements_of(vendor.retrieve_360)
        publish("06", 30)
        publish("07", 31)
        self.assertGreater(len(self._view()["breaks"]), 6)
        self._statements_of(vendor.retrieve_360)
        self.assertEqual(self._statements_of(vendor.retrieve_360), few)
