from ast import literal_eval
from datetime import timedelta

from freezegun import freeze_time
from lxml import etree

from odoo import fields
from odoo.tests import tagged

from .common import CatalogueCommon


@tagged("post_install", "-at_install")
class TestFactFilters(CatalogueCommon):
    """The filters of the analyses find what their names promise, and nothing else.

    What does not apply to a record is empty, which a comparison easily takes for 0.
    """

    def _named(self, model, *names):
        """The facts of the supplier's records that the filters let through."""
        arch = etree.fromstring(self.env[model].get_view(view_type="search")["arch"])
        domain = [("company_id", "=", self.company.id)]
        for name in names:
            (node,) = arch.xpath(f"//filter[@name='{name}']")
            domain += literal_eval(node.get("domain"))
        self.env.flush_all()
        return self.env[model].search(domain)

    def test_quality(self):
        good = self._receive(self._order(10, 5, "2026-03-10"), "2026-03-10")
        bad = self._receive(self._order(10, 5, "2026-03-11"), "2026-03-11")
        back = self._return(bad, "2026-03-12", 4)
        incident = self._incident("Rust", quantity=3)
        model = "supplier.receipt.fact"
        self.assertEqual(self._named(model, "receipts").picking_id, good | bad)
        self.assertEqual(self._named(model, "returns").picking_id, back)
        incidents = self._named(model, "incidents")
        self.assertEqual(incidents.mapped("res_id"), incident.ids)
        self.assertEqual(self._named(model, "not_accepted").picking_id, bad)
        defective = self._named(model, "defective")
        self.assertEqual(defective.picking_id, bad)
        self.assertEqual(set(defective.mapped("kind")), {"receipt", "incident"})
        self.assertEqual(len(self._named(model, "source_order")), 3)
        self.assertFalse(self._named(model, "source_history"))

    def test_prices(self):
        prices = {"first": 10, "same": 10, "risen": 12, "fallen": 9}
        orders = {
            name: self._order(10, price, "2026-04-01", f"2026-03-0{day}").order_id
            for day, (name, price) in enumerate(prices.items(), start=1)
        }
        rare = self._create_product("Gearbox")
        cancelled = self._order(10, 99, "2026-04-01", product=rare).order_id
        with freeze_time("2026-03-20 02:00:00"):
            cancelled.button_cancel()
        model = "supplier.price.fact"
        self.assertEqual(self._named(model, "risen").order_id, orders["risen"])
        self.assertEqual(self._named(model, "fallen").order_id, orders["fallen"])
        self.assertEqual(
            self._named(model, "counted", "no_reference").order_id, orders["first"]
        )
        self.assertEqual(self._named(model, "excluded").order_id, cancelled)
        self.assertFalse(self._named(model, "above_market"))
        self.assertEqual(len(self._named(model, "counted", "no_market")), 4)

    def test_prices_of_the_market(self):
        # Without an evaluation, the market is that of the last twelve months.
        day = str(fields.Date.today() - timedelta(days=1))
        other = self._create_supplier("Cheap")
        dear = self._order(10, 12, day, confirmed=day).order_id
        cheap = self._order(10, 8, day, confirmed=day, partner=other).order_id
        dear.order_line.discount = 10
        model = "supplier.price.fact"
        self.assertEqual(self._named(model, "above_market").order_id, dear)
        self.assertFalse(self._named(model, "no_market"))
        self.assertEqual(self._named(model, "discounted").order_id, dear)
        self.assertEqual(self._named(model, "counted").order_id, dear | cheap)

    def test_bills(self):
        self._create_accounts()
        line = self._order(30, 10, "2026-03-10")
        same = self._bill(line, 10, 10)
        dearer = self._bill(line, 10, 11)
        cheaper = self._bill(line, 10, 9)
        loose = self._bill(self.env["purchase.order.line"], 1, 99)
        refund = self._refund(dearer)
        model = "supplier.bill.fact"
        self.assertEqual(self._named(model, "differs").move_id, dearer | cheaper)
        self.assertEqual(self._named(model, "no_order").move_id, loose)
        self.assertEqual(self._named(model, "refunds").move_id, refund)
        self.assertEqual(self._named(model, "excluded").move_id, dearer | refund)
        self.assertEqual(
            self._named(model, "counted", "bills").move_id, same | cheaper | loose
        )

    def test_correspondence(self):
        orders = [self._order(1, 10, "2026-03-10").order_id for _index in range(3)]
        quick, slow, silent = orders
        for order in orders:
            self._ask(order, "2026-03-02 04:00:00")
        self._answer(quick, "2026-03-03 04:00:00")
        self._answer(slow, "2026-03-09 04:00:00")
        incident = self._incident("Rust")
        self._ask(incident, "2026-03-12 06:00:00")
        model = "supplier.response.fact"
        self.assertEqual(self._named(model, "in_time").order_id, quick)
        self.assertEqual(self._named(model, "late").order_id, slow)
        unanswered = self._named(model, "unanswered")
        self.assertEqual(unanswered.order_id, silent)
        self.assertEqual(unanswered.incident_id, incident)
        self.assertEqual(self._named(model, "incidents").incident_id, incident)
        self.assertEqual(len(self._named(model, "orders")), 3)
