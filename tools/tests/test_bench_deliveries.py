"""Forecasts on a file: what is read of it, how it is judged and told."""

import tempfile
import unittest
from datetime import date, timedelta
from pathlib import Path

from tools.bench.deliveries import reader, run
from tools.console import Failure

THEIRS = """Vendor,Fulfill Via,PO Sent to Vendor Date,Scheduled Delivery Date,\
Delivered to Client Date,Item Description,Product Group
Ajax,Direct Drop,11/13/06,02-Jan-07,05-Jan-07,Bolt,Metal
Ajax,Direct Drop,2012-01-06,02-Jan-07,02-Jan-07,Bolt,Metal
Ajax,Direct Drop,Date Not Captured,02-Jan-07,soon,Bolt,Metal
SCMS from RDC,From RDC,11/13/06,02-Jan-07,02-Jan-07,Bolt,Metal
"""


class TestDeliveries(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "deliveries.csv"

    def test_scms(self):
        """Only what a vendor delivered, and no day that a spreadsheet made up."""
        self.file.write_text(THEIRS, encoding="utf-8-sig")
        day = date(2007, 1, 2)
        self.assertEqual(
            reader.read(self.file),
            [
                reader.Row(
                    "Ajax", "Bolt", "Metal", day, date(2007, 1, 5), date(2006, 11, 13)
                ),
                reader.Row("Ajax", "Bolt", "Metal", day, day, None),
            ],
        )

    def test_what_cannot_be_read_is_told(self):
        with self.assertRaisesRegex(Failure, "cannot be read"):
            reader.read(self.file)
        self.file.write_text("supplier,promised\nAjax,2026-01-01\n")
        with self.assertRaisesRegex(Failure, "no column received"):
            reader.read(self.file)
        self.file.write_text("supplier,promised,received\nAjax,2026-01-01,soon\n")
        with self.assertRaisesRegex(Failure, "No line"):
            reader.read(self.file)

    def test_too_few_are_refused(self):
        self.file.write_text("supplier,promised,received\nAjax,2026-01-01,2026-01-01\n")
        with self.assertRaisesRegex(Failure, "too few"):
            run.run(self.file)

    def test_figures_and_verdict(self):
        """One supplier is always late, one never, and the forecast learns it."""
        rows = ["supplier,product,category,ordered,promised,received"]
        for number in range(400):
            promised = date(2024, 1, 1) + timedelta(days=number)
            late = 3 * (number % 2)
            rows.append(
                f"{'BA'[number % 2]},p,c,,{promised},{promised + timedelta(days=late)}"
            )
        self.file.write_text("\n".join(rows))
        figures = run.run(self.file)
        tried = figures["forecasts"]
        self.assertEqual((tried["deliveries"], tried["suppliers"]), (400, 2))
        counts = [tried[part]["scores"]["ours"]["count"] for part in ("first", "rest")]
        self.assertEqual(sum(counts), 400 - 61)
        ours, own, overall = (
            tried["rest"]["scores"][name]["brier"] for name in run.NAMES
        )
        self.assertEqual(own, 0)
        self.assertLess(ours, 0.01)
        self.assertGreater(overall, 0.2)
        # Who never errs is not beaten.
        met = [is_met for _target, _measured, is_met in run.targets(figures)]
        self.assertEqual(met, [False, True])
        self.assertFalse(run.is_met(figures))
        told = run.table(figures)
        self.assertIn("MISS  forecasts: Brier score below that of the supplier's", told)
        self.assertIn("half-life chosen", told)
