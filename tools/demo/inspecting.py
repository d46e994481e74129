"""What is checked when it comes: one lot is rejected, one is good, one waits."""

from __future__ import annotations

from odoo import Command

# Of whom a lot is rejected, and accepted; whose lot waits; who is audited.
BAD, GOOD, WAITS = "Boomerang Ceramics", "Clockwork Bearings", "Piecemeal Plastics"
AUDITED = "Downhill Castings"


class Inspecting:
    """Inspections of one company, by its quality engineer.

    :param following: who acts in the company
    """

    def __init__(self, following):
        self.following = following
        self.env = following.env
        self.words = following.words

    def inspect(self):
        """A plan, three inspections, and an audit that no certification asks for."""
        bad, good, waits = (self._last_receipt(name) for name in (BAD, GOOD, WAITS))
        if bad:
            self._plan(bad.product_id)
            self._check(bad, rejected=2)
        if good:
            self._check(good)
        if waits:
            self._ask(waits)
        self._audit()

    def _last_receipt(self, name):
        """Return what came last of a supplier."""
        return self.env["stock.move"].search(
            [
                ("state", "=", "done"),
                ("company_id", "=", self.following.company.id),
                (
                    "purchase_line_id.partner_id",
                    "=",
                    self.following.partners[name].id,
                ),
                ("location_id.usage", "=", "supplier"),
                ("quantity", ">=", 10),
            ],
            order="date desc, id desc",
            limit=1,
        )

    def _plan(self, product):
        plans = self.following._as(self.env["supplier.inspection.plan"], "manager")
        plans.create(
            {
                "name": self.words("Ceramic parts"),
                "company_id": self.following.company.id,
                "product_id": product.id,
                "sample_kind": "aql",
                "sample_level": "1.0",
                "line_ids": [
                    Command.create(
                        {
                            "name": self.words("Bore"),
                            "limit_min": 11.98,
                            "limit_max": 12.02,
                            "unit": "mm",
                        }
                    ),
                    Command.create(
                        {
                            "name": self.words("Edges"),
                            "kind": "look",
                            "instruction": self.words("No chips, under the lamp"),
                        }
                    ),
                ],
            }
        )

    def _ask(self, move):
        inspections = self.following._as(self.env["supplier.inspection"], "quality")
        self.following._as(move.picking_id, "quality").action_inspect()
        return inspections.search([("move_id", "=", move.id)])

    def _check(self, move, rejected=0):
        inspection = self._ask(move)
        inspection.action_start()
        for row in inspection.value_ids:
            row.write(
                {"verdict": "bad", "quantity_bad": rejected}
                if row.kind == "look"
                else {"value": 12.01}
            )
        inspection.write(
            {
                "quantity_inspected": inspection.quantity_sample
                or inspection.quantity_lot,
                "quantity_rejected": rejected,
                "description": self.words("Chipped edges.") if rejected else False,
            }
        )
        inspection.action_finish()

    def _audit(self):
        audits = self.following._as(self.env["supplier.certification.audit"], "quality")
        audits.create(
            {
                "partner_id": self.following.partners[AUDITED].id,
                "company_id": self.following.company.id,
                "summary": self.words("Melting shop and outgoing goods"),
                "finding_ids": [
                    Command.create(
                        {
                            "name": self.words("Gauges are not calibrated"),
                            "severity": "major",
                        }
                    )
                ],
            }
        ).action_finish()
