from freezegun import freeze_time

from odoo import Command

from ..common import APPROVER, BUYER, MANAGER
from ..fact.common import CatalogueCommon

THREAD, LENGTH = "Thread", "Length"


class InspectionCommon(CatalogueCommon):
    """A plan for the product, an inspector, and two who decide."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people(
            "inspection",
            {
                "inspector": BUYER,
                "colleague": BUYER,
                "approver": APPROVER,
                "manager": MANAGER,
            },
        )
        cls.plan = cls._plan(product_id=cls.product.id)

    @classmethod
    def _plan(cls, **vals):
        return cls.env["supplier.inspection.plan"].create(
            {
                "name": "Bolts",
                "company_id": cls.company.id,
                "sample_kind": "percent",
                "sample_percent": 20,
                "line_ids": [
                    Command.create({"name": THREAD, "kind": "look"}),
                    Command.create({"name": LENGTH, "limit_min": 9.9, "unit": "mm"}),
                ],
                **vals,
            }
        )

    @classmethod
    def _came(cls, quantity=100, day="2026-03-10", **vals):
        """Order for 10 each, let it come, and return its inspection."""
        line = cls._order(quantity, 10, day, **vals)
        cls._receive(line, day)
        return cls.env["supplier.inspection"].search(
            [("picking_id", "in", line.move_ids.picking_id.ids)]
        )

    @classmethod
    def _check(
        cls, inspection, bad=0, checked=20, day="2026-03-11", user="inspector", **vals
    ):
        """Enter what was found, and finish."""
        own = cls._as(inspection, user)
        with freeze_time(day if " " in day else f"{day} 04:00:00"):
            thread, length = own.value_ids
            thread.verdict = "bad" if bad else "good"
            length.value = 10
            own.write({"quantity_inspected": checked, "quantity_rejected": bad, **vals})
            own.action_finish()
        cls.env.flush_all()
        return inspection
