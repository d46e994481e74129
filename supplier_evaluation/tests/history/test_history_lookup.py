from datetime import date

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import HistoryCommon

USER = "supplier_evaluation.group_supplier_evaluation_user"
MANAGER = "supplier_evaluation.group_supplier_evaluation_manager"


@tagged("post_install", "-at_install")
class TestHistoryLookup(HistoryCommon):
    def _supplier_of(self, **vals):
        report = self._import([self._row(**vals)])
        self.assertFalse(report.rejected)
        return self.Line.browse(report.line_ids).partner_id

    # ------------------------------------------------------------
    # Suppliers
    # ------------------------------------------------------------

    def test_supplier_by_reference_vat_name(self):
        self.env.cr.execute(
            "UPDATE res_partner SET vat = 'BE0477472701' WHERE id = %s", [self.steel.id]
        )
        self.env.invalidate_all()
        by_vat = {"VAT": "be 0477.472.701", "Vendor": "Bolt & Nut B.V."}
        self.assertEqual(self._supplier_of(**by_vat), self.steel)
        by_ref = {**by_vat, "Vendor Code": " v-1 ", "Vendor": "", "PO": "P2"}
        self.assertEqual(self._supplier_of(**by_ref), self.supplier)
        by_name = {"VAT": "none", "Vendor Code": "unknown", "PO": "P3"}
        self.assertEqual(
            self._supplier_of(**by_name, Vendor="BOLT & NUT  BV"), self.supplier
        )

    def test_one_column_for_reference_or_name(self):
        columns = {**self.mapping.columns, "supplier": "Vendor"}
        del columns["supplier_name"]
        self.mapping.columns = columns
        self.assertEqual(self._supplier_of(Vendor="V-1"), self.supplier)
        self.assertEqual(self._supplier_of(Vendor="steel ltd."), self.steel)

    def test_ambiguous_supplier(self):
        double = self.supplier.copy({"name": "BOLT & NUT BV", "ref": "V-2"})
        report = self._assert_rejected(
            [self._row()],
            "may be several suppliers",
            f"Bolt & Nut B.V. (reference V-1, id {self.supplier.id})",
            f"BOLT & NUT BV (reference V-2, id {double.id})",
        )
        self._assert_counts(report, rejected=1)
        self.assertEqual(self._supplier_of(**{"Vendor Code": "V-2"}), double)
        double.ref = "V-1"
        self._assert_rejected(
            [self._row(**{"Vendor Code": "V-1"})], "may be several suppliers"
        )
        # Who was archived is not meant while somebody else is active.
        double.action_archive()
        self.assertEqual(self._supplier_of(PO="P2"), self.supplier)
        self.supplier.action_archive()
        self._assert_rejected([self._row(PO="P3")], "V-1", "archived")
        double.write({"name": "Other", "ref": False})
        self.assertEqual(self._supplier_of(PO="P3"), self.supplier)

    def test_similar_name_is_no_match(self):
        self._assert_rejected([self._row(Vendor="Bolt & Nut")], "No supplier")
        self._assert_rejected([self._row(Vendor="Bolt & Nut Ltd")], "No supplier")

    def test_contacts_are_no_suppliers(self):
        self.env["res.partner"].create(
            {"name": "Ann", "ref": "A-1", "parent_id": self.supplier.id}
        )
        self._assert_rejected([self._row(Vendor="Ann")], "No supplier")

    def test_numbers_of_suppliers_are_compared_as_they_are_read(self):
        """Here or in the file, a number may have passed through decimals."""
        row = {"Vendor": ""}
        for number, (known, read) in enumerate(
            (("1001.0", "1001"), ("1002", "1002.0"), ("V\uff13", "v3"))
        ):
            with self.subTest(known=known):
                self.supplier.ref = known
                row.update({"Vendor Code": read, "PO": f"N{number}"})
                self._assert_counts(self._import([self._row(**row)]), created=1)

    def test_suppliers_of_other_companies_are_not_seen(self):
        self.supplier.company_id = self.other_company
        self._assert_rejected([self._row()], "No supplier")
        self.mapping.create_suppliers = True
        own = self._supplier_of()
        self.assertNotEqual(own, self.supplier)
        self.assertEqual(own.name, "Bolt & Nut B.V.")

    def test_lines_of_other_companies_are_not_touched(self):
        theirs = self._line(company_id=self.other_company.id)
        self._assert_counts(self._import([self._row()]), created=1)
        self.assertFalse(theirs.source)
        self.assertFalse(theirs.receipt_ids)

    def test_missing_suppliers_are_created_once(self):
        self.mapping.create_suppliers = True
        rows = [
            self._row(PO="P1", Vendor="New  Co., Ltd"),
            self._row(PO="P2", Vendor="NEW CO LTD"),
            self._row(PO="P3", Vendor="Third", **{"Vendor Code": "T-3"}),
            self._row(PO="P4", Vendor="Unused", Qty="dirt"),
        ]
        report = self._import(rows)
        self._assert_counts(report, created=3, rejected=1)
        self.assertEqual(report.suppliers_created, ["New Co., Ltd", "Third"])
        suppliers = self.Line.browse(report.line_ids).partner_id
        self.assertEqual(suppliers.mapped("ref"), [False, "T-3"])
        self.assertTrue(all(suppliers.mapped("is_company")))
        self._assert_counts(self._import(rows), unchanged=3, rejected=1)
        self._assert_rejected([self._row(Vendor=" - ")], "missing")

    def test_new_name_with_two_references_is_not_guessed(self):
        self.mapping.create_suppliers = True
        rows = [
            self._row(PO=ref, Vendor="New Co", **{"Vendor Code": ref})
            for ref in ("N-1", "N-2")
        ]
        report = self._assert_rejected(rows, "n-1, n-2")
        self._assert_counts(report, rejected=2)

    # ------------------------------------------------------------
    # Products, units, currencies
    # ------------------------------------------------------------

    def test_products(self):
        # By names that are not in Odoo's demo data.
        bolt, nut, washer, _nut = self.env["product.product"].create(
            [
                {
                    "name": "Known bolt",
                    "default_code": "B-1",
                    "barcode": "4006381333931",
                },
                {"name": "Known nut", "default_code": "N-1"},
                {"name": "Known washer", "company_id": self.other_company.id},
                {"name": "Known nut"},
            ]
        )
        names = ("B-1", "4006381333931", bolt.name, "N-1", nut.name, washer.name)
        names += ("Unknown rivet",)
        rows = [self._row(Line=name, SKU=name) for name in names]
        lines = self.Line.browse(self._import(rows).line_ids)
        none = self.env["product.product"]
        self.assertEqual(
            [line.product_id for line in lines],
            [bolt, bolt, bolt, nut, none, none, none],
        )
        self.assertEqual(lines.mapped("product_name"), list(names))
        self.assertEqual(lines[0].categ_id, bolt.categ_id)

    def test_category(self):
        category = self.env["product.category"].create({"name": "Fasteners"})
        self.mapping.columns = {**self.mapping.columns, "category": "GRN"}
        rows = [self._row(PO="A", GRN="fasteners"), self._row(PO="B", GRN="Glue")]
        lines = self.Line.browse(self._import(rows).line_ids)
        self.assertEqual(lines.mapped("category_name"), ["fasteners", "Glue"])
        self.assertEqual([line.categ_id.id for line in lines], [category.id, False])
        self._assert_counts(self._import(rows), unchanged=2)

    def test_units(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        kilogram = self.env.ref("uom.product_uom_kgm")
        self.mapping.uom_id = kilogram
        rows = [
            self._row(Line="1", UoM="Dozens"),
            self._row(Line="2", UoM=" DOZ"),
            self._row(Line="3", UoM=""),
        ]
        lines = self.Line.browse(self._import(rows).line_ids)
        self.assertEqual([line.uom_id for line in lines], [dozen, dozen, kilogram])
        dozen.copy({"name": "dozens"})
        self._assert_rejected([self._row(UoM="Dozens")], "several units")

    def test_currencies(self):
        self.env["res.currency.rate"].search([]).unlink()
        self._assert_rejected([self._row(Currency="EUR")], "no exchange rate for EUR")
        self.eur.rate_ids = [Command.create({"name": date(2026, 1, 1), "rate": 0.5})]
        rows = [
            self._row(Line="1", Currency="eur"),
            self._row(Line="2", Currency="€"),
            self._row(Line="3"),
        ]
        lines = self.Line.browse(self._import(rows).line_ids)
        self.assertEqual(lines.mapped("value"), [500, 500, 250])
        self.mapping.currency_id = self.eur
        self._assert_counts(self._import(rows), unchanged=2, updated=1)

    # ------------------------------------------------------------
    # Queries and rights
    # ------------------------------------------------------------

    def _queries(self, count, order, dry_run):
        rows = [
            self._row(
                PO=order,
                Line=str(number),
                Vendor="Steel Ltd" if number % 2 else "Bolt & Nut B.V.",
                SKU=f"S{number}",
                Ordered=f"2026-01-{number % 28 + 1:02}",
                Currency="EUR",
            )
            for number in range(count)
        ]
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        report = self._import(rows, dry_run=dry_run)
        self.env.flush_all()
        self._assert_counts(report, created=count)
        return self.env.cr.sql_log_count - before

    def test_queries_do_not_grow_with_the_file(self):
        self.eur.rate_ids = [
            Command.create({"name": date(2026, 1, day), "rate": day / 9})
            for day in range(1, 9)
        ]
        self._queries(10, "warm", dry_run=False)
        self.assertEqual(
            self._queries(10, "A", dry_run=True), self._queries(200, "B", dry_run=True)
        )
        few, many = (
            self._queries(count, order, dry_run=False)
            for count, order in ((10, "C"), (200, "D"))
        )
        # Odoo inserts and updates 100 records per query.
        self.assertLessEqual(many - few, 5)

    def _user_env(self, login, groups):
        user = self._create_user(login, groups)
        return self.env(user=user)

    def test_rights(self):
        line = self._line()
        manager = self._user_env("history_manager", MANAGER)
        self._assert_counts(self._import([self._row(PO="M")], env=manager), created=1)
        user = self._user_env("history_user", USER)
        self.assertEqual(line.with_env(user).quantity_ordered, 100)
        for action in (
            lambda: self._import([self._row(PO="U")], env=user, dry_run=True),
            lambda: user["supplier.history.import"].create({}),
            lambda: line.with_env(user).write({"price_unit": 1}),
            lambda: line.with_env(user).unlink(),
        ):
            with self.assertRaises(AccessError):
                action()
        portal = self._user_env("history_portal", "base.group_portal")
        with self.assertRaises(AccessError):
            line.with_env(portal).read(["order_ref"])
        with self.assertRaises(AccessError):
            portal["supplier.history.receipt"].search([])

    def test_creating_suppliers_needs_the_right_to_create_contacts(self):
        self.mapping.create_suppliers = True
        manager = self._user_env("history_manager", MANAGER)
        rows = [self._row(Vendor="New Co")]
        with self.assertRaises(AccessError):
            self._import(rows, env=manager, dry_run=True)
        manager.user.group_ids |= self.env.ref("base.group_partner_manager")
        self._assert_counts(self._import(rows, env=manager), created=1)

    def test_companies_see_their_own_lines(self):
        theirs = self._line(company_id=self.other_company.id)
        manager = self._user_env("history_manager", MANAGER)
        self.assertNotIn(theirs, manager["supplier.history.line"].search([]))
