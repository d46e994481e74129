from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from ..common import BUYER, MANAGER, SupplierEvaluationCommon

# Who buys, and edits contacts.
CONTACTS = f"{BUYER},base.group_partner_manager"


@tagged("post_install", "-at_install")
class TestTierChange(SupplierEvaluationCommon):
    """Who moved a vendor to another tier, in which company, stays to be read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls._create_company("Elsewhere", "UTC", "EUR")
        cls.people = cls._create_people("tier", {"user": CONTACTS, "manager": MANAGER})
        cls.partner_tier, cls.strategic = (
            cls.env.ref(f"supplier_evaluation.supplier_tier_{name}")
            for name in ("partner", "strategic")
        )

    def _rows(self, partners=None, user=None):
        """Return the rows of the supplier, or of others, as a user finds them."""
        rows = self.env["supplier.tier.change"]
        return (self._as(rows, user) if user else rows).search(
            [("partner_id", "in", (partners or self.supplier).ids)], order="id"
        )

    def _changes(self, partner=None):
        return [(one.tier_from_id, one.tier_to_id) for one in self._rows(partner)]

    def test_each_change_has_a_row(self):
        none = self.env["supplier.tier"]
        vendor = self._as(self.supplier, "user")
        for tier in (self.partner_tier, self.partner_tier, self.strategic, none):
            vendor.supplier_tier_id = tier
        self.assertEqual(
            self._changes(),
            [
                (none, self.partner_tier),
                (self.partner_tier, self.strategic),
                (self.strategic, none),
            ],
        )
        rows = self._rows()
        self.assertEqual(rows.user_id, self.people["user"])
        self.assertEqual(rows.company_id, self.company)

    def test_chatter_of_the_vendor_tells_nobody(self):
        """Employees of every company read it."""
        before = self.supplier.message_ids
        vendor = self._as(self.supplier, "user")
        for tier in (self.partner_tier, self.env["supplier.tier"]):
            vendor.supplier_tier_id = tier
        self.assertEqual(len(self._changes()), 2)
        self.assertEqual(self.supplier.message_ids, before)

    def test_companies_have_changes_of_their_own(self):
        self.supplier.with_company(self.elsewhere).supplier_tier_id = self.strategic
        [row] = self._rows()
        self.assertEqual(row.company_id, self.elsewhere)
        self.assertFalse(self._rows(user="manager"))
        self.supplier.supplier_tier_id = self.strategic
        self.assertEqual(self._rows(user="manager").company_id, self.company)

    def test_new_vendors(self):
        """Created with a tier, by a default, or by an import."""
        vals = {"name": "New", "supplier_tier_id": self.partner_tier.id}
        partners = self.env["res.partner"]
        default = partners.with_context(default_supplier_tier_id=self.strategic.id)
        loaded = partners.load(
            ["name", "supplier_tier_id"], [["Loaded", self.strategic.name]]
        )
        for vendor, tier in (
            (partners.create(vals), self.partner_tier),
            (default.create({"name": "Newer"}), self.strategic),
            (partners.browse(loaded["ids"]), self.strategic),
        ):
            with self.subTest(vendor=vendor.name):
                self.assertEqual(
                    self._changes(vendor), [(self.env["supplier.tier"], tier)]
                )
        without = partners.create({"name": "Without", "supplier_tier_id": False})
        self.assertFalse(self._rows(without))

    def test_merged_vendor_takes_a_tier(self):
        other = self._create_supplier("Other", supplier_tier_id=self.strategic.id)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.supplier | other).ids, self.supplier)
        self.assertEqual(self.supplier.supplier_tier_id, self.strategic)
        # That of the other vendor, which has moved here.
        self.assertEqual(self._changes(), [(self.env["supplier.tier"], self.strategic)])

    def test_merged_vendor_keeps_its_tier(self):
        """Its history ends in the tier that it has, in each company."""
        self.supplier.supplier_tier_id = self.partner_tier
        other = self._create_supplier("Other", supplier_tier_id=self.strategic.id)
        other.with_company(self.elsewhere).supplier_tier_id = self.strategic
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.supplier | other).ids, self.supplier)
        self.assertEqual(self.supplier.supplier_tier_id, self.partner_tier)
        last = self._rows()[-1]
        self.assertEqual(last.company_id, self.company)
        self.assertEqual(last.tier_from_id, self.strategic)
        self.assertEqual(last.tier_to_id, self.partner_tier)
        self.assertIn("merged", last.reason)
        elsewhere = self.supplier.with_company(self.elsewhere)
        self.assertEqual(elsewhere.supplier_tier_id, self.strategic)

    def test_nobody_edits_the_register(self):
        self.supplier.supplier_tier_id = self.strategic
        row = self._rows()
        for records in (row, self._as(row, "manager")):
            for change in (
                lambda rows: rows.write({"tier_to_id": self.partner_tier.id}),
                lambda rows: rows.unlink(),
                lambda rows: rows.create({"partner_id": self.supplier.id}),
            ):
                with self.assertRaises(AccessError):
                    change(records)

    def test_tier_in_use_is_archived_not_deleted(self):
        """Deleting it would move vendors without a word."""
        tier = self.env["supplier.tier"].create({"name": "Local"})
        self.supplier.supplier_tier_id = tier
        for context in ({}, {"_force_unlink": True}):
            with self.assertRefused("Archive the tier"):
                tier.with_context(**context).unlink()
        tier.active = False
        self.assertEqual(self.supplier.supplier_tier_id, tier)

    def test_tier_of_before_is_archived_not_deleted(self):
        """A vendor that was in it before anything was noted has left it since."""
        tier = self.env["supplier.tier"].create({"name": "Local"})
        self.supplier.supplier_tier_id = tier
        self.supplier.supplier_tier_id = self.strategic
        changes = self.env["supplier.tier.change"].search(
            [("tier_to_id", "=", tier.id)]
        )
        self.env.cr.execute(
            SQL("DELETE FROM supplier_tier_change WHERE id IN %s", changes._ids)
        )
        self.env.invalidate_all()
        with self.assertRefused("in the tier Local"):
            tier.unlink()

    def test_statements_do_not_grow_with_vendors(self):
        def statements(count):
            vendors = self.env["res.partner"].create(
                [{"name": f"Vendor {count} {index}"} for index in range(count)]
            )
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            vendors.write({"supplier_tier_id": self.strategic.id})
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        statements(1)
        self.assertEqual(statements(3), statements(30))

    def test_many_at_once(self):
        vendors = self.env["res.partner"].create([{"name": "One"}, {"name": "Two"}])
        vendors.write(
            {"supplier_tier_id": self.strategic.id, "category_id": [Command.clear()]}
        )
        for vendor in vendors:
            self.assertEqual(
                self._changes(vendor), [(self.env["supplier.tier"], self.strategic)]
            )
