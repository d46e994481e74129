from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.supplier_evaluation.tests.common import (
    APPROVER,
    BUYER,
    MANAGER,
    REVIEWER,
)

from .common import SaleTraceCommon

SALESMAN = "sales_team.group_sale_salesman"
ALL_SALES = "sales_team.group_sale_salesman_all_leads"
PEOPLE = {
    "user": BUYER,
    "approver": APPROVER,
    "manager": MANAGER,
    "reviewer": REVIEWER,
    "seller": SALESMAN,
    "sales": ALL_SALES,
    "both": f"{BUYER},{SALESMAN}",
    "portal": "base.group_portal",
    "none": "base.group_user",
}
FACT, SUM, TRACE = "supplier.sale.fact", "supplier.sale.sum", "supplier.sale.trace"
BUYERS = {"user", "approver", "manager", "both"}
SELLERS = {"seller", "sales", "both"}


@tagged("post_install", "-at_install")
class TestSaleAccess(SaleTraceCommon):
    """Who buys sees what suppliers did for customers; whom, only who sells."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people("sale", PEOPLE)
        cls.own = cls._to_order(
            "2026-03-12",
            "2026-03-01",
            "2026-03-10",
            "2026-03-15",
            user_id=cls.people["seller"].id,
        )
        cls.others = cls._to_order(
            "2026-03-12",
            "2026-03-01",
            "2026-03-10",
            "2026-03-15",
            user_id=cls.people["sales"].id,
        )
        for line in (cls.own, cls.others):
            cls._deliver(line, "2026-03-15")

    def _seen(self, model, name):
        return self._as(self.env[model], name).search([])

    def test_menus_of_who_sells(self):
        """They hang where who sells finds them: Odoo's reporting is for managers."""
        for name in SELLERS:
            menus = self._as(self.env["ir.ui.menu"], name).load_menus(debug=False)
            seen = {menu.get("xmlid") for menu in menus.values()}
            for menu in ("trace", "trace_waiting", "customer"):
                self.assertIn(
                    f"supplier_evaluation_sale.supplier_sale_{menu}_menu", seen
                )

    def test_no_link_to_what_is_not_read(self):
        for name, opens in {"seller": False, "sales": False, "both": True}.items():
            view = self._as(self.env[TRACE], name).get_view(view_type="form")
            fields = etree.fromstring(view["arch"]).xpath(
                "//field[@name='order_id' or @name='purchase_line_id']"
            )
            links = [
                "no_open" not in field.get("options", "")
                for field in fields
                if not field.get("invisible")
            ]
            self.assertEqual(links, [opens] * 2, name)

    def test_who_reads_what(self):
        for model, readers in {FACT: BUYERS, SUM: BUYERS, TRACE: SELLERS}.items():
            for name in PEOPLE:
                with self.subTest(model=model, name=name):
                    if name in readers:
                        # Who sells as well has sold nothing.
                        none = model == TRACE and name == "both"
                        self.assertEqual(not self._seen(model, name), none)
                    else:
                        with self.assertRaises(AccessError):
                            self._seen(model, name)

    def test_nobody_writes(self):
        for model in (FACT, SUM, TRACE):
            records = self.env[model].browse(1)
            for name in PEOPLE:
                for operation in ("create", "write", "unlink"):
                    with self.subTest(model=model, name=name, operation=operation):
                        self.assertFalse(self._as(records, name).has_access(operation))

    def test_own_orders(self):
        """As of sales orders: own ones, or all."""
        self.assertEqual(self._seen(TRACE, "seller").sale_line_id, self.own)
        self.assertEqual(
            self._seen(TRACE, "sales").sale_line_id, self.own | self.others
        )

    def test_customers_are_sums_for_buyers(self):
        facts = self._seen(FACT, "user")
        for name in ("sale_line_id", "late_line_id"):
            self.assertNotIn(name, facts.fields_get())
            with self.assertRaises(AccessError):
                facts.search([(name, "!=", False)])
        self.assertNotIn("customer_id", facts._fields)
        row = self._seen(SUM, "user")
        self.assertEqual((row.customer_count, row.line_count), (1, 2))
        self.assertEqual((row.late_count, row.amount), (2, 200))
        with self.assertRaises(AccessError):
            row.action_open_customers()
        action = self._as(row, "both").action_open_customers()
        self.assertEqual(action["res_model"], TRACE)
        # Which orders there are is as in sales: they are other people's.
        found = self._as(self.env[TRACE], "both").search(action["domain"])
        self.assertFalse(found)

    def test_buyer_opens_what_was_counted(self):
        """The sales order lines that are counted are hidden from a buyer."""
        template = self._create_template("Customers", ["customer_impact", "otd"])
        evaluation = self._evaluate(template)
        evaluation.action_publish()
        lines = self._as(evaluation.scorecard_ids.line_ids, "user")
        line = lines.filtered(lambda line: line.kpi_id.code == "customer_impact")
        action = line.action_open_counted()
        facts = self._as(self.env[FACT], "user").with_context(**action["context"])
        rows = facts.web_search_read(
            action["domain"], {"name": {}, "contribution_text": {}}
        )
        self.assertEqual(len(rows["records"]), line.n)
        figure = line.retrieve_figure()
        self.assertEqual(figure["worst"], [])
        self.assertIsNone(figure["check"]["is_same"])
        self.assertIn("all that this figure counts", figure["check"]["text"])

    def test_buyer_opens_the_purchase_order(self):
        fact = self._seen(FACT, "user")[0]
        self.assertEqual(fact.action_open_document()["res_model"], "purchase.order")

    def test_other_company(self):
        company = self._create_company("Elsewhere", "Europe/Berlin", "EUR")
        for groups, models in {BUYER: (FACT, SUM), ALL_SALES: (TRACE,)}.items():
            user = self._create_user(f"elsewhere_{models[0]}", groups, company)
            for model in models:
                self.assertFalse(self._as(self.env[model], user).search([]))

    def test_form_of_a_sales_order(self):
        """Who sells opens the trace; a grade is for those who may see scores."""
        grade = self.env["supplier.grade"].search([], limit=1)
        self.supplier.with_company(self.company)._write_guarded(
            {"supplier_grade_id": grade.id}
        )
        self.assertEqual(self._as(self.own, "both").supplier_grade_id, grade)
        self.assertNotIn("supplier_grade_id", self._as(self.own, "sales").fields_get())
        order = self._as(self.own.order_id, "seller")
        arch = order.get_views([(False, "form")])["views"]["form"]["arch"]
        self.assertIn("action_open_supplier_trace", arch)
        self.assertNotIn("action_report_supplier_incident", arch)
        action = order.action_open_supplier_trace()
        found = order.env[TRACE].search(action["domain"])
        self.assertEqual(found.sale_line_id, self.own)
        web = found.web_read({"partner_id": {"fields": {"display_name": {}}}})
        self.assertEqual(web[0]["partner_id"]["display_name"], "Golden Supplier")

    def test_complaint(self):
        """A complaint of a customer becomes an incident with customer and line."""
        order = self._as(self.own.order_id, "both")
        order.sudo().user_id = self.people["both"]
        defaults = order.action_report_supplier_incident()["context"]
        incident = order.env["supplier.incident"].with_context(**defaults)
        incident = incident.create({"title": "The mast is bent"})
        self.assertEqual(incident.sale_line_id, self.own)
        self.assertEqual(incident.sale_id, self.own.order_id)
        self.assertEqual(incident.customer_id, self.customer)
        self.assertEqual(incident.partner_id, self.supplier)
        self.assertEqual(
            incident.purchase_line_id, self.own.move_ids.created_purchase_line_ids
        )
        self.assertEqual(self.own.order_id.supplier_incident_count, 1)
        with self.assertRefused("Choose a line of the order"):
            incident.sale_id = self.others.order_id
