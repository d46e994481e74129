from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import SQL

from ..fact import sums
from .common import InspectionCommon

FACTS = "supplier.receipt.fact"


@tagged("post_install", "-at_install")
class TestInspectionFigures(InspectionCommon):
    """What was found bad counts once, live and by sums, and corrections change it."""

    def _figures(self, **scope):
        self.env.flush_all()
        self.env.invalidate_all()
        codes = ("pass_rate", "defect_ppm", "lot_acceptance")
        return tuple(
            found if (found := self._value(code, **scope)) is None else round(found, 2)
            for code in codes
        )

    def assertFigures(self, *expected, **scope):
        """Live, and then by sums."""
        self.assertEqual(self._figures(**scope), expected)
        self.env["supplier.fact.change"]._catch_up()
        self.assertEqual(self._figures(**scope), expected)
        differing = self.env["supplier.fact.change"]._differing(self.orders.ids)
        self.assertEqual(differing, set())

    def setUp(self):
        super().setUp()
        first = self._came(100)
        second = self._came(300, day="2026-03-12")
        self.inspections = first | second
        self.orders = self.inspections.move_id.purchase_line_id.order_id
        self.first, self.second = first, second
        sums.build(self.env)

    def test_figures(self):
        self.assertFigures(None, 0, 100)
        # 20 of 20 and 54 of 60 are good: 74 of 80 by worth; 6 of 300 are bad.
        self._check(self.first)
        self._check(self.second, bad=6, checked=60, day="2026-03-14")
        self.assertFigures(92.5, 15000, 50)
        self.assertFigures(95, 10000, 50, weighting="line")
        # Before somebody knew it, there was none.
        early = {"cutoff": "2026-03-13 04:00:00"}
        self.assertFigures(100, 0, 100, **early)
        self._complain()
        self._left_out()
        self._corrected()

    def _complain(self):
        """Each unit counts once; if it was not the supplier, not at all."""
        context = self.second.action_report_incident()["context"]
        with freeze_time("2026-03-15 04:00:00"):
            incident = self.env["supplier.incident"].with_context(**context).create({})
            incident.responsibility = "supplier"
        self.assertFigures(92.5, 15000, 50)
        incident.responsibility = "carrier"
        self.assertFigures(100, 0, 100)
        incident.action_cancel()
        self.assertFigures(92.5, 15000, 50)

    def _left_out(self):
        self.second._set_supplier_exclusion("manual", "Our gauge was broken")
        self.assertFigures(100, 0, 100)
        facts = self.env["supplier.inspection.fact"]._with_fact_scope(self._scope())
        self.assertEqual(
            facts.search([("id", "in", self.inspections.ids)]).mapped("exclusion"),
            ["manual", False],
        )
        self.second._set_supplier_exclusion(False, "It was not")
        self.assertFigures(92.5, 15000, 50)

    def _corrected(self):
        """The correction counts as if it had been known at once."""
        action = self._as(self.second, "approver").action_correct("Counted anew")
        better = self.second.browse(action["res_id"])
        self.assertFigures(92.5, 15000, 50)
        self._check(better, bad=3, checked=60, day="2026-05-20", user="approver")
        self.assertFigures(96.25, 7500, 50)
        facts = self.env["supplier.inspection.fact"]._with_fact_scope(self._scope())
        self.assertEqual(facts.browse(self.second.id).exclusion, "superseded")

    def test_another_system_knows_it_since_its_day(self):
        lot = (
            self.env["supplier.inspection"]
            ._unguarded()
            .create(
                {
                    "name": "Q-1",
                    "date": "2026-03-20",
                    "company_id": self.company.id,
                    "partner_id": self.supplier.id,
                    "product_id": self.product.id,
                    "quantity_inspected": 50,
                    "quantity_rejected": 5,
                    "result": "accepted",
                    "state": "done",
                    "source": "ERP",
                }
            )
        )
        self.assertFigures(90, 0, 100)
        lot.quantity_inspected = lot.quantity_rejected = 0
        self.assertFigures(None, 0, 100)
        facts = self.env["supplier.inspection.fact"]._with_fact_scope(self._scope())
        self.assertEqual(facts.browse(lot.id).exclusion, "no_reference")

    def test_correction_of_what_was_another_receipt(self):
        """What it corrects counts no more, whatever it says it is of itself."""
        self._check(self.first, bad=6)
        again = self.second.copy()
        self.env["supplier.fact.change"]._catch_up()
        self.assertFigures(70, 15000, 50)
        result = {"state": "done", "result": "accepted", "previous_id": self.first.id}
        columns = SQL(", ").join(
            SQL("%s = %s", SQL.identifier(name), value)
            for name, value in result.items()
        )
        self.env.cr.execute(
            SQL("UPDATE supplier_inspection SET %s WHERE id = %s", columns, again.id)
        )
        live = sums.live_rows(self.env, FACTS)
        self.assertFalse(any(row["quantity_defective"] for row in live.values()))
        self.assertEqual(sums.differences(self.env, FACTS), [])
