from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .common import StageCommon


@tagged("post_install", "-at_install")
class TestStage(StageCommon):
    """Moving suppliers, and what is kept of it."""

    def test_delivered_stages(self):
        codes = self.env["supplier.stage"].search([]).mapped("code")
        self.assertEqual(
            codes,
            [
                "potential",
                "screening",
                "trial",
                "approved",
                "preferred",
                "phasing_out",
                "blocked",
            ],
        )

    def test_change_is_kept(self):
        self.assertFalse(self.supplier.supplier_stage_id)
        with freeze_time("2026-03-02 08:00:00"):
            self._as(self.supplier, "user")._set_supplier_stage(
                self.stages["potential"], "  Met at a fair "
            )
        self._move("screening", "2026-03-12")
        first, second = self._changes()
        self.assertFalse(first.stage_from_id)
        self.assertEqual(first.stage_to_id, self.stages["potential"])
        self.assertEqual(first.company_id, self.company)
        self.assertEqual(first.user_id, self.people["user"])
        self.assertEqual(first.reason, "Met at a fair")
        self.assertEqual(str(first.date), "2026-03-02 08:00:00")
        self.assertEqual(second.stage_from_id, self.stages["potential"])
        self.assertEqual(second.stage_to_id, self.stages["screening"])

    def test_chatter_of_the_vendor_tells_nobody(self):
        """Employees of every company read it; the register is for those of one."""
        before = self.supplier.message_ids
        self._as(self.supplier, "user")._set_supplier_stage(
            self.stages["potential"], "By <b>fair</b>"
        )
        self.assertEqual(self._changes().reason, "By <b>fair</b>")
        self.assertEqual(self.supplier.message_ids, before)

    def test_same_stage_changes_nothing(self):
        self._move("potential")
        self.assertFalse(self._move("potential"))
        self.assertEqual(len(self._changes()), 1)

    def test_contact_stands_for_its_company(self):
        contact = self._create_supplier(
            "Desk", parent_id=self.supplier.id, is_company=False
        )
        self._move("potential", partner=contact)
        self.assertEqual(self.supplier.supplier_stage_id, self.stages["potential"])
        self.assertFalse(contact.supplier_stage_id)
        self.assertEqual(self._changes().partner_id, self.supplier)

    def test_supplier_becomes_a_vendor(self):
        """Of vendors only it is known which documents they must have."""
        self.assertFalse(self.supplier.supplier_rank)
        self._move("potential")
        self.assertEqual(self.supplier.supplier_rank, 1)

    def test_archived_vendor(self):
        self._move("potential", "2026-03-01")
        self.supplier.active = False
        self._move("blocked", "2026-03-05", reason="Closed down")
        self.assertEqual(self.supplier.supplier_stage_id, self.stages["blocked"])
        with freeze_time("2026-03-08 12:00:00"):
            self.supplier.invalidate_recordset()
            self.assertEqual(self.supplier.supplier_stage_days, 3)

    def test_companies_are_independent(self):
        self._move("approved", "2026-03-01")
        self._move("blocked", "2026-03-11", company=self.elsewhere)
        here = self.supplier.with_company(self.company)
        there = self.supplier.with_company(self.elsewhere)
        self.assertEqual(here.supplier_stage_id, self.stages["approved"])
        self.assertEqual(there.supplier_stage_id, self.stages["blocked"])
        with freeze_time("2026-03-21 12:00:00"):
            self.assertEqual(here.supplier_stage_days, 20)
            self.assertEqual(there.supplier_stage_days, 10)
        changes = self._as(self.env["supplier.stage.change"], "user").search([])
        self.assertEqual(changes.stage_to_id, self.stages["approved"])

    def test_copy_has_no_stage(self):
        self._move("potential")
        copy = self.supplier.copy()
        self.assertFalse(copy.supplier_stage_id)
        self.assertFalse(self._changes(copy))

    def test_leave_the_lifecycle(self):
        self._move("potential")
        with self.assertRefused("Only managers"):
            self._as(self.supplier, "approver")._set_supplier_stage(
                self.stages["potential"].browse()
            )
        with self.assertRefused("leaving the lifecycle"):
            self._as(self.supplier, "manager").supplier_stage_id = False
        self._as(self.supplier, "manager")._set_supplier_stage(
            self.stages["potential"].browse(), "A duplicate"
        )
        self.assertFalse(self.supplier.supplier_stage_id)
        self.assertFalse(self._changes()[-1].stage_to_id)

    # ------------------------------------------------------------
    # Time
    # ------------------------------------------------------------

    def test_days_in_stage(self):
        self._move("screening", "2026-03-01 12:00:00")
        for now, days, late in (
            ("2026-03-02 11:59:59", 0, False),
            ("2026-03-02 12:00:00", 1, False),
            ("2026-04-30 12:00:00", 60, False),
            ("2026-05-01 12:00:00", 61, True),
        ):
            with self.subTest(now=now), freeze_time(now):
                self.supplier.invalidate_recordset()
                self.assertEqual(self.supplier.supplier_stage_days, days)
                self.assertEqual(self.supplier.supplier_stage_late, late)

    def test_search_days_in_stage(self):
        self._move("screening", "2026-03-01 12:00:00")
        self._move("trial", "2026-03-05 12:00:00")
        partners = self.env["res.partner"]
        with freeze_time("2026-03-15 12:00:00"):
            for operator, value, found in (
                (">", 9, True),
                (">", 10, False),
                (">=", 10, True),
                (">=", 11, False),
                ("<", 10, False),
                ("<", 11, True),
                ("<=", 10, True),
                ("<=", 9, False),
            ):
                with self.subTest(operator=operator, value=value):
                    domain = [
                        ("id", "=", self.supplier.id),
                        ("supplier_stage_days", operator, value),
                    ]
                    self.assertEqual(bool(partners.search(domain)), found)

    # ------------------------------------------------------------
    # Ways
    # ------------------------------------------------------------

    def test_drag(self):
        """Dragging a card writes the field, for users who may not write vendors."""
        buyer = self._as(self.supplier, "user")
        self.assertFalse(buyer.has_access("write"))
        buyer.web_save({"supplier_stage_id": self.stages["screening"].id}, {"id": {}})
        self.assertEqual(self.supplier.supplier_stage_id, self.stages["screening"])
        self.assertEqual(self._changes().user_id, self.people["user"])
        with self.assertRaises(AccessError):
            buyer.write(
                {"name": "Mine", "supplier_stage_id": self.stages["potential"].id}
            )
        self.assertEqual(self.supplier.name, "Golden Supplier")

    def test_create_with_stage(self):
        vals = {"name": "New", "supplier_stage_id": self.stages["potential"].id}
        plain, entered = self.env["res.partner"].create([{"name": "Plain"}, vals])
        self.assertFalse(plain.supplier_stage_id)
        self.assertEqual(entered.supplier_stage_id, self.stages["potential"])
        self.assertEqual(len(self._changes(entered)), 1)

    def test_create_in_a_column(self):
        """The column of the kanban comes as a default; its entry rules hold."""
        partners = self._as(self.env["res.partner"], "manager")
        column = partners.with_context(
            default_supplier_stage_id=self.stages["screening"].id
        )
        partner = column.create({"name": "Quick"})
        self.assertEqual(partner.supplier_stage_id, self.stages["screening"])
        self.assertEqual(len(self._changes(partner)), 1)
        with self.assertRefused("takes a reason"):
            partners.with_context(
                default_supplier_stage_id=self.stages["blocked"].id
            ).create({"name": "Too quick"})

    def test_columns(self):
        """All stages are columns, an archived one only while it is used."""
        self._move("screening")
        partners = self._as(self.env["res.partner"], "user")
        groups = partners.with_context(read_group_expand=True).web_read_group(
            [("id", "=", self.supplier.id)], ["supplier_stage_id"], ["__count"]
        )["groups"]
        self.assertEqual(
            [group["supplier_stage_id"][0] for group in groups],
            self.env["supplier.stage"].search([]).ids,
        )
        counted = [g["supplier_stage_id"][0] for g in groups if g["__count"]]
        self.assertEqual(counted, self.stages["screening"].ids)

    def test_wizard(self):
        other = self._create_supplier("Other")
        action = self._as(self.supplier | other, "user").action_change_supplier_stage()
        wizard = Form(
            self._as(self.env["supplier.stage.wizard"], "user").with_context(
                **action["context"]
            )
        )
        wizard.stage_id = self._as(self.stages["screening"], "user")
        wizard.reason = "Both asked"
        wizard = wizard.save()
        wizard.action_apply()
        changes = self._changes() | self._changes(other)
        self.assertEqual(changes.mapped("reason"), ["Both asked"] * 2)
        with self.assertRefused("Nothing would change"):
            wizard.action_apply()

    def test_enter_lifecycle(self):
        other = self._create_supplier("Other", supplier_rank=1)
        with self.assertRefused("None of these is a vendor"):
            self._as(self.supplier, "user").action_enter_supplier_lifecycle()
        both = self._as(self.supplier | other, "user")
        action = both.action_enter_supplier_lifecycle()
        self.assertEqual(action["context"]["default_partner_ids"], other.ids)
        self.assertEqual(
            action["context"]["default_stage_id"], self.stages["potential"].id
        )

    # ------------------------------------------------------------
    # Settings
    # ------------------------------------------------------------

    def test_order_limit(self):
        trial = self.stages["trial"]
        trial.with_company(self.company).purchase_limit = 1000
        contact = self._create_supplier(
            "Desk", parent_id=self.supplier.id, is_company=False
        )
        self.assertIsNone(self.supplier._supplier_order_limit(self.company))
        self._move("trial")
        self._move("trial", company=self.elsewhere)
        self.assertEqual(self.supplier._supplier_order_limit(self.company), 1000)
        self.assertEqual(contact._supplier_order_limit(self.company), 1000)
        self.assertIsNone(self.supplier._supplier_order_limit(self.elsewhere))
        with self.assertRefused("Trial cannot be negative", ValidationError):
            trial.with_company(self.company).purchase_limit = -1

    def test_stage_in_use(self):
        self._move("trial", company=self.elsewhere)
        with self.assertRefused("Suppliers are in the stage Trial"):
            self.stages["trial"].active = False
        with self.assertRefused("Suppliers are in the stage Trial"):
            self.stages["trial"].unlink()
        self._move("potential", company=self.elsewhere)
        for context in ({}, {"_force_unlink": True}):
            with self.assertRefused("have been in the stage Trial"):
                self.stages["trial"].with_context(**context).unlink()
        self.stages["trial"].active = False
        self.stages["screening"].unlink()

    def test_merge_keeps_the_stage_and_explains_it(self):
        other = self._create_supplier("Other")
        self._move("approved", "2026-03-01")
        self._move("potential", "2026-03-05", partner=other)
        wizard = self.env["base.partner.merge.automatic.wizard"].create(
            {
                "partner_ids": [Command.set((self.supplier | other).ids)],
                "dst_partner_id": self.supplier.id,
            }
        )
        wizard.action_merge()
        self.assertEqual(self.supplier.supplier_stage_id, self.stages["approved"])
        changes = self._changes()
        self.assertEqual(len(changes), 3)
        self.assertEqual(changes[-1].stage_to_id, self.stages["approved"])
        self.assertIn("merged", changes[-1].reason)

    def test_merge_keeps_a_block_of_each_company(self):
        """Merging a blocked vendor into an approved one takes it out of nothing."""
        self.env.user.company_ids |= self.elsewhere
        other = self._create_supplier("Other")
        for company in (self.company, self.elsewhere):
            self._move("approved", "2026-03-05", company=company)
        self._move("blocked", "2026-03-01", partner=other)
        wizard = self.env["base.partner.merge.automatic.wizard"].create(
            {
                "partner_ids": [Command.set((self.supplier | other).ids)],
                "dst_partner_id": self.supplier.id,
            }
        )
        wizard.with_company(self.elsewhere).action_merge()
        vendor = self.supplier.with_company(self.company)
        self.assertEqual(vendor.supplier_stage_id, self.stages["blocked"])
        self.assertEqual(
            vendor.with_company(self.elsewhere).supplier_stage_id,
            self.stages["approved"],
        )
        last = self._changes()[-1]
        self.assertEqual(last.company_id, self.company)
        self.assertEqual(last.stage_from_id, self.stages["approved"])
        self.assertEqual(last.stage_to_id, self.stages["blocked"])
        self.assertIn("merged", last.reason)


