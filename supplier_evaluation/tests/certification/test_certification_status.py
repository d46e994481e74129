from datetime import date
from itertools import combinations_with_replacement, product

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ...models.certification.status import (
    PRECEDENCE,
    SCORES,
    STATES,
    STATUSES,
    precedence_sql,
    prevailing_status,
    score_sql,
    status_on,
    status_sql,
)

DAY = date(2026, 3, 20)
BEFORE, AFTER = date(2026, 3, 19), date(2026, 3, 21)
# From when to when, and whether what was granted is in force then.
PERIODS = {
    (False, False): "none",
    (BEFORE, False): "none",
    (False, AFTER): "none",
    (BEFORE, BEFORE): "expired",
    (BEFORE, DAY): "in force",
    (DAY, DAY): "in force",
    (DAY, AFTER): "in force",
    (BEFORE, AFTER): "in force",
    (AFTER, AFTER): "none",
}


@tagged("post_install", "-at_install")
class TestCertificationWords(TransactionCase):
    """What a certification says of its supplier, in Python and in SQL."""

    def test_every_status_has_a_label_and_a_place(self):
        self.assertEqual(sorted(PRECEDENCE), sorted(value for value, _ in STATUSES))
        self.assertEqual(len(PRECEDENCE), len(set(PRECEDENCE)))

    def test_what_is_granted_holds_from_its_first_day_to_its_last(self):
        for state in ("certified", "conditional"):
            for period, outcome in PERIODS.items():
                expected = state if outcome == "in force" else outcome
                with self.subTest(state=state, period=period):
                    self.assertEqual(status_on(DAY, state, *period), expected)

    def test_any_other_state_does_not_look_at_the_days(self):
        expected = {
            "draft": "none",
            "submitted": "in_progress",
            "review": "in_progress",
            "approval": "in_progress",
            "rejected": "rejected",
            "suspended": "suspended",
            "revoked": "revoked",
            "expired": "expired",
        }
        for (state, status), period in product(expected.items(), PERIODS):
            with self.subTest(state=state, period=period):
                self.assertEqual(status_on(DAY, state, *period), status)

    def test_an_application_lifts_no_loss(self):
        for lost in ("suspended", "revoked", "rejected", "expired"):
            self.assertEqual(prevailing_status(["in_progress", lost]), lost)
            self.assertEqual(prevailing_status([lost, "certified"]), "certified")
            self.assertEqual(prevailing_status([lost, "conditional"]), "conditional")
        self.assertEqual(prevailing_status(["none", "in_progress"]), "in_progress")
        self.assertEqual(prevailing_status(["rejected", "expired"]), "rejected")
        self.assertEqual(prevailing_status([]), "none")

    # ------------------------------------------------------------
    # SQL says the same
    # ------------------------------------------------------------

    def _select(self, expression, names, rows):
        """Evaluate an expression over rows of values."""
        values = SQL(", ").join(SQL("%s", row) for row in rows)
        return [
            value
            for (value,) in self.env.execute_query(
                SQL("SELECT %s FROM (VALUES %s) AS v (%s)", expression, values, names)
            )
        ]

    def test_status_in_sql(self):
        cases = [
            (state, *(day or None for day in period))
            for (state, _label), period in product(STATES, PERIODS)
        ]
        status = status_sql(
            SQL("%s::date", DAY),
            SQL("state::varchar"),
            SQL("date_from::date"),
            SQL("date_to::date"),
        )
        found = self._select(status, SQL("state, date_from, date_to"), cases)
        self.assertEqual(found, [status_on(DAY, *case) for case in cases])

    def test_precedence_in_sql(self):
        pairs = list(combinations_with_replacement(PRECEDENCE, 2))
        first = SQL(
            "CASE WHEN %s <= %s THEN one ELSE other END",
            precedence_sql(SQL("one")),
            precedence_sql(SQL("other")),
        )
        found = self._select(first, SQL("one, other"), pairs)
        self.assertEqual(found, [prevailing_status(pair) for pair in pairs])

    def test_score_in_sql(self):
        statuses = [(status,) for status in PRECEDENCE]
        found = self._select(score_sql(SQL("status")), SQL("status"), statuses)
        self.assertEqual(found, [SCORES.get(status, 0.0) for status in PRECEDENCE])
        self.assertEqual(found[:3], [100.0, 50.0, 0.0])
