from odoo.tests import tagged

from ..delivery.common import GoldenSetCommon
from ..fact.common import CatalogueCommon


@tagged("post_install", "-at_install")
class TestGoldenQuality(CatalogueCommon, GoldenSetCommon):
    """Quality of the delivery reference set: a real return, and real incidents."""

    def test_return_rate(self):
        measure = self._measure("return_rate")
        self.assertAlmostEqual(measure.value, 1.8072, 4)
        self.assertAlmostEqual(measure.numerator, 120)
        self.assertAlmostEqual(measure.denominator, 6640)
        self.assertEqual(measure.n, 12)  # L2 came twice, L3 never; and the return

    def test_defects_of_the_return(self):
        """12 of the 30 of L7 went back: 300 · 0.4 of 6640."""
        measure = self._measure("defect_ppm")
        self.assertAlmostEqual(measure.value, 1e6 * 120 / 6640, 4)
        self.assertAlmostEqual(
            self._value("defect_ppm", weighting="line"), 1e6 * 0.4 / 11, 4
        )
        self.assertAlmostEqual(self._value("lot_acceptance"), 100 * 10 / 11, 4)
        self.assertEqual(self._value("complaint_rate"), 0)

    def test_each_defective_unit_counts_once(self):
        """An incident about units that went back adds none; 5 more of L1 do."""
        returned = self.lines["L7"]
        self._incident("Cracked", purchase_line_id=returned.id, quantity=12)
        self.assertAlmostEqual(self._value("defect_ppm"), 1e6 * 120 / 6640, 4)
        self._incident("Bent", purchase_line_id=self.lines["L1"].id, quantity=5)
        self.assertAlmostEqual(self._value("defect_ppm"), 1e6 * 170 / 6640, 4)
        self.assertAlmostEqual(self._value("lot_acceptance"), 100 * 9 / 11, 4)
        self.assertAlmostEqual(self._value("complaint_rate"), 100 * 2 / 11, 4)

    def test_incidents_that_do_not_count(self):
        line = self.lines["L1"]
        about = {"purchase_line_id": line.id, "quantity": 5}
        cancelled = self._incident("Mistaken", **about)
        cancelled.state = "cancelled"
        self._incident("Our forklift", responsibility="us", **about)
        self._incident("Not decided", responsibility="open", **about)
        self._incident("Papers", incident_type="documents", **about)
        self._incident("Next month", opened="2026-04-02", **about)
        self.assertEqual(self._value("complaint_rate"), 0)
        # What is known by the cut-off of the receipts of the period counts.
        self.assertAlmostEqual(self._value("defect_ppm"), 1e6 * 170 / 6640, 4)
        facts = self.env["supplier.receipt.fact"]._with_fact_scope(
            self._scope(aspect="complaints")
        )
        reasons = facts.search([("kind", "=", "incident")]).mapped("exclusion")
        self.assertEqual(
            sorted(reasons), ["cancelled", "responsibility", "responsibility"]
        )