@tagged("post_install", "-at_install")
class TestStageBatch(StageCommon):
    """The initial setting of many vendors."""

    def _statements(self, count):
        vendors = self.env["res.partner"].create(
            [{"name": f"V{index}", "is_company": True} for index in range(count)]
        )
        stage = self.stages["approved"]
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        vendors._set_supplier_stage(stage, "Worked with for years")
        self.env.flush_all()
        statements = self.cr.sql_log_count - before
        self.assertEqual(vendors.supplier_stage_id, stage)
        self.assertEqual(set(vendors.mapped("supplier_rank")), {1})
        return statements

    def test_statements(self):
        """Constant, with all entry rules."""
        self.stages["approved"].write(
            {"needs_certification": False, "needs_documents": True}
        )
        self._statements(2)
        self.assertEqual(self._statements(5), self._statements(50))

    def test_time_in_stage_is_one_statement(self):
        vendors = self.env["res.partner"].create(
            [{"name": f"V{index}"} for index in range(50)]
        )
        vendors._set_supplier_stage(self.stages["potential"])
        self.env.flush_all()
        counts = []
        for some in (vendors[:1], vendors[:5], vendors):
            self.env.invalidate_all()
            some.mapped("supplier_stage_id.days_target")
            before = self.cr.sql_log_count
            some.mapped("supplier_stage_days")
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[1:], [1, 1])
