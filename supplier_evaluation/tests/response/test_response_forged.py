from datetime import datetime

from freezegun import freeze_time

from odoo.tests import HttpCase, new_test_user, tagged

from ..common import BUYER, MANAGER
from .common import ASKED, ResponseCommon

LATER = "2026-03-02 05:00:00"


@tagged("post_install", "-at_install")
class TestResponseForged(ResponseCommon):
    """Who answers in the supplier's name has not made the supplier answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("forged_manager", MANAGER)

    def _post(self, user, document=None, **vals):
        """Write in the supplier's name, as any client may."""
        vals = {"message_type": "email", "author_id": self.supplier.id, **vals}
        return self._write(self._as(document or self.order, user), LATER, vals)

    def _assert_silent(self):
        self.assertAnsweredAfter(None)
        self.assertEqual(self._value("response_rate"), 0)
        self.assertIsNone(self._value("response_time"))

    # ------------------------------------------------------------
    # What is no answer
    # ------------------------------------------------------------

    def test_buyer_writes_as_the_supplier(self):
        contact = self._create_contact("Jo", email="jo@vendor.example")
        answer = "supplier_evaluation.mt_order_answer"
        for name, vals in {
            "supplier": {},
            "contact": {"author_id": contact.id},
            "address": {"author_id": False, "email_from": "sales@vendor.example"},
            "its domain": {"author_id": False, "email_from": "al@vendor.example"},
            # Left out in doubt would be as good as an answer.
            "stranger": {"author_id": False, "email_from": "al@else.example"},
            "comment": {"message_type": "comment"},
            "subtype": {"subtype_xmlid": answer, "message_type": "notification"},
            "own subtype": {
                "subtype_xmlid": answer,
                "author_id": self.manager.partner_id.id,
            },
        }.items():
            for user in (self.buyer, self.manager):
                with (
                    self.subTest(name, user=user.login),
                    self.env.cr.savepoint() as savepoint,
                ):
                    self._post(user, **vals)
                    self._assert_silent()
                    savepoint.rollback()

    def test_buyer_writes_elsewhere_about_the_order(self):
        """On a receipt or a complaint, where answers count as well."""
        incident = self._incident("Cracked", order_id=self.order.id)
        self._post(self.buyer, incident)
        picking = self.order.picking_ids
        worker = new_test_user(self.env, "worker", f"{BUYER},stock.group_stock_user")
        worker.write({"company_ids": [(4, self.company.id)]})
        self._post(worker, picking)
        self._assert_silent()

    def test_message_made_without_posting(self):
        with freeze_time(LATER):
            self._as(self.env["mail.message"], self.buyer).create(
                {
                    "model": "purchase.order",
                    "res_id": self.order.id,
                    "author_id": self.supplier.id,
                    "email_from": "sales@vendor.example",
                    "message_type": "email",
                    "subtype_id": self.env.ref("mail.mt_comment").id,
                    "body": "OK",
                }
            )
        self._assert_silent()

    def test_author_of_an_own_message_is_changed(self):
        own = self._post(self.buyer, author_id=self.buyer.partner_id.id)
        self._as(own, self.buyer).author_id = self.supplier
        self._assert_silent()

    def test_buyer_confirms_again(self):
        """The first click is noted on the order; the next one is only told there."""
        with freeze_time("2026-03-02 00:30:00"):
            self.order.action_acknowledge()
        with freeze_time(LATER):
            self._as(self.order, self.buyer).action_acknowledge()
        self._assert_silent()

    # ------------------------------------------------------------
    # What is one
    # ------------------------------------------------------------

    def test_mail_whoever_fetches_it(self):
        """Odoo writes what comes by mail as its superuser."""
        groups = f"base.group_system,{MANAGER}"
        administrator = self._create_user("forged_administrator", groups)
        for fetcher in (self.env.user, administrator, self.buyer):
            for sender in ("sales@vendor.example", "al@vendor.example"):
                with (
                    self.subTest(fetcher=fetcher.login, sender=sender),
                    self.env.cr.savepoint() as savepoint,
                ):
                    self._mail(sender, fetcher=fetcher)
                    self.assertAnsweredAfter(4)
                    savepoint.rollback()

    def test_mail_after_a_forged_answer(self):
        self._post(self.buyer)
        self._mail("sales@vendor.example", hours=6)
        self.assertAnsweredAfter(6)

    def test_portal_user_writes(self):
        user = new_test_user(self.env, "vendor_writes", "base.group_portal")
        user.partner_id.parent_id = self.supplier
        self._write(
            self.order.with_user(user).sudo(),
            LATER,
            {"author_id": user.partner_id.id},
        )
        self.assertAnsweredAfter(4)

    def test_visitor_with_the_link_confirms_again(self):
        with freeze_time("2026-03-02 00:30:00"):
            self.order.action_acknowledge()
        public = self.env.ref("base.public_user")
        with freeze_time(LATER):
            self.order.with_user(public).sudo().action_acknowledge()
        self.assertAnsweredAfter(4)

    def test_employee_of_a_supplier_of_our_group(self):
        """People of a sister company use the same Odoo, and speak for themselves."""
        sister = new_test_user(self.env, "sister", BUYER)
        sister.partner_id.parent_id = self.supplier
        sister.write({"company_ids": [(4, self.company.id)]})
        self._post(sister, author_id=sister.partner_id.id, message_type="comment")
        self.assertAnsweredAfter(4)

    def test_question_in_the_name_of_a_colleague(self):
        """It was asked, whoever of us typed it."""
        order = self._order(1, 5, "2026-03-20").order_id
        self._write(
            self._as(order, self.manager),
            ASKED,
            {
                "author_id": self.buyer.partner_id.id,
                "partner_ids": self.supplier.ids,
            },
        )
        self.assertEqual(self._facts().order_id, self.order | order)


@tagged("post_install", "-at_install")
class TestResponseForgedOverHttp(ResponseCommon, HttpCase):
    """The same from outside."""

    def _answered(self):
        return self._facts(cutoff=datetime(2036, 1, 1)).mapped("answered")

    def test_client_of_the_buyer_and_link_of_the_supplier(self):
        with freeze_time("2026-03-02 00:30:00"):
            self.order.action_acknowledge()
        self.authenticate(self.buyer.login, self.buyer.login)
        vals = {
            "body": "OK",
            "author_id": self.supplier.id,
            "subtype_xmlid": "supplier_evaluation.mt_order_answer",
        }
        self.make_jsonrpc_request(
            "/web/dataset/call_kw/purchase.order/message_post",
            {
                "model": "purchase.order",
                "method": "message_post",
                "args": [self.order.ids],
                "kwargs": vals,
            },
        )
        self.assertEqual(self.order.message_ids[0].author_id, self.supplier)
        self.assertEqual(self._answered(), [False])
        self.authenticate(None, None)
        self.url_open(self.order.get_acknowledge_url())
        self.assertTrue(all(self._answered()))
