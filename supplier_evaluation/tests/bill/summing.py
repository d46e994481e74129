"""What bills and payments say with sums and without, in all ways of asking."""

from dataclasses import replace
from datetime import date, datetime

from ..fact import sums
from .common import BillCommon

MODELS = ("supplier.bill.fact", "supplier.payment.fact")
WHOLE_YEAR = {"date_from": date(2026, 1, 1), "date_to": date(2026, 12, 31)}


class BillSumsCommon(BillCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.changes = cls.env["supplier.fact.change"]

    def _questions(self, model, cutoffs):
        """As evaluations ask, and who opens the records of one, and an analysis.

        :param cutoffs: days; looked at is what had happened before they ended
        """
        for day in cutoffs:
            cutoff = datetime(2026, *day, 16)
            march = self._scope(cutoff=cutoff)
            yield march, None
            yield self._scope(cutoff=cutoff, **WHOLE_YEAR), None
            for aspect in self.env[model]._fact_aspects:
                yield replace(march, aspect=aspect, weighting="line"), self.supplier
        yield None, None

    def _rows(self, rows, *cutoffs):
        return {
            (model, *question): rows(self.env, model, *question)
            for model in MODELS
            for question in self._questions(model, cutoffs)
        }

    def _assert_same(self, *cutoffs):
        """What sums say is what the live query says."""
        self._assert_says(self._rows(sums.live_rows, *cutoffs), *cutoffs)

    def _assert_says(self, live, *cutoffs):
        for question, got in self._rows(sums.rows, *cutoffs).items():
            found = sums.differing(question[0], live[question], got)
            self.assertEqual(found, [], question)

    def _pending_bills(self):
        self.env.flush_all()
        return self.changes._pending().bills

    def _assert_noted(self, bills):
        self.assertEqual(self._pending_bills(), sorted(bills.ids))

    @classmethod
    def _credit(cls, bill, quantity, price, day, **vals):
        """A refund of a part of a bill."""
        line = bill.invoice_line_ids.purchase_line_id[:1]
        return cls._bill(
            line,
            quantity,
            price,
            day,
            move_type="in_refund",
            reversed_entry_id=bill.id,
            **vals,
        )
