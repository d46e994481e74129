from datetime import datetime

from odoo.tests import tagged

from ...report.delivery.query import DeliveryQuery
from ...report.fact.hints import ORDERS_KEY
from . import sums
from .common import CatalogueCommon

MODELS = ("supplier.delivery.fact", "supplier.receipt.fact", "supplier.quotation.fact")


@tagged("post_install", "-at_install")
class TestFactPage(CatalogueCommon):
    """A page asks about its own orders only, and shows what the whole list does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lines = [
            cls._order(10, price, f"2026-03-{day}")
            for price, day in ((5, 10), (6, 11), (7, 12))
        ]
        rival = cls._create_supplier("Rival")
        cls._receive(cls._order(10, 9, "2026-03-10", partner=rival), "2026-03-10")
        for line in cls.lines:
            cls._receive(line, "2026-03-12", 4)
            # After the cut-off: what is known by then is asked of the records.
            cls._receive(line, "2026-04-10")
        sums.build(cls.env)
        cls.scope = cls._scope(cutoff=datetime(2026, 4, 4, 16))

    def _facts(self, model):
        return self.env[model]._with_fact_scope(self.scope)

    def test_orders_of_a_page(self):
        order = self.lines[0].order_id
        facts = self._facts("supplier.delivery.fact")
        every = DeliveryQuery(facts).taken
        self.assertLessEqual({one.order_id.id for one in self.lines}, {*every.asked})
        own = DeliveryQuery(facts.with_context(**{ORDERS_KEY: order.ids})).taken
        self.assertEqual(own.asked, order.ids)
        self.assertEqual(set(own.lines), set(order.order_line.ids))
        self.assertEqual(own.not_taken, every.not_taken)

    def test_pages_show_what_the_list_does(self):
        domain = [("partner_id", "=", self.supplier.id)]
        for model in MODELS:
            facts = self._facts(model)
            names = [
                name
                for name, field in facts._fields.items()
                if field.store and field.column_type
            ]
            whole = facts.search_fetch(domain, names).read(names, load="")
            self.assertGreaterEqual(len(whole), 3)
            for number, expected in enumerate(whole):
                with self.subTest(model=model, number=number):
                    self.env.invalidate_all()
                    page = self._facts(model).search_fetch(
                        domain, names, offset=number, limit=1
                    )
                    self.assertEqual(page.read(names, load=""), [expected])
