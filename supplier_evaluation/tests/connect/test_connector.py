from functools import partial
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...feeds.mapping import Rule, checksum, mapped
from ...transport import Settings
from ..outbox.server import Reply
from .common import CRON, MESSAGE, READING, ConnectCommon

FIVE = [f"Feed Supplier {number}" for number in range(1, 6)]


@tagged("post_install", "-at_install")
class TestConnector(ConnectCommon):
    """Whatever the other system does, nothing is lost and nothing comes twice."""

    def test_paging(self):
        run = self._run(self._connector())
        self.assertEqual(self._taken(), FIVE)
        self.assertEqual((run.state, run.page_count), ("done", 3))
        self.assertEqual((run.record_count, run.created_count), (5, 5))
        self.assertEqual(self.server.asked[0].headers["authorization"], "Bearer K3Y")

    def test_company_in_the_archive(self):
        connector = self._connector()
        connector.action_run()
        self._close_company()
        self._trigger(CRON)
        self.assertFalse(connector.run_ids)
        self.assertFalse(self.server.asked)

    def test_the_same_feed_twice(self):
        connector = self._connector()
        first, again = self._run(connector), self._run(connector)
        self.assertEqual(again.unchanged_count, 5)
        self.assertEqual(first.checksum, again.checksum)
        self.assertEqual(self._taken(), FIVE)

    def test_what_passes_is_tried_again(self):
        busy = Reply(status=429, Retry_After="0")
        self.before = [busy, Reply(status=500), Reply(status=503)]
        self.assertEqual(self._run(self._connector()).created_count, 5)

    def test_what_stays_ends_the_run(self):
        huge = Reply(b"[]", Content_Length="30000000")
        for replies, reason in (
            ([Reply(status=500)] * 4, "error of its own"),
            ([Reply(status=429, Retry_After="9999")], "takes no more"),
            ([Reply(status=401)] * 2, "refuses our credentials"),
            ([Reply("{")], "no JSON"),
            ([Reply({"data": {}})], "has no"),
            ([huge], "larger than"),
            ([Reply(status=302, Location="http://other.example/")], "another place"),
        ):
            with self.subTest(reason=reason):
                self.before = list(replies)
                connector = self._connector()
                run = self._run(connector, fails=reason)
                self.assertEqual(run.state, "failed")
                self.assertIn(reason, run.reason)
                self.assertTrue(run.mend)
                self.assertNotIn("K3Y", f"{run.reason}{run.problem_values}")
                self.assertFalse(self._taken())
                connector.active = False

    def test_time_out(self):
        self.before = [Reply(delay=0.5)] * 4
        impatient = partial(Settings, pause=0, read=0.1)
        with patch(f"{READING}.Settings", impatient):
            self._run(self._connector(), fails="did not answer in time")

    def test_private_address(self):
        connector = self._connector(allow_private=False)
        self._run(connector, fails="inside our own network")
        self.assertFalse(self.server.asked)

    def test_goes_on_where_it_ended(self):
        connector = self._connector()
        system = self._system

        def breaks(asked):
            return Reply("{") if asked.query["page"] == "2" else system(asked)

        with patch.object(self, "_system", breaks):
            self._run(connector, fails="no JSON")
        self.assertEqual(self._taken(), FIVE[:2])
        rows = [{"id": str(n), "name": FIVE[n - 1]} for n in (1, 2)]
        self.assertEqual(connector.cursor, {"page": 2, "seen": checksum(rows)})
        run = self._run(connector)
        self.assertEqual(run.created_count, 3)
        self.assertEqual(self._taken(), FIVE)
        self.assertFalse(connector.cursor)

    def test_killed_in_the_middle(self):
        """After a page was taken, and before it was remembered."""
        connector = self._connector()
        self._run_killed(connector)
        self.assertEqual(self._taken(), FIVE[:2])
        run = self._run(connector)
        self.assertEqual(self._taken(), FIVE)
        self.assertEqual(len(connector.run_ids), 1)
        self.assertEqual((run.created_count, run.record_count), (5, 5))

    def test_one_does_not_stop_another(self):
        bad = self._connector(name="Bad", allow_private=False)
        good = self._connector()
        bad.action_run()
        self._run(good, fails="inside our own network")
        self.assertEqual(self._taken(), FIVE)

    def test_a_cursor_that_is_not_known_any_more(self):
        """A page token of yesterday: all is read anew."""
        connector, system = self._connector(), self._system
        connector._write_guarded({"cursor": {"page": 2}})

        def refuse(asked):
            return system(asked) if asked.query["page"] != "2" else Reply(status=400)

        with patch.object(self, "_system", refuse):
            self._run(connector, fails="refuses the request")
        self.assertFalse(connector.cursor)
        self.assertEqual(self._run(connector).created_count, 5)

    # ------------------------------------------------------------
    # Refused records
    # ------------------------------------------------------------

    def test_refused_records(self):
        rows = [{"id": "1", "name": "Feed Supplier 1"}, {"id": "2", "title": "T"}]
        with patch.object(self, "_system", lambda asked: Reply({"data": rows})):
            connector = self._connector(page_size=10)
            run = self._run(connector)
            self.assertEqual((run.created_count, run.refused_count), (1, 1))
            self._run(connector)
        letter = connector.letter_ids
        self.assertEqual((letter.external_id, letter.tries), ("2", 2))
        self.assertIn("name", letter.reason)
        self.assertTrue(letter.mend)
        letter.with_user(self.people["manager"]).action_retry()
        self.assertEqual((letter.state, letter.tries), ("open", 3))
        connector.field_ids[1].path = "title"
        letter.with_user(self.people["manager"]).action_retry()
        self.assertEqual(letter.state, "solved")
        self.assertTrue(self.env["res.partner"].search([("name", "=", "T")]))

    def _giving(self, rows):
        """In this block the system has these rows, in one page."""
        return patch.object(self, "_system", lambda asked: Reply({"data": rows}))

    def test_what_is_newer_is_not_overwritten(self):
        """A record was refused, came again mended, and changed since."""
        old, new = {"id": "1", "t": "Old"}, {"id": "1", "name": "Feed Supplier New"}
        connector, states = self._connector(page_size=10), []
        for row in (old, new, old, new):
            with self._giving([row]):
                self._run(connector)
            letter = connector.letter_ids
            states.append((letter.state, letter.tries))
        # Refused once more, it is to be seen once more.
        self.assertEqual(
            states, [("open", 1), ("solved", 1), ("open", 2), ("solved", 2)]
        )
        connector.field_ids[1].path = "t"
        letter.with_user(self.people["manager"]).action_retry()
        self.assertEqual(self._taken(), ["Feed Supplier New"])

    def test_what_came_by_another_way_is_not_overwritten(self):
        """The system sent it itself since, in a file for instance."""
        connector = self._connector(page_size=10)
        with self._giving([{"id": "1", "t": "Old"}]):
            self._run(connector)
        letter = connector.letter_ids
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE supplier_connector_letter SET write_date = %s WHERE id = %s",
            ["2026-01-01", letter.id],
        )
        self.env.invalidate_all()
        messages = self.env["supplier.exchange.message"]
        record = {"kind": "supplier", "id": "1", "name": "Feed Supplier New"}
        message = {"contract": messages._contract(), "id": "m", "records": [record]}
        messages.take(self.source, message)
        connector.field_ids[1].path = "t"
        letter.with_user(self.people["manager"]).action_retry()
        self.assertEqual(letter.state, "solved")
        self.assertEqual(self._taken(), ["Feed Supplier New"])

    def test_refused_and_taken_in_one_page(self):
        """The last row of a record is its last word."""
        bad, good = {"id": "1", "t": "x"}, {"id": "1", "name": "Feed Supplier 1"}
        for rows, count in (([bad, good], 0), ([good, bad], 1)):
            with self._giving(rows):
                connector = self._connector(page_size=10)
                self._run(connector)
            self.assertEqual(connector.letter_count, count)
            connector.active = False

    def test_letters_are_tried_in_their_order(self):
        connector = self._connector(page_size=10)
        for name in ("One", "Two"):
            rows = [{"id": "1", "t": f"Feed Supplier {name}"}]
            with self._giving(rows):
                self._run(connector)
        old, new = connector.letter_ids.sorted("id")
        connector.field_ids[1].path = "t"
        old.with_user(self.people["manager"]).action_retry()
        self.assertEqual((old.state, new.state), ("solved", "open"))
        old._write_guarded({"state": "open"})
        letters = (old | new).with_user(self.people["manager"])
        letters.sorted("id", reverse=True).action_retry()
        self.assertEqual(self._taken(), ["Feed Supplier Two"])
        self.assertEqual((old.state, new.state), ("solved", "solved"))

    def test_more_rows_than_a_message_takes_at_once(self):
        rows = [{"id": str(n), "name": f"Feed Supplier {n}"} for n in range(1, 6)]
        rows.append({"id": "6"})
        with (
            self._giving(rows),
            patch(f"{READING}.LONG", 2),
            patch(f"{MESSAGE}.LONG", 2),
        ):
            connector = self._connector(page_size=10)
            run = self._run(connector)
        self.assertEqual((run.created_count, run.refused_count), (5, 1))
        self.assertEqual(run.record_count, 6)
        self.assertEqual(connector.letter_ids.external_id, "6")
        self.assertEqual(self._taken(), FIVE)

    def test_what_waits_is_not_solved(self):
        with self._giving([{"id": "2"}]):
            connector = self._connector(page_size=10)
            self._run(connector)
            self.env["supplier.exchange.message"].create(
                {
                    "name": "before",
                    "source_id": self.source.id,
                    "company_id": self.company.id,
                    "user_id": self.people["manager"].id,
                }
            )
            self._run(connector)
        letter = connector.letter_ids
        self.assertEqual((letter.state, letter.tries), ("open", 1))

    def test_give_up(self):
        rows = [{"id": "2"}]
        with patch.object(self, "_system", lambda asked: Reply({"data": rows})):
            connector = self._connector(page_size=10)
            self._run(connector)
        connector.letter_ids.with_user(self.people["manager"]).action_drop()
        self.assertEqual(connector.letter_ids.state, "dropped")
        self.assertEqual(connector.letter_count, 0)

    # ------------------------------------------------------------
    # Settings
    # ------------------------------------------------------------

    def test_mapping(self):
        rules = (
            Rule("id", "a.0.b"),
            Rule("type", "litigation", "text"),
            Rule("date", "ms", "milliseconds"),
            Rule("date_end", "d", "day"),
            Rule("title", "none"),
        )
        row = {"a": [{"b": 7}], "ms": 1_700_000_000_000, "d": "2026/03/01 08:00"}
        self.assertEqual(
            mapped(row, "risk_signal", rules, "Asia/Shanghai"),
            {
                "kind": "risk_signal",
                "id": 7,
                "type": "litigation",
                "date": "2023-11-15",
                "date_end": "2026-03-01",
            },
        )

    def test_moments_are_days_of_a_time_zone(self):
        row, rule = {"ms": 1_700_000_000_000}, (Rule("date", "ms", "milliseconds"),)
        for tz, day in (
            ("UTC", "2023-11-14"),
            ("America/New_York", "2023-11-14"),
            ("Europe/Berlin", "2023-11-14"),
            ("Asia/Shanghai", "2023-11-15"),
        ):
            self.assertEqual(mapped(row, "risk_signal", rule, tz)["date"], day)
        # The last moment there is has no day further east.
        last = {"ms": 253_402_300_799_000}
        record = mapped(last, "risk_signal", rule, "Asia/Shanghai")
        self.assertEqual(record["date"], str(last["ms"]))

    def test_time_zone(self):
        self.company.partner_id.tz = "America/New_York"
        connector = self._connector()
        self.assertEqual(connector.tz, "America/New_York")
        for preset in ("fxiaoke", "jiandaoyun", "tianyancha"):
            connector.preset = preset
            self.assertEqual(connector.tz, "Asia/Shanghai")
        connector.tz = "Europe/Berlin"
        self.assertEqual(connector.tz, "Europe/Berlin")
        connector.preset = "zoho"
        self.assertEqual(connector.tz, "America/New_York")

    def test_settings(self):
        with self.assertRefused("no field of", ValidationError):
            self._connector(fields=[("nonsense", "x")])
        with self.assertRefused("where “name” is", ValidationError):
            self._connector(fields=[("name", "")])
        with self.assertRaises(ValidationError):
            self._connector(url="ftp://x.example")
