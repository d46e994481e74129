from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DemandCommon

LATER = "2026-04-17 04:00:00"


@tagged("post_install", "-at_install")
class TestDemandSharing(DemandCommon):
    """Suppliers see what is shared, hear of it once a day, and of every change."""

    def test_share_and_withdraw(self):
        own = self._demand("2026-05-01", "2026-06-01")
        theirs = self._demand(partner_id=self.rival.id)
        self.assertFalse(self._seen())
        (own | theirs).action_share()
        self.assertEqual(self._seen(), [("Bolt", 100, False)] * 2)
        self.assertEqual(len(self._seen("theirs")), 1)
        self.assertEqual(self._told(), ["portal_ours", "portal_theirs"])
        self.assertEqual(own.shared_uid, self.people["buyer"])
        self.assertEqual(own[0].date_shared, datetime(2026, 4, 15, 4))
        own[0].action_withdraw()
        self.assertEqual(len(self._seen()), 1)
        with freeze_time(LATER):
            own[1].action_withdraw()
        self.assertFalse(self._seen())
        self.assertEqual(self._told().count("portal_ours"), 2)

    def test_mail(self):
        """To the people of the supplier, with the link to the list."""
        self._demand("2026-05-01", "2026-06-01").action_share()
        mail = self.env["mail.mail"].search([("model", "=", "supplier.demand")])
        self.assertEqual(mail.recipient_ids, self.people["ours"].partner_id)
        self.assertIn('/my/supplier/demand"', mail.body_html)
        self.assertIn(self.company.name, mail.body_html)

    def test_one_mail_a_day(self):
        self._demand().action_share()
        second = self._demand("2026-06-01")
        second.action_share()
        self.assertEqual(self._told(), ["portal_ours"])
        with freeze_time(LATER):
            second.quantity = 70
            self._demand("2026-07-01").action_share()
        self.assertEqual(self._told(), ["portal_ours"] * 2)

    def test_nobody_can_log_in(self):
        alone = self._create_supplier("Alone", supplier_rank=1)
        demand = self._demand(partner_id=alone.id)
        notice = demand.action_share()
        self.assertIn("Alone", notice["params"]["message"])
        self.assertFalse(self._demand().action_share())
        self._create_portal("portal_alone", alone)
        self._demand("2026-06-01", partner_id=alone.id).action_share()
        self.assertEqual(self._told(), ["portal_alone", "portal_ours"])

    def test_changes_are_said(self):
        demand = self._demand()
        demand.quantity = 90
        demand.action_share()
        self.assertEqual(self._seen(), [("Bolt", 90, False)])
        with freeze_time(LATER):
            demand.quantity = 60
            demand.quantity = 60
        self.assertEqual(self._seen(), [("Bolt", 60, 90)])
        self.assertEqual(demand.date_changed, datetime(2026, 4, 17, 4))
        demand.action_withdraw()
        demand.quantity = 50
        self.assertEqual(demand.quantity_before, 90, "nobody saw it")
        demand.action_share()
        self.assertEqual(self._seen(), [("Bolt", 50, 60)])

    def test_what_one_was_told_the_other_is_not(self):
        demand = self._demand()
        demand.action_share()
        with freeze_time(LATER):
            demand.action_withdraw()
            demand.partner_id = self.rival
            self.assertIs(demand.quantity_told, False)
            demand.quantity = 70
            demand.action_share()
        self.assertEqual(self._seen("theirs"), [("Bolt", 70, False)])
        self.assertIs(demand.quantity_before, False)

    def test_of_what_it_became_nobody_was_told(self):
        """It says neither that the next one was told, nor when."""
        demand = self._demand()
        demand.action_share()
        demand.action_withdraw()
        demand.quantity = 70
        with self.assertRefused(f"{self.supplier.name} was told"):
            demand.unlink()
        demand.partner_id = self.rival
        self.assertFalse(demand.date_shared)
        self.assertFalse(demand.shared_uid)
        demand.action_share()
        demand.action_withdraw()
        with self.assertRefused("Rival Works was told"):
            demand.unlink()
        demand.partner_id = self.supplier
        demand.unlink()
        self.assertFalse(demand.exists())

    def test_changes_are_logged(self):
        demand = self._demand().with_context(tracking_disable=False)
        self.env.flush_all()
        self.cr.precommit.clear()
        demand.action_share()
        demand.quantity = 60
        self.env.flush_all()
        self.cr.precommit.run()
        values = demand.sudo().message_ids.tracking_value_ids
        logged = {value.field_id.name: value for value in values}
        self.assertEqual(set(logged), {"is_shared", "quantity"})
        amounts = logged["quantity"]
        self.assertEqual((amounts.old_value_float, amounts.new_value_float), (100, 60))

    def test_what_is_shared_stays_what_it_is(self):
        demand = self._demand()
        demand.action_share()
        for vals in (
            {"partner_id": self.rival.id},
            {"product_id": self.nut.id},
            {"month": "2026-06-01"},
            {"active": False},
        ):
            with self.subTest(vals=vals), self.assertRefused("withdraw it"):
                demand.write(vals)
        # A file that comes again says the same.
        demand.write({"month": "2026-05-09", "product_id": self.product.id})
        demand.action_withdraw()
        with self.assertRefused("was told"):
            demand.unlink()
        demand.active = False
        self._demand("2026-06-01").unlink()

    def test_what_is_not_shared(self):
        gone, fine = self._create_product("Gone"), self._demand()
        archived = self._demand(product_id=gone.id, partner_id=self.supplier.id)
        for demand, text in (
            (self._demand("2026-03-01"), "is over"),
            (self._demand("2026-06-01", active=False), "archived"),
            (archived, "archived"),
        ):
            gone.active = demand != archived
            with self.subTest(text=text), self.assertRefused(text):
                (fine | demand).action_share()
        self.assertFalse(self._seen())

    def test_archived_and_past(self):
        gone = self._create_product("Gone")
        self._demand(product_id=gone.id, partner_id=self.supplier.id).action_share()
        self._demand("2026-04-01").action_share()
        gone.active = False
        self.assertEqual(self._seen(), [("Bolt", 100, False)])
        with freeze_time("2026-05-02"):
            self.assertFalse(self._seen())

    def test_the_name_that_the_supplier_has_for_it(self):
        offer = self.product.seller_ids.filtered(
            lambda one: one.partner_id == self.supplier
        )
        offer.write({"product_name": "Hex bolt M8", "product_code": "HB8"})
        self._demand().action_share()
        self._demand(partner_id=self.rival.id).action_share()
        self.assertEqual(self._seen(), [("[HB8] Hex bolt M8", 100, False)])
        self.assertEqual(self._seen("theirs"), [("Bolt", 100, False)])

    def test_only_what_the_supplier_may_know(self):
        demand = self._demand(note="They are our only source")
        demand.action_share()
        door = self._door("ours")
        [month] = door._demand_months(door._find("supplier.demand"))
        self.assertEqual(month["label"], "May 2026")
        self.assertEqual(
            set(month["rows"][0]),
            {"product", "quantity", "unit", "company", "before", "date_changed"},
        )
        for operation in ("read", "write", "create", "unlink"):
            with self.assertRaises(AccessError):
                self._as(demand, "ours").check_access(operation)
        with self.assertRaises(AccessError):
            self._as(demand, "theirs").action_withdraw()

    def test_statements(self):
        """As many for a hundred rows as for ten, but for what is written."""

        def share(years):
            rows = self._demand(
                *(
                    f"{2027 + year}-{month:02}-01"
                    for year in years
                    for month in range(1, 11)
                )
            )
            return self._statements_of(rows.action_share)

        few, many = share(range(1)), share(range(1, 11))
        self.assertLessEqual(many, few + 10)
