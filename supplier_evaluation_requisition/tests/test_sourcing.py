from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from odoo.addons.supplier_evaluation.tests.fact.taxes import TaxCommon

from ..performance import Performance
from ..sourcing import vendors_for
from .common import PEOPLE, TODAY, RequisitionCommon

MODELS = (
    "supplier.sourcing",
    "supplier.sourcing.line",
    "supplier.sourcing.candidate",
)
USERS = {"buyer", "colleague", "approver", "manager"}


class SourcingCommon(RequisitionCommon, TaxCommon):
    """Two suppliers sold bolts; one of them has a contract, one a price list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._contract_of(cls._blanket([(9, 1000)]))
        cls.env["product.supplierinfo"].create(
            {
                "partner_id": cls.rival.id,
                "product_tmpl_id": cls.product.product_tmpl_id.id,
                "price": 8,
                "delay": 7,
                "currency_id": cls.company.currency_id.id,
            }
        )
        cls.env.flush_all()

    def _find(self, records, user="buyer"):
        """Who is found for a product, category, agreement or order."""
        action = self._as(records, user).action_find_candidates()
        return self._as(self.env["supplier.sourcing"], user).browse(action["res_id"])

    def _of(self, sourcing, partner):
        return sourcing.candidate_ids.filtered(lambda one: one.partner_id == partner)


@tagged("post_install", "-at_install")
class TestSourcing(SourcingCommon):
    """Who could deliver a need, and what is known of each."""

    def setUp(self):
        super().setUp()
        clock = freeze_time(TODAY)
        clock.start()
        self.addCleanup(clock.stop)

    def test_product(self):
        sourcing = self._find(self.product)
        self.assertEqual(sourcing.candidate_ids.partner_id, self.supplier | self.rival)
        cheap = self._of(sourcing, self.supplier)
        dear = self._of(sourcing, self.rival)
        self.assertEqual((cheap.last_amount, cheap.contract_amount), (10, 9))
        self.assertEqual((dear.last_amount, dear.list_amount), (10, 8))
        self.assertIs(dear.contract_amount, False)
        self.assertEqual(dear.lead_time, 7)
        self.assertGreater(cheap.late_share, dear.late_share)
        self.assertEqual(dear.covered_text, "1 of 1")
        self.assertIs(dear.score, False)
        self.assertEqual(dear.certification, "none")

    def test_price_list_in_another_unit(self):
        """96 a dozen, and a dozen at once, are 8 each."""
        prices = self.env["product.supplierinfo"].search(
            [("partner_id", "=", self.rival.id)]
        )
        prices.write({"price": 96, "product_uom_id": self.uom_dozen.id})
        dear = self._of(self._find(self.product), self.rival)
        self.assertEqual(dear.list_amount, 8)

    def test_price_list_with_tax_inside(self):
        """Beside what the last order cost without tax."""
        self.product.supplier_taxes_id = self._tax(25)
        dear = self._of(self._find(self.product), self.rival)
        self.assertEqual((dear.last_amount, dear.list_amount), (10, 6.4))

    def test_a_part_is_not_the_whole(self):
        """Of what is not sold there is no price, and the whole has none either."""
        order = self._request(self.supplier, 10)
        nut = self._create_product("Nut")
        order.order_line = [
            Command.create({"product_id": nut.id, "product_qty": 2, "price_unit": 1})
        ]
        sourcing = self._find(order)
        dear = self._of(sourcing, self.rival)
        self.assertEqual(dear.covered_text, "1 of 2")
        for name in ("last_amount", "list_amount", "contract_amount", "lead_time"):
            self.assertIs(dear[name], False, name)

    def test_category(self):
        """Who sells something of it, and who is certified for it by name."""
        program = self.env["supplier.certification.program"].create(
            {"name": "Basic", "company_id": self.company.id}
        )
        metal = self.env["product.category"].create({"name": "Metal"})
        self.product.categ_id = metal
        certification = self.env["supplier.certification"].create(
            {
                "partner_id": self.unknown.id,
                "company_id": self.company.id,
                "program_id": program.id,
                "category_ids": metal.ids,
            }
        )
        certification._write_guarded(
            {"state": "certified", "date_from": "2026-01-01", "date_to": "2026-12-31"}
        )
        sourcing = self._find(metal)
        self.assertEqual(
            sourcing.candidate_ids.partner_id,
            self.supplier | self.rival | self.unknown,
        )
        certified = self._of(sourcing, self.unknown)
        self.assertEqual(certified.certification, "certified")
        self.assertIs(certified.late_share, False)
        self.assertIs(certified.last_amount, False)
        self.assertIs(certified.covered_text, False)
        companies = self.env["res.company"].sudo()
        branch, stranger = companies.create(
            [{"name": "Branch", "parent_id": self.company.id}, {"name": "Stranger"}]
        )
        for company, status in ((branch, "certified"), (stranger, "none")):
            found = vendors_for(company, self.product.browse(), metal)
            self.assertEqual(self.unknown in found, status == "certified")
            known = Performance(company, self.unknown)
            self.assertEqual(known.certification(self.unknown, metal), status)
        certification._write_guarded({"state": "suspended"})
        known = Performance(branch, self.unknown)
        self.assertEqual(known.certification(self.unknown, metal), "suspended")

    def test_requests(self):
        """Each that is chosen is asked, as alternatives to each other."""
        agreement = self._blanket([(9, 30)], confirmed=False, vendor_id=False)
        sourcing = self._find(agreement)
        with self.assertRefused("Choose at least one"):
            sourcing.action_request()
        sourcing.candidate_ids.is_chosen = True
        action = sourcing.action_request()
        orders = self.env["purchase.order"].search(action["domain"])
        self.assertEqual(orders.partner_id, self.supplier | self.rival)
        self.assertEqual(orders.order_line.mapped("product_qty"), [30, 30])
        self.assertEqual(orders[0].alternative_po_ids, orders)
        self.assertEqual(set(orders.mapped("origin")), {agreement.name})

    def test_alternatives_are_of_one_company(self):
        """Also where who asks works in another one at the moment."""
        other = self._create_company("Elsewhere", "UTC", "EUR")
        both = self._create_user("both", PEOPLE["buyer"], other)
        both.company_ids |= self.company
        order = self._request(self.supplier, 10).with_user(both)
        order = order.with_context(allowed_company_ids=[other.id, self.company.id])
        action = order.action_find_candidates()
        sourcing = order.env["supplier.sourcing"].browse(action["res_id"])
        self._of(sourcing, self.rival).is_chosen = True
        sourcing.action_request()
        offer = order.alternative_po_ids - order
        self.assertEqual(offer.company_id, self.company)
        self.assertEqual(offer.currency_id, order.currency_id)

    def test_nothing_needed(self):
        sourcing = self._as(self.env["supplier.sourcing"], "buyer").create({})
        with self.assertRefused("Say what is needed"):
            sourcing.action_find()

    def test_access(self):
        """Who buys, of what is their own, in their companies."""
        sourcing = self._find(self.product)
        records = {
            "supplier.sourcing": sourcing,
            "supplier.sourcing.line": sourcing.line_ids,
            "supplier.sourcing.candidate": sourcing.candidate_ids,
        }
        for model in MODELS:
            for name in PEOPLE:
                with self.subTest(model=model, name=name):
                    own = self._as(records[model], name)
                    self.assertEqual(own.has_access("read"), name == "buyer")
                    may = own.browse().has_access("create")
                    self.assertEqual(may, name in USERS)
        company = self._create_company("Elsewhere", "Europe/Berlin", "EUR")
        with self.assertRaises(AccessError):
            sourcing.create({"company_id": company.id})

    def test_statements(self):
        """However many candidates: so many statements for each row at most."""

        def find():
            sourcing = self.env["supplier.sourcing"].create(
                {"line_ids": [Command.create({"product_id": self.product.id})]}
            )
            sourcing._find()

        find()
        before = self._statements_of(find)
        self.env["product.supplierinfo"].create(
            [
                {
                    "partner_id": self._create_supplier(f"More {number}").id,
                    "product_tmpl_id": self.product.product_tmpl_id.id,
                    "price": 12 + number,
                }
                for number in range(6)
            ]
        )
        self._statements_of(find)
        self.assertEqual(self._statements_of(find), before)


@tagged("post_install", "-at_install")
class TestSourcingTour(SourcingCommon, HttpCase):
    """From the need by comparison and requirements to the choice."""

    browser_size = "1600x900"

    def test_choose(self):
        order = self._request(self.supplier, 10)
        self.start_tour(
            f"/odoo/action-purchase.purchase_rfq/{order.id}",
            "supplier_evaluation_requisition_choose",
            login="requisition_buyer",
        )
        offer = order.alternative_po_ids - order
        self.assertEqual(offer.partner_id, self.rival)
        self.assertEqual((order.state, offer.state), ("cancel", "draft"))
        choice = (
            self.env["supplier.choice.candidate"]
            .search([("order_id", "=", order.id)])
            .choice_id
        )
        self.assertEqual((choice.state, choice.partner_id), ("chosen", self.rival))
        self.assertEqual(choice.choice_reason, "Comes in time")
