from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import StageCommon


@tagged("post_install", "-at_install")
class TestStageRules(StageCommon):
    """What lets a supplier into a stage, and who."""

    def _assert_refused(self, code, text, name="manager", error=UserError):
        """Neither the method nor a drag lets the supplier in."""
        stage = self.stages[code]
        before = self.supplier.supplier_stage_id
        with self.assertRefused(text, error):
            self._as(self.supplier, name)._set_supplier_stage(
                self._as(stage, name), "Why not"
            )
        with self.assertRefused(text, error):
            self._as(self.supplier, name).write({"supplier_stage_id": stage.id})
        self.supplier.invalidate_recordset()
        self.assertEqual(self.supplier.supplier_stage_id, before)

    # ------------------------------------------------------------
    # Who
    # ------------------------------------------------------------

    def test_who_may_move_in(self):
        allowed = {
            "potential": ("user", "approver", "manager"),
            "approved": ("approver", "manager"),
            "blocked": ("approver", "manager"),
            "preferred": ("manager",),
        }
        self.stages["preferred"].write(
            {"needs_certification": False, "min_grade_id": False}
        )
        for code, names in allowed.items():
            for name in ("user", "approver", "manager"):
                with self.subTest(stage=code, user=name):
                    vendor = self._create_supplier(f"{code} {name}")
                    moved = self._as(vendor, name)
                    stage = self._as(self.stages[code], name)
                    if name in names:
                        moved._set_supplier_stage(stage, "Why not")
                        self.assertEqual(vendor.supplier_stage_id, stage)
                        continue
                    with self.assertRefused("may move suppliers into", AccessError):
                        moved._set_supplier_stage(stage, "Why not")

    def test_who_may_take_out(self):
        """Whoever may not block a supplier may not unblock it either."""
        self._move("blocked")
        self._assert_refused(
            "potential", "Only approvers may take suppliers out", "user", AccessError
        )
        self._as(self.supplier, "approver")._set_supplier_stage(
            self.stages["potential"], "Cleared"
        )
        self.assertEqual(self.supplier.supplier_stage_id, self.stages["potential"])

    def test_off_the_path_from_everywhere(self):
        for index, code in enumerate(("potential", "trial", "approved")):
            vendor = self._create_supplier(f"Vendor {index}")
            self._move(code, partner=vendor)
            self._as(vendor, "approver")._set_supplier_stage(
                self.stages["phasing_out"], "Too dear"
            )
            self.assertEqual(vendor.supplier_stage_id, self.stages["phasing_out"])

    def test_outsiders(self):
        self._move("potential")
        self.people["portal"].partner_id.parent_id = self.supplier
        for name in ("portal", "clerk"):
            with self.subTest(user=name):
                with self.assertRaises(AccessError):
                    self._as(self.supplier, name).write(
                        {"supplier_stage_id": self.stages["trial"].id}
                    )
                with self.assertRaises(AccessError):
                    self._as(self.supplier, name).read(["supplier_stage_id"])
        self.assertEqual(self.supplier.supplier_stage_id, self.stages["potential"])

    def test_other_company(self):
        """A stranger moves the supplier in the own company only."""
        self._move("trial")
        self._as(self.supplier, "stranger").supplier_stage_id = self.stages["potential"]
        self.assertEqual(self.supplier.supplier_stage_id, self.stages["trial"])
        self.supplier.company_id = self.company
        with self.assertRaises(AccessError):
            self._as(self.supplier, "stranger").write(
                {"supplier_stage_id": self.stages["trial"].id}
            )

    def test_changes_are_never_edited(self):
        self._move("potential")
        change = self._as(self._changes(), "manager")
        with self.assertRaises(AccessError):
            change.reason = "Another"
        with self.assertRaises(AccessError):
            change.unlink()

    def test_changes_go_with_their_supplier(self):
        vendor = self.supplier.create({"name": "Never bought from"})
        self._move("potential", partner=vendor)
        change = self._changes(vendor)
        self.assertTrue(change)
        vendor.unlink()
        self.assertFalse(change.exists())

    # ------------------------------------------------------------
    # What
    # ------------------------------------------------------------

    def test_reason(self):
        with self.assertRefused("Blocked takes a reason"):
            self._as(self.supplier, "manager").supplier_stage_id = self.stages[
                "blocked"
            ]
        with self.assertRefused("Blocked takes a reason"):
            self._as(self.supplier, "manager")._set_supplier_stage(
                self.stages["blocked"], "   "
            )
        self.assertFalse(self._changes())

    def test_certification(self):
        self.stages["approved"].needs_certification = True
        self._assert_refused("approved", "no certification is in force")

    def test_documents(self):
        document_type = self.env["supplier.document.type"].create(
            {"name": "Stage licence", "code": "stage_licence", "is_required": True}
        )
        missing = "Golden Supplier: Stage licence is not valid"
        self._assert_refused("trial", rf"{missing} \(missing\)")
        documents = self.env["supplier.document"]
        vals = {"partner_id": self.supplier.id, "type_id": document_type.id}
        days = timedelta(days=3), timedelta(days=30)
        past, coming = fields.Date.today() - days[0], fields.Date.today() + days[1]
        expired = documents.create({**vals, "date_to": past})
        self._assert_refused("trial", rf"{missing} \(not verified\)")
        expired.action_verify()
        self._assert_refused("trial", rf"{missing} \(expired\)")
        documents.create({**vals, "date_to": coming}).action_verify()
        self._as(self.supplier, "user").supplier_stage_id = self.stages["trial"]
        self.assertEqual(self.supplier.supplier_stage_id, self.stages["trial"])

    def test_grade(self):
        best = self.env.ref("supplier_evaluation.supplier_grade_a")
        stage = self.stages["trial"]
        stage.min_grade_id = best
        self._assert_refused("trial", "no published scorecard has one")
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-10")
        evaluation = self._evaluate(self._create_template("One", ["otd"]))
        card = evaluation.scorecard_ids
        self.assertTrue(card.provisional)
        evaluation.action_publish()
        self._assert_refused("trial", "not provisional")

    def test_grade_too_low(self):
        best = self.env.ref("supplier_evaluation.supplier_grade_a")
        for _index in range(5):
            line = self._order(10, 5, "2026-03-10")
            self._receive(line, "2026-03-13")
        template = self._create_template("Two", ["otd", "fill_rate"])
        evaluation = self._evaluate(template)
        evaluation.action_publish()
        grade = evaluation.scorecard_ids.grade_id
        self.assertFalse(evaluation.scorecard_ids.provisional)
        self.assertNotEqual(grade, best)
        self.stages["trial"].min_grade_id = best
        self._assert_refused(
            "trial", f"at least A is needed, the last one is {grade.name}"
        )
        self.stages["trial"].min_grade_id = grade
        self._move("trial")
        self.assertEqual(self.supplier.supplier_stage_id, self.stages["trial"])

    def test_all_or_none(self):
        """One that is not ready stops the whole move, and is named."""
        self.stages["approved"].needs_certification = True
        vendors = self.supplier | self._create_supplier("Other")
        self._move("potential", partner=vendors)
        with self.assertRefused("(?s)Golden Supplier.*Other"):
            self._as(vendors, "manager")._set_supplier_stage(
                self.stages["approved"], "Both"
            )
        self.assertEqual(vendors.supplier_stage_id, self.stages["potential"])

    def test_without_rules_at_the_beginning(self):
        self.stages["approved"].needs_certification = True
        stage = self.stages["approved"]
        with self.assertRefused("Only managers"):
            self._as(self.supplier, "approver")._set_supplier_stage(
                stage, "Old friends", initial=True
            )
        self._as(self.supplier, "manager")._set_supplier_stage(
            stage, "Old friends", initial=True
        )
        self.assertEqual(self.supplier.supplier_stage_id, stage)
        self._move("potential")
        with self.assertRefused("has been in a stage before"):
            self._as(self.supplier, "manager")._set_supplier_stage(
                stage, "Again", initial=True
            )

    def test_wizard_tells_what_is_missing(self):
        self.stages["approved"].needs_certification = True
        wizard = self._as(self.env["supplier.stage.wizard"], "manager").create(
            {
                "partner_ids": self.supplier.ids,
                "stage_id": self.stages["approved"].id,
                "reason": "All good",
            }
        )
        self.assertEqual(
            wizard.missing, "Golden Supplier: no certification is in force"
        )
        with self.assertRefused("no certification is in force"):
            wizard.action_apply()
        wizard.stage_id = self.stages["potential"]
        self.assertFalse(wizard.missing)
