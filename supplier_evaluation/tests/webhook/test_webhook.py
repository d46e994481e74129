import json
from contextlib import suppress
from datetime import timedelta
from itertools import chain
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...exchange.kinds import SENT
from ...models.webhook import collecting, supplier_outbox
from ...transport import Client
from ...transport.chats.webhook import sign
from ..outbox.common import CRON as SEND
from ..outbox.server import Reply
from .common import COLLECT, WebhookCommon


@tagged("post_install", "-at_install")
class TestWebhook(WebhookCommon):
    """What changes goes out by itself: all of it, in order, once."""

    def test_a_message_of_the_contract(self):
        [vendor] = self._vendors("Bolt Ltd")
        self._take(self._supplier("V-1", "Bolt Ltd"))
        self._go()
        [asked] = self.server.asked
        content = asked.json()
        self.assertEqual(content["contract"], self._contract())
        self.assertEqual(content["source"], "erp")
        [record] = content["records"]
        self.assertEqual((record["kind"], record["id"]), ("supplier", str(vendor.id)))
        self.assertEqual(asked.headers["idempotency-key"], content["id"])
        stamp = asked.headers["x-supplier-timestamp"]
        self.assertEqual(
            asked.headers["x-supplier-signature"], sign("S3CRET", stamp, asked.body)
        )
        self.assertEqual(self.feed.number, 1)

    def test_company_in_the_archive(self):
        self._vendors("Bolt Ltd")
        self._close_company()
        self._go()
        self.assertFalse(self.server.asked)
        self.assertFalse(self.feed.error, "nor does it fail every night")

    def test_the_same_is_not_told_again(self):
        """Pages overlap; and what is written may say the same."""
        [vendor] = self._vendors("Bolt Ltd")
        self._go()
        self._go()
        vendor.comment = "of no field of the contract"
        self._go()
        self.assertEqual(self._told(), [["Bolt Ltd"]])
        vendor.city = "Ulm"
        self._go()
        self.assertEqual(self._told(), [["Bolt Ltd"], ["Bolt Ltd"]])
        keys = {asked.headers["idempotency-key"] for asked in self.server.asked}
        self.assertEqual(len(keys), 2)

    def test_small_messages_in_order(self):
        names = [f"Works {number}" for number in range(7)]
        self._vendors(*names)
        with patch.object(collecting, "RECORDS", 3):
            self._go()
        self.assertEqual([len(told) for told in self._told()], [3, 3, 1])
        self.assertEqual(list(chain(*self._told())), names)

    def test_not_too_many_bytes(self):
        vendors = self._vendors(*[f"Works {number}" for number in range(6)])
        record = self._give_one(vendors[0])
        size = 2 * len(json.dumps(record).encode()) + 50
        with patch.object(collecting, "SIZE", size):
            self._go()
        self.assertEqual(len(list(chain(*self._told()))), 6)
        self.assertGreaterEqual(len(self._told()), 3)
        with patch.object(collecting, "SIZE", 10):
            vendors.write({"city": "Ulm"})
            self._go()
        self.assertEqual([len(told) for told in self._told()[-6:]], [1] * 6)

    def _give_one(self, vendor):
        page = self.Message.give(self._as(self.erp, self.manager), "supplier")
        [record] = [one for one in page["records"] if one["id"] == str(vendor.id)]
        return record

    def test_from_a_moment_on(self):
        vendors = self._vendors("Old Ltd", "New Ltd")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = '2020-01-01' WHERE id = %s",
            [vendors[0].id],
        )
        self._go()
        self.assertEqual(self._told(), [["New Ltd"]])
        self.feed.date_from = False
        self.feed.action_send_all()
        self._go()
        told = self._told()[-1]
        self.assertEqual(told.count("Old Ltd"), 1)
        self.assertEqual(told.count("New Ltd"), 1)

    def test_every_kind_goes_out(self):
        for kind in set(SENT) - {"supplier"}:
            self._feed(kind, date_from=False)
        self._go()
        self.assertFalse(self.hook.feed_ids.filtered("error"))

    def test_no_more_to_who_is_gone(self):
        """A system that is archived gets nothing, nor one of another company."""
        self._vendors("Bolt Ltd")
        self.erp.active = False
        self._go()
        self.assertFalse(self.server.asked)
        self.erp.write({"active": True, "company_id": self.other_company.id})
        self._trigger(COLLECT, fails="of the same company")
        self.assertFalse(self.hook.message_ids)
        self.assertIn("of the same company", self.feed.error)

    def test_off_waits(self):
        """A system that is switched off gets what happened when it is back."""
        self.hook.active = False
        self._vendors("Bolt Ltd")
        self._go()
        self.assertFalse(self.server.asked)
        self.hook.active = True
        self._go()
        self.assertEqual(self._told(), [["Bolt Ltd"]])

    def test_people_are_told_elsewhere(self):
        channels = self.env["supplier.outbox.channel"]
        self.assertNotIn(self.hook, channels._listening(self.company, "on_alert"))

    # ------------------------------------------------------------
    # Away, refused, killed
    # ------------------------------------------------------------

    def test_away_for_days(self):
        self.answers = [Reply(status=503)]
        moment = self.feed.date_from + timedelta(hours=1)
        self._vendors("Bolt Ltd")
        self._trigger(COLLECT)
        message = self.hook.message_ids
        for _hour in range(30):
            with freeze_time(moment):
                self._trigger(SEND)
            moment += timedelta(hours=1, minutes=2)
        self.assertEqual((message.state, message.tries), ("waiting", 30))
        self._vendors("Nut Ltd")
        self._trigger(COLLECT)
        self.answers = [Reply({})]
        with freeze_time(moment):
            self._trigger(SEND)
        self.assertEqual(self._told()[-2:], [["Bolt Ltd"], ["Nut Ltd"]])
        keys = {one.headers["idempotency-key"] for one in self.server.asked[:31]}
        self.assertEqual(len(keys), 1)

    def test_the_old_does_not_come_after_the_new(self):
        """What was refused is tried again without what was told since."""
        bolt, _nut = self._vendors("Bolt Ltd", "Nut Ltd")
        self._trigger(COLLECT)
        self.answers = [Reply(status=422), Reply({})]
        self._trigger(SEND, fails="refuses the request")
        dead = self.hook.message_ids
        self.assertEqual(dead.state, "dead")
        bolt.city = "Ulm"
        self._go()
        dead.with_user(self.manager).action_retry()
        self._trigger(SEND)
        self.assertEqual(dead.state, "sent")
        self.assertEqual(
            self._told(), [["Bolt Ltd", "Nut Ltd"], ["Bolt Ltd"], ["Nut Ltd"]]
        )

    def test_nothing_is_left_to_tell(self):
        """What was told since is not sent as a message without records."""
        [bolt] = self._vendors("Bolt Ltd")
        self._trigger(COLLECT)
        self.answers = [Reply(status=422), Reply({})]
        self._trigger(SEND, fails="refuses the request")
        dead = self.hook.message_ids
        bolt.city = "Ulm"
        self._go()
        dead.with_user(self.manager).action_retry()
        self._trigger(SEND)
        self.assertEqual(dead.state, "dropped")
        self.assertEqual(len(self.server.asked), 2)

    def test_whatever_is_answered(self):
        """A status below 400 says that it was taken."""
        self._vendors("Bolt Ltd")
        self.answers = [Reply(b"<html>" * 400_000, Content_Encoding="gzip")]
        self._go()
        self.assertEqual(self.hook.message_ids.state, "sent")

    def test_killed_while_it_is_collected(self):
        """Message, cursor and what was told are kept together or not at all."""
        self._vendors("Bolt Ltd")
        records = self.env["supplier.outbox.feed.record"]
        with (
            patch.object(type(records), "_note", side_effect=SystemExit),
            suppress(SystemExit),
            self.env.cr.savepoint(),
        ):
            self.feed._collect()
        self.env.invalidate_all()
        self.assertFalse(self.hook.message_ids)
        self.assertFalse(self.feed.cursor)
        self._go()
        self.assertEqual(self._told(), [["Bolt Ltd"]])

    def test_killed_while_it_is_sent(self):
        """It is sent again under the same key, by which it is taken once."""
        self._vendors("Bolt Ltd")
        self._trigger(COLLECT)
        request = Client.request

        def die(client, *args, **options):
            request(client, *args, **options)
            raise SystemExit

        with patch.object(Client, "request", die), suppress(SystemExit):
            self._trigger(SEND)
        self.env.invalidate_all()
        message = self.hook.message_ids
        self.assertEqual(message.state, "sending")
        with freeze_time(message.date_tried + timedelta(minutes=6)):
            self._trigger(SEND)
        first, second = self.server.asked
        self.assertEqual(first.body, second.body)
        self.assertFalse(message.maybe_twice)

    def test_private_address(self):
        self.hook.allow_private = False
        self._vendors("Bolt Ltd")
        self._trigger(COLLECT)
        self._trigger(SEND, fails="inside our own network")
        self.assertFalse(self.server.asked)

    def test_one_that_fails_stops_no_other(self):
        other = self._create_source("lake")
        gone = self._create_source("gone", user_id=self.env.user.id)
        bad = self.hook.copy(
            {"source_id": gone.id, "url": self.hook.url, "secret": "s"}
        )
        gone.user_id = self._leaver()
        self._feed("supplier", channel_id=bad.id)
        good = self.hook.copy(
            {"source_id": other.id, "url": self.hook.url, "secret": "s"}
        )
        self._feed("supplier", channel_id=good.id)
        self._vendors("Bolt Ltd")
        self._trigger(COLLECT, fails="no access any more")
        self.assertTrue(self.hook.message_ids)
        self.assertTrue(good.message_ids)
        self.assertFalse(bad.message_ids)
        self.assertIn("Choose somebody else", bad.feed_ids.error)
        gone.user_id = self.manager
        self._trigger(COLLECT)
        self.assertTrue(bad.message_ids)
        self.assertFalse(bad.feed_ids.error)

    def _leaver(self):
        user = self._create_user("webhook_leaver", "base.group_user")
        user.active = False
        return user

    def test_what_was_taken_long_ago_is_deleted(self):
        vendors = self._vendors("Bolt Ltd", "Nut Ltd")
        with patch.object(collecting, "RECORDS", 1):
            self._go()
        old, new = self.hook.message_ids.sorted("id")
        old._write_guarded({"date_sent": "2020-01-01 08:00:00"})
        with patch.object(supplier_outbox, "AT_ONCE", 1):
            done = self.env["supplier.outbox"]._gc_taken()
        self.assertEqual(done, (1, True))
        self.assertEqual(self.hook.message_ids, new)
        self._go()
        self.assertEqual(len(self.server.asked), len(vendors))

    # ------------------------------------------------------------
    # Settings
    # ------------------------------------------------------------

    def test_test_message(self):
        self.hook.with_user(self.manager).action_test()
        [asked] = self.server.asked
        self.assertEqual(asked.json()["records"], [])
        self.assertEqual(asked.json()["contract"], self._contract())
        self.assertNotIn("S3CRET", self.hook.preview)

    def test_what_is_needed(self):
        with self.assertRefused("has no secret", ValidationError):
            self.hook.secret = False
        other = self._create_source("far", company_id=self.other_company.id)
        with self.assertRefused("of the same company", ValidationError):
            self.hook.source_id = other
        with self.assertRefused("of the same company", ValidationError):
            self.hook.source_id = False

    def test_from_the_system(self):
        action = self.erp.with_user(self.manager).action_open_webhooks()
        self.assertEqual(action["display_name"], "Send by Webhook")
        self.assertEqual(action["domain"], [("source_id", "=", self.erp.id)])
        self.assertEqual(action["context"]["default_kind"], "exchange")

    def test_a_page_costs_the_same_however_long_it_is(self):
        self.env["supplier.outbox"].search([]).unlink()
        self._vendors("Bolt Ltd")
        self.feed._collect_page()
        self._vendors("Nut Ltd")
        self.env.flush_all()
        self.env.invalidate_all()
        one = self._queries()
        self._vendors(*[f"Works {number}" for number in range(50)])
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertLessEqual(self._queries(), one + 3)

    def _queries(self):
        before = self.env.cr.sql_log_count
        self.feed._collect_page()
        return self.env.cr.sql_log_count - before
