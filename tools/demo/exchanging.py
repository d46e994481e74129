"""An older system sends what it knows of the suppliers, and something is not clear."""

from __future__ import annotations

from datetime import timedelta

from odoo import fields

CONTRACT = "supplier_evaluation.exchange/1"
# Of whom there are old bills, and of whom inspections.
BILLED = "Plenty Packaging"
INSPECTED = "Boomerang Ceramics"
# Of this one, the old system has another number than its name says.
DOUBTED = "Branch Office Optics"


class Exchanging:
    """What comes in from one other system.

    :param following: who acts in the company
    """

    def __init__(self, following):
        self.env = following.env
        self.company = following.company
        self.words = following.words
        self.manager = following.people["manager"]
        self.partners = following.partners
        self.today = fields.Date.today()

    def exchange(self) -> None:
        """One message: a few records come in, one is refused, one is asked about."""
        source = self.env["supplier.exchange.source"].create(
            {
                "name": self.words("Old system"),
                "code": "old-erp",
                "company_id": self.company.id,
                "user_id": self.manager.id,
                "priority": 5,
            }
        )
        messages = self.env["supplier.exchange.message"].with_user(self.manager)
        messages.take(
            source.with_user(self.manager),
            {"contract": CONTRACT, "id": "2026-1", "records": self._records()},
        )

    def _day(self, ago: int) -> str:
        return fields.Date.to_string(self.today - timedelta(days=ago))

    def _records(self):
        doubted = self.partners[DOUBTED]
        if not doubted.company_registry:
            doubted.company_registry = "CH-550.1.000.001-1"
        of_billed = {"supplier": "70001", "supplier_name": self.partners[BILLED].name}
        of_inspected = {
            "supplier": "70002",
            "supplier_name": self.partners[INSPECTED].name,
        }
        bill = {"kind": "bill", **of_billed, "number": "PP-1180"}
        return [
            {
                **bill,
                "id": "B1",
                "date": self._day(420),
                "date_due": self._day(390),
                "amount": 1840.0,
            },
            {
                "kind": "payment",
                "id": "P1",
                **of_billed,
                "bill": "PP-1180",
                "date": self._day(371),
                "amount": 1840.0,
            },
            # It has no date: it is refused, and says so.
            {**bill, "id": "B2", "number": "PP-1181", "amount": 960.0},
            {
                "kind": "inspection",
                "id": "Q1",
                **of_inspected,
                "number": "L-77",
                "date": self._day(410),
                "quantity_inspected": 200,
                "quantity_rejected": 14,
                "result": "conditional",
                "description": self.words("Cracked edges on one pallet."),
            },
            {
                "kind": "supplier",
                "id": "70003",
                "name": doubted.name,
                "registry_number": "CH-550.1.000.002-9",
            },
            {
                "kind": "benchmark",
                "id": "1",
                "kpi": "otd",
                "group": self.words("Instrument makers"),
                "date_from": self._day(365),
                "date_to": self._day(1),
                "value": 91.0,
            },
        ]
