from datetime import datetime

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import ResponseCommon


@tagged("post_install", "-at_install")
class TestResponseConfirmation(ResponseCommon):
    """A supplier that confirms an order has answered, without writing a word."""

    def _acknowledge(self, when="2026-03-02 03:00:00", order=None):
        with freeze_time(when):
            (order or self.order).action_acknowledge()

    def test_button(self):
        self._acknowledge()
        self.assertEqual(str(self.order.date_acknowledged), "2026-03-02 03:00:00")
        self.assertAnsweredAfter(2)
        self.assertEqual(self._value("response_rate"), 100)

    def test_write(self):
        with freeze_time("2026-03-02 03:00:00"):
            self.order.write({"acknowledged": True})
        self.assertAnsweredAfter(2)

    def test_several_orders_at_once(self):
        other = self._order(1, 5, "2026-03-20").order_id
        self._ask(other, "2026-03-02 02:00:00")
        self._acknowledge("2026-03-02 03:00:00", self.order | other)
        self.assertEqual(sorted(self._facts().mapped("response_hours")), [1, 2])

    def test_created_acknowledged(self):
        with freeze_time("2026-03-02 03:00:00"):
            order = self.env["purchase.order"].create(
                {"partner_id": self.supplier.id, "acknowledged": True}
            )
        self.assertEqual(str(order.date_acknowledged), "2026-03-02 03:00:00")
        self.assertFalse(order.copy().date_acknowledged)

    def test_before_the_question(self):
        order = self._order(1, 5, "2026-03-20").order_id
        self._acknowledge("2026-03-02 00:00:00", order)
        self._ask(order, "2026-03-05 01:00:00")
        fact = self._facts().filtered(lambda fact: fact.order_id == order)
        self.assertFalse(fact.answered)
        self.assertFalse(fact.exclusion)

    def test_after_the_cutoff(self):
        self._acknowledge("2026-03-02 03:00:00")
        self.assertAnsweredAfter(None, cutoff=datetime(2026, 3, 2, 2))

    def test_second_click_answers_a_second_question(self):
        self._acknowledge()
        self._ask(self.order, "2026-03-05 01:00:00")
        self._acknowledge("2026-03-05 02:00:00")
        self.assertEqual(str(self.order.date_acknowledged), "2026-03-02 03:00:00")
        self.assertEqual(sorted(self._facts().mapped("response_hours")), [1, 2])

    def test_no_longer_acknowledged(self):
        self._acknowledge()
        self.order.acknowledged = False
        self.assertFalse(self.order.date_acknowledged)
        self.assertAnsweredAfter(None)

    def test_incident_is_not_answered_by_it(self):
        incident = self._incident("Cracked", order_id=self.order.id)
        self._ask(incident, "2026-03-13 01:00:00")
        self._acknowledge("2026-03-13 02:00:00")
        # Once more: it is told on the order.
        self._acknowledge("2026-03-13 03:00:00")
        fact = self._facts().filtered("incident_id")
        self.assertFalse(fact.answered)

    def test_receipt_is_no_answer(self):
        """Odoo acknowledges an order when its goods come: nobody confirmed it."""
        self._receive(self.order.order_line, "2026-03-03 03:00:00", 4)
        self.assertTrue(self.order.acknowledged)
        self.assertAnsweredAfter(None)
        self.assertEqual(self._value("ack_rate"), 0)
        self._receive(self.order.order_line, "2026-03-04 03:00:00")
        self.assertAnsweredAfter(None)
        self._acknowledge("2026-03-05 01:00:00")
        self.assertAnsweredAfter(72)
        self.assertEqual(self._value("ack_rate"), 100)

    def test_receipt_after_the_answer(self):
        self._acknowledge()
        self._receive(self.order.order_line, "2026-03-03 03:00:00")
        self.assertAnsweredAfter(2)
        self.assertEqual(self._value("ack_rate"), 100)

    def test_written_by_nobody(self):
        order = self._as(self.order, self.buyer)
        for fname in ("date_acknowledged", "acknowledged_on_receipt"):
            with self.assertRefused("cannot be written", AccessError):
                order[fname] = "2026-03-02 02:00:00"

    def test_moved_date(self):
        line = self.order.order_line
        with freeze_time("2026-03-02 04:00:00"):
            self.order._update_date_planned_for_lines(
                [(line, datetime(2026, 3, 25, 12))]
            )
        self.assertAnsweredAfter(3)

    def test_date_that_we_move_in_the_portal(self):
        line = self.order.order_line
        with freeze_time("2026-03-02 04:00:00"):
            self.order.with_user(self.buyer).sudo()._update_date_planned_for_lines(
                [(line, datetime(2026, 3, 25, 12))]
            )
        self.assertAnsweredAfter(None)

    # ------------------------------------------------------------
    # Orders made before the add-on noted it
    # ------------------------------------------------------------

    def _forget_when(self, order, written):
        """Acknowledge an order, and leave when as it was before."""
        order.env.flush_all()
        self.env.cr.execute(
            "UPDATE purchase_order SET acknowledged = true, date_acknowledged = NULL,"
            " acknowledged_on_receipt = NULL, write_date = %s WHERE id = %s",
            [written, order.id],
        )
        order.invalidate_recordset()

    def test_unknown_instant(self):
        self._forget_when(self.order, "2026-03-20 01:00:00")
        self.assertLeftOut("confirmed")

    def test_unknown_instant_before_the_question(self):
        """What is asked after the last change of the order was confirmed before."""
        self._forget_when(self.order, "2026-03-02 00:30:00")
        self.assertAnsweredAfter(None)

    def test_unknown_instant_and_an_answer_in_time(self):
        self._forget_when(self.order, "2026-03-20 01:00:00")
        self._answer(self.order, "2026-03-02 05:00:00")
        self.assertAnsweredAfter(4)

    def _track(self, when, author):
        """Note in the chatter that the order is acknowledged, as Odoo does."""
        field = self.env["ir.model.fields"]._get("purchase.order", "acknowledged")
        values = {"field_id": field.id, "old_value_integer": 0, "new_value_integer": 1}
        with freeze_time(when):
            self.order._message_log(
                author_id=author.id, tracking_value_ids=[Command.create(values)]
            )

    def test_instant_in_the_chatter(self):
        """Odoo tracks the field, so its notifications know when."""
        self._track("2026-03-02 03:00:00", self.buyer.partner_id)
        self._forget_when(self.order, "2026-03-20 01:00:00")
        for _again in range(2):
            self.env["purchase.order"]._fill_missing_acknowledgements()
            self.assertEqual(str(self.order.date_acknowledged), "2026-03-02 03:00:00")
        self.assertAnsweredAfter(2)

    def test_receipt_in_the_chatter(self):
        """Who noted the goods is one of us; the supplier did not confirm."""
        self._receive(self.order.order_line, "2026-03-02 03:00:00")
        self._track("2026-03-02 03:00:01", self.buyer.partner_id)
        self._forget_when(self.order, "2026-03-20 01:00:00")
        self.assertLeftOut("confirmed")
        self.env["purchase.order"]._fill_missing_acknowledgements()
        self.assertTrue(self.order.acknowledged_on_receipt)
        self.assertAnsweredAfter(None)

    def test_supplier_in_the_chatter(self):
        """Who follows the link is nobody of us, also when goods come just then."""
        self._receive(self.order.order_line, "2026-03-02 03:00:00")
        self._track("2026-03-02 03:00:01", self.env.ref("base.public_partner"))
        self._forget_when(self.order, "2026-03-20 01:00:00")
        self.env["purchase.order"]._fill_missing_acknowledgements()
        self.assertAlmostEqual(self._facts().response_hours, 2, places=2)


@tagged("post_install", "-at_install")
class TestResponsePortal(ResponseCommon, HttpCase):
    """The link in the mail, and the portal."""

    def _hours(self):
        """Hours from the question to what was done now."""
        now = datetime.now()
        [fact] = self._facts(cutoff=datetime(2036, 1, 1))
        self.assertTrue(fact.answered)
        self.assertLess(abs((now - fact.answered).total_seconds()), 300)

    def test_link_in_the_mail(self):
        self.url_open(self.order.get_acknowledge_url())
        self.assertTrue(self.order.acknowledged)
        self._hours()

    def test_date_in_the_portal(self):
        line = self.order.order_line
        self.make_jsonrpc_request(
            f"/my/purchase/{self.order.id}/update",
            {"access_token": self.order._portal_ensure_token(), line.id: "2026-03-25"},
        )
        self.assertEqual(str(line.date_planned.date()), "2026-03-25")
        self._hours()

    def test_portal_user(self):
        user = self._create_user("vendor_link", "base.group_portal")
        user.partner_id.parent_id = self.supplier
        self.order.message_subscribe(user.partner_id.ids)
        self.authenticate("vendor_link", "vendor_link")
        self.url_open(f"/my/purchase/{self.order.id}?acknowledge=True")
        self._hours()
