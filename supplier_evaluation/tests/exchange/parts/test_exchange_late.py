from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tools import mute_logger

from ....models.exchange import supplier_exchange_message
from ....models.exchange.kind import sending
from ...common import MANAGER
from ..common import ExchangeCommon

TAX = "DE129273398"


@tagged("post_install", "-at_install")
class TestExchangeLate(ExchangeCommon):
    """What comes late: the old after the new, and what was under way at a look."""

    def _incident(self, **values):
        record = {"kind": "incident", "id": "i", "title": "Rust", **values}
        return {**record, "date_opened": "2026-03-01T08:00:00Z"}

    def _twins(self):
        """Two suppliers of one name: a person is asked which one is meant."""
        vals = {"name": "Twin Ltd", "is_company": True, "supplier_rank": 1}
        return self.env["res.partner"].create([vals, {**vals, "vat": TAX}])

    def _question(self):
        return self._as(
            self.env["supplier.exchange.question"].search([("state", "=", "open")]),
            self.manager,
        )

    # ------------------------------------------------------------
    # In
    # ------------------------------------------------------------

    def test_a_message_that_failed_goes_on(self):
        """A later one told of one of its records, not of the other one."""
        with patch.object(supplier_exchange_message, "LONG", 1):
            message = self._take(
                self._supplier("1", "Bolt Ltd", city="Old"),
                self._supplier("2", "Nut Ltd", city="Only"),
            )
        message.sudo()._fail(ValueError("a bug"))
        bolt = self._partner(self._one(self._supplier("1", "Bolt Ltd", city="New")))
        message.action_go_on()
        message.sudo()._take_part(*message.sudo()._parts()[0], {})
        self.assertEqual(self._states(message), ["unchanged", "created"])
        old, only = message.result_ids.sorted("number")
        self.assertIn("A later message", old.note)
        self.assertEqual(bolt.city, "New")
        self.assertEqual(self._partner(only).city, "Only")

    def test_an_answer_to_a_question(self):
        _other, twin = self._twins()
        waiting = self._one(self._supplier("t", "Twin Ltd"))
        old = self._one(self._incident(supplier="t", cost=5))
        self.assertEqual((waiting.state, old.state), ("question", "question"))
        new = self._one(self._incident(supplier_tax_id=TAX, cost=9))
        self.assertEqual(new.state, "created", new.reason)
        question = self._question()
        question.partner_id = twin
        question.action_is_known()
        self.assertEqual(old.state, "unchanged")
        self.assertEqual(self.env["supplier.incident"].browse(new.res_id).cost, 9)

    def test_withdrawn_while_somebody_is_asked(self):
        self._twins()
        self._one(self._supplier("t", "Twin Ltd"))
        gone = self._one({"kind": "supplier", "id": "t", "deleted": True})
        self.assertEqual(gone.state, "unchanged")
        self._question().action_is_new()
        partners = self.env["res.partner"].with_context(active_test=False)
        self.assertEqual(partners.search_count([("name", "=", "Twin Ltd")]), 2)

    @mute_logger("odoo.sql_db")
    def test_a_rule_of_the_database_has_words(self):
        self._one(self._supplier("1", "Bolt Ltd"))
        result = self._one(
            {
                "kind": "document",
                "id": "d",
                "supplier": "1",
                "type": "iso_9001",
                "date_from": "2032-01-01",
                "date_to": "2031-01-01",
            }
        )
        self.assertEqual(result.state, "refused")
        self.assertIn("check its two dates", result.reason)
        self.assertIn("send the record again", result.mend)

    def test_an_index_that_another_tells_first(self):
        """The value of the system with the higher priority stays, and it is said."""
        self.env["product.category"].create({"name": "Steel of the test"})
        index = {"kind": "price_index", "id": "a", "index": "LME", "value": 5}
        index.update(month="2026-01-01", category="Steel of the test")
        ours = self._one(index)
        self.assertEqual(ours.state, "created", ours.reason)
        other = self._one({**index, "id": "b", "value": 9}, source=self.crm)
        record = self.env["supplier.price.index"].browse(ours.res_id)
        self.assertEqual((other.state, other.res_id), ("unchanged", record.id))
        self.assertIn("value (ERP goes first)", other.note)
        self.assertEqual((record.value, record.external_ref), (5, "a"))
        self.assertEqual(self._one({**index, "value": 6}).state, "updated")
        self.crm.priority = self.erp.priority
        again = self._one({**index, "id": "b", "value": 8}, source=self.crm)
        self.assertEqual((again.state, record.value), ("updated", 8))

    # ------------------------------------------------------------
    # Out
    # ------------------------------------------------------------

    def _aged(self, *ages):
        """Make suppliers that were written so many seconds ago."""
        now = self.env.cr.now().replace(microsecond=0)
        vendors = self.env["res.partner"].create(
            [
                {"name": f"Works {age}", "is_company": True, "supplier_rank": 1}
                for age in ages
            ]
        )
        self.env.flush_all()
        for vendor, age in zip(vendors, ages, strict=True):
            self.env.cr.execute(
                "UPDATE res_partner SET write_date = %s WHERE id = %s",
                [now - timedelta(seconds=age), vendor.id],
            )
        self.env.invalidate_all()
        return vendors

    def _give(self, cursor, limit=2):
        source = self._as(self.erp, self.manager)
        page = self.Message.give(source, "supplier", cursor, limit)
        return page, {record["id"] for record in page["records"]}

    def test_a_look_that_stops_between_pages(self):
        """What was under way at the first page is given, if the next comes later."""
        self.env["res.partner"].search([]).supplier_rank = 0
        late, *_others = self._aged(60, 59, 58, 57, 56)
        moment = (self.env.cr.now() - timedelta(hours=1)).isoformat()
        late.supplier_rank = 0  # as if nobody else saw it yet
        self._hide(late, 60)
        page, _got = self._give(f"{moment}~0")
        self.assertTrue(page["more"])
        late.supplier_rank = 1
        self._hide(late, 60)
        kinds = type(self.env["supplier.exchange.kind"])
        settled = self.env.cr.now() + timedelta(hours=1)
        got = set()
        with patch.object(kinds, "_settled", return_value=settled):
            while page["more"]:
                page, records = self._give(page["cursor"])
                got |= records
            self.assertNotIn(str(late.id), got)
            page, got = self._give(page["cursor"], 100)
            self.assertIn(str(late.id), got)
            # Then it is over: nothing comes again and again.
            self.assertFalse(self._give(page["cursor"])[1])

    def _hide(self, vendor, age):
        """Let a change of the test not be one of the record."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = %s WHERE id = %s",
            [self.env.cr.now() - timedelta(seconds=age), vendor.id],
        )
        self.env.invalidate_all()

    def test_who_ended_after_we_began_to_look(self):
        """Nobody knows how long that one took: so much is looked at once more."""
        kinds = self.env["supplier.exchange.kind.supplier"]
        with (
            db_connect(self.env.cr.dbname).cursor() as writer,
            db_connect(self.env.cr.dbname).cursor() as later,
            db_connect(self.env.cr.dbname).cursor() as looker,
        ):
            for one in (writer, later):
                one.execute("SELECT PG_CURRENT_XACT_ID()")
            later.commit()
            looker.execute("SELECT 1")
            mine = kinds.with_env(kinds.env(cr=looker))
            writer.commit()
            self.assertTrue(mine._has_one_ended())
            long_ago = fields.Datetime.now() - sending.LONGEST
            self.assertLessEqual(mine._settled(), long_ago)

    def test_contacts_of_who_supplies_only_now(self):
        """They did not change, and go out all the same."""
        [company] = self._aged(7200)
        company.supplier_rank = 0
        contact = self.env["res.partner"].create(
            {"name": "Ann", "parent_id": company.id}
        )
        self._hide(contact, 7200)
        cursor = f"{(self.env.cr.now() - timedelta(hours=1)).isoformat()}~0"
        source = self._as(self.erp, self.manager)
        self.assertFalse(self.Message.give(source, "contact", cursor)["records"])
        company.supplier_rank = 1
        page = self.Message.give(source, "contact", cursor)
        self.assertIn(str(contact.id), {one["id"] for one in page["records"]})

    def test_a_supplier_of_another_company_stops_no_other(self):
        """Whoever reads a record reads whose it is, though that be elsewhere now."""
        user = self._create_user("exchange_here_only", MANAGER)
        self.erp.user_id = user
        self._one(self._supplier("1", "Bolt Ltd"))
        self._one(self._supplier("2", "Nut Ltd"))
        vals = [{**self._incident(supplier=name), "id": name} for name in "12"]
        self._take(*vals)
        bolt = self.env["res.partner"].search([("name", "=", "Bolt Ltd")])
        bolt.company_id = self.other_company
        self.env.flush_all()
        self.env.invalidate_all()
        source = self._as(self.erp, user)
        messages = self._as(self.env["supplier.exchange.message"], user)
        page = messages.give(source, "incident")
        names = {record["supplier_name"] for record in page["records"]}
        self.assertEqual(names, {"Bolt Ltd", "Nut Ltd"})
