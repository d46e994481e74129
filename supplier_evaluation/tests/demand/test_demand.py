from contextlib import contextmanager
from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import DemandCommon


@tagged("post_install", "-at_install")
class TestDemand(DemandCommon):
    """What we expect to need: of whom, in which unit, once a month."""

    def test_supplier_and_unit_come_of_the_product(self):
        form = Form(self._as(self.env["supplier.demand"], "buyer"))
        form.product_id = self.nut
        self.assertEqual(form.partner_id, self.rival)
        self.assertEqual(form.month, date(2026, 5, 1))
        form.product_id = self.product
        self.assertEqual(form.partner_id, self.rival, "who supplies it is kept")
        form.month = "2026-06-17"
        form.quantity = 30
        demand = form.save()
        self.assertEqual((demand.month, demand.source), (date(2026, 6, 1), "entered"))
        self.assertEqual(demand.uom_id, self.uom_unit)
        self.assertEqual(self._demand().partner_id, self.supplier)

    def test_who_was_chosen_first_is_kept(self):
        demands = self._as(self.env["supplier.demand"], "buyer")
        form = Form(demands.with_context(default_partner_id=self.supplier.id))
        form.product_id = self.nut
        form.quantity = 1
        self.assertEqual(form.save().partner_id, self.supplier)

    def test_vendors_that_do_not_count(self):
        """An offer that is over, of another company, or of somebody archived."""
        screw = self._create_product("Screw")
        archived = self._create_supplier("Gone", active=False)
        elsewhere = self._create_company("Elsewhere", "UTC", "USD")
        self.env["product.supplierinfo"].create(
            [
                self._offer(screw, self.supplier, 1, date_end="2026-01-01"),
                self._offer(screw, self.rival, 2, company_id=elsewhere.id),
                self._offer(screw, archived, 3),
            ]
        )
        with self._not_stored("of_a_supplier"):
            self._demand(product_id=screw.id)
        contact = self._create_contact("Ann")
        demand = self._demand(product_id=screw.id, partner_id=contact.id)
        self.assertEqual(demand.partner_id, self.supplier)

    @contextmanager
    def _not_stored(self, constraint):
        """The database refuses what is done in this block, by a constraint."""
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError) as refusal,
        ):
            yield
            self.env.flush_all()
        name = refusal.exception.diag.constraint_name
        self.assertEqual(name, f"supplier_demand_{constraint}")

    def test_one_row_a_month(self):
        self._demand()
        with self._not_stored("month_uniq"):
            self._demand("2026-05-20", active=False)
        copied = self._demand("2026-07-01").copy()
        self.assertEqual(copied.month, date(2026, 8, 1))

    def test_bad_input(self):
        with self._not_stored("quantity_not_negative"):
            self._demand(quantity=-1)
        self.nut.purchase_ok = False
        with self.assertRefused("is not bought", ValidationError):
            self._demand(product_id=self.nut.id)
        with self.assertRefused("cannot be written", AccessError):
            self._demand(is_shared=True)
        with self.assertRefused("cannot be written", AccessError):
            self._demand(source="forecast")
        self.assertEqual(self._demand(quantity=0).quantity, 0)

    def test_units_are_never_added_up(self):
        dozen = self._create_product("Egg", uom_id=self.uom_dozen.id)
        self._demand("2026-05-01", "2026-06-01")
        self._demand(product_id=dozen.id, partner_id=self.supplier.id)
        own = [("company_id", "=", self.company.id)]
        read = self.env["supplier.demand"].formatted_read_group
        by_product = {
            group["product_id"][0]: group["quantity:sum"]
            for group in read(own, ["product_id"], ["quantity:sum"])
        }
        self.assertEqual(by_product, {self.product.id: 200, dozen.id: 100})
        self.assertFalse(read(own, [], ["quantity:sum"])[0]["quantity:sum"])

    def test_a_changed_forecast_is_entered(self):
        forecast = self._as(self.env["supplier.demand"], "buyer")._unguarded()
        forecast = forecast.create(
            {
                "product_id": self.product.id,
                "month": "2026-05-01",
                "quantity": 10,
                "source": "forecast",
            }
        )
        own = self._as(self.env["supplier.demand"].browse(forecast.id), "buyer")
        own.note = "Looks right"
        self.assertEqual(own.source, "forecast")
        own.quantity = 12
        self.assertEqual(own.source, "entered")

    def test_smart_button(self):
        demand = self._demand()
        vendor = self._as(self.supplier, "buyer")
        self.assertEqual(vendor.supplier_demand_count, 1)
        action = vendor.action_open_supplier_demand()
        found = self.env["supplier.demand"].search(action["domain"])
        self.assertEqual(found.ids, demand.ids)
