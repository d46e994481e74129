from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from odoo.exceptions import LockError
from odoo.sql_db import db_connect
from odoo.tests import tagged

from ..common import ThreeSuppliersCommon

MARCH = (date(2026, 3, 1), date(2026, 3, 31))


@tagged("post_install", "-at_install")
class TestClaim(ThreeSuppliersCommon):
    """One worker at a time; ``./dev test resilience`` has the real processes."""

    def _vals(self):
        return {
            "template_id": self.template.id,
            "company_id": self.company.id,
            "date_from": MARCH[0],
            "date_to": MARCH[1],
        }

    @contextmanager
    def _claimed_elsewhere(self, name):
        """Another session has claimed a name."""
        with db_connect(self.env.cr.dbname).cursor() as other:
            other.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                [f"supplier.evaluation {name}"],
            )
            yield

    @contextmanager
    def _locked_elsewhere(self):
        """Another worker has the evaluations."""
        with patch.object(
            type(self.env["supplier.evaluation"]),
            "try_lock_for_update",
            lambda self, **kw: self.browse(),
        ):
            yield

    def test_period_that_is_being_made(self):
        """The database would let us wait for the end of the other."""
        runs = self.env["supplier.evaluation"]
        [name] = runs._period_names([self._vals()])
        with self._claimed_elsewhere(name):
            with self.assertRefused("is being evaluated right now", LockError):
                runs.create(self._vals())
            runs.create({**self._vals(), "date_from": "2026-03-02"})
        self.assertTrue(runs.create(self._vals()))

    def test_name_of_a_period(self):
        """As a form, a file and the scheduled action say it."""
        runs = self.env["supplier.evaluation"].with_company(self.company)
        days = {"date_from": "2026-03-01", "date_to": "2026-03-31"}
        vals = {key: val for key, val in self._vals().items() if key != "company_id"}
        names = runs._period_names([self._vals(), {**vals, **days}])
        self.assertEqual(len(names), 2)
        self.assertEqual(len(set(names)), 1)
        self.assertFalse(runs._period_names([{"template_id": self.template.id}]))

    def test_series_of_another_worker(self):
        """A trend is that to the period before, which the other has in hand."""
        runs = self.env["supplier.evaluation"]
        name = f"series {self.template.id} {self.company.id}"
        with self._claimed_elsewhere(name), self.assertRaises(LockError):
            runs._evaluate_period(self.template, self.company, *MARCH)
        self.assertTrue(runs._evaluate_period(self.template, self.company, *MARCH))

    def test_what_another_worker_has(self):
        evaluation = self._evaluate()
        for change in (
            evaluation.action_compute,
            evaluation.action_publish,
            evaluation.unlink,
            lambda: evaluation.write({"date_from": "2026-03-02"}),
        ):
            with (
                self._locked_elsewhere(),
                self.assertRefused("is being computed or published", LockError),
            ):
                change()
        self.assertEqual(evaluation.state, "computed")
        self.assertEqual(evaluation.scorecard_count, 3)
        evaluation.action_compute()
        evaluation.action_publish()
        self.assertEqual(evaluation.state, "published")

    def test_preview_of_another_worker(self):
        with self._locked_elsewhere(), self.assertRaises(LockError):
            self.template.action_look_at_running()
