from odoo.tests import tagged

from ..common import SupplierEvaluationCommon

#: By these a vendor has one record at most, and somebody thought of what becomes of two
#: when vendors are merged: Odoo deletes all of the vendor that goes where one collides.
#: What is computed anew may go.
THOUGHT_OF = {
    "supplier_allocation_line",
    "supplier_customer_review",
    "supplier_demand",
    "supplier_duplicate",
    "supplier_history_bill",
    "supplier_history_line",
    "supplier_incentive",
    "supplier_inspection",
    "supplier_review",
    "supplier_risk_check",
    "supplier_scorecard",
    "supplier_tier_figure",
    "supplier_tier_proposal",
}


@tagged("post_install", "-at_install")
class TestVendorsBecomeOne(SupplierEvaluationCommon):
    """Merged vendors keep their records, also where both have one of the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.twin = cls._create_supplier("Twin")

    def _merge(self):
        """The supplier is merged into its twin."""
        self.env.flush_all()
        merging = self.env["base.partner.merge.automatic.wizard"]
        merging._merge((self.supplier | self.twin).ids, self.twin)
        self.env.invalidate_all()

    def _create(self, model, partner, **vals):
        records = self.env[model].sudo()._unguarded()
        return records.create(
            {"company_id": self.company.id, "partner_id": partner.id, **vals}
        )

    def _line(self, partner, order, **vals):
        return self._create(
            "supplier.history.line",
            partner,
            order_ref=order,
            line_ref="10",
            quantity_ordered=100,
            date_promised="2026-03-10",
            **vals,
        )

    def test_every_key_of_a_vendor_is_thought_of(self):
        self.env.cr.execute(
            """
            SELECT DISTINCT own.relname
              FROM pg_index i
              JOIN pg_class own ON own.oid = i.indrelid
              JOIN pg_constraint c ON c.conrelid = own.oid AND c.contype = 'f'
              JOIN pg_class vendor ON vendor.oid = c.confrelid
             WHERE i.indisunique
               AND NOT i.indisprimary
               AND own.relname LIKE 'supplier\\_%%'
               AND vendor.relname = 'res_partner'
               AND c.conkey[1] = ANY (i.indkey::int2[])
            """
        )
        tables = {table for (table,) in self.env.cr.fetchall()}
        models = {model._table: model for model in self.env.values()}
        own = {
            table for table in tables if models[table]._module == "supplier_evaluation"
        }
        self.assertEqual(own, THOUGHT_OF)

    def test_history(self):
        """What both say is kept once, and all the rest as well."""
        for number in range(3):
            self._line(self.supplier, f"P{number}")
        self._line(self.twin, "P1")
        self._merge()
        lines = self.env["supplier.history.line"].search(
            [("company_id", "=", self.company.id)], order="order_ref"
        )
        self.assertEqual(lines.mapped("order_ref"), ["P0", "P1", "P2"])
        self.assertEqual(lines.partner_id, self.twin)

    def test_history_that_differs(self):
        receipt = {"date": "2026-03-09", "quantity": 40}
        line = self._line(self.supplier, "P1")
        self._line(self.twin, "P1").write({"receipt_ids": [(0, 0, receipt)]})
        with self.assertRefused("cannot be merged.*P1"):
            self._merge()
        line.write({"receipt_ids": [(0, 0, receipt)]})
        self._merge()
        lines = self.twin.env["supplier.history.line"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(lines.receipt_ids.mapped("quantity"), [40])

    def test_looks_at_registers(self):
        look = {"source": "Court", "date": "2026-03-10"}
        both = self._create("supplier.risk.check", self.twin, has_legal=True, **look)
        file = self.env["ir.attachment"].create({"name": "a.txt", "raw": b"Nothing"})
        other = self._create(
            "supplier.risk.check",
            self.supplier,
            has_environment=True,
            note="Nothing found",
            **look,
        )
        other.attachment_ids = file
        file.write({"res_model": other._name, "res_id": other.id})
        early = {**look, "date": "2026-02-10", "has_legal": True}
        early = self._create("supplier.risk.check", self.supplier, **early)
        self._merge()
        self.assertEqual(early.exists().partner_id, self.twin)
        self.assertTrue(both.has_legal and both.has_environment)
        self.assertEqual(both.note, "Nothing found")
        self.assertEqual(both.attachment_ids.exists(), file)
        self.assertFalse(other.exists())

    def test_demand(self):
        """Whether it is one need or two, nobody but a person knows."""
        need = {"product_id": self.product.id, "quantity": 100}
        for month in ("2036-05-01", "2036-06-01"):
            self._create("supplier.demand", self.supplier, month=month, **need)
        twin = self._create("supplier.demand", self.twin, month="2036-05-01", **need)
        with self.assertRefused("cannot be merged.*Bolt May 2036"):
            self._merge()
        twin.unlink()
        self._merge()
        demands = self.env["supplier.demand"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(demands.partner_id, self.twin)
        self.assertEqual(demands.mapped("quantity"), [100, 100])

    def test_shares_of_a_product(self):
        allocation = self.env["supplier.allocation"].create(
            {"product_id": self.product.id, "company_id": self.company.id}
        )
        lines = self.env["supplier.allocation.line"].sudo()._unguarded()
        for partner in self.supplier | self.twin:
            lines.create({"allocation_id": allocation.id, "partner_id": partner.id})
        with self.assertRefused("cannot be merged.*Bolt"):
            self._merge()
        self.assertEqual(len(allocation.line_ids), 2)
        allocation.unlink()
        self._merge()

    def test_inspections_of_another_system(self):
        lot = {
            "name": "L1",
            "date": "2026-03-01",
            "quantity_inspected": 5,
            "quantity_rejected": 0,
            "result": "accepted",
            "state": "done",
            "source": "QM",
        }
        for partner in self.supplier | self.twin:
            self._create("supplier.inspection", partner, **lot)
        with self.assertRefused("cannot be merged.*L1"):
            self._merge()
