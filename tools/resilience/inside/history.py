"""Makes a delivery history of forty suppliers, and a template that evaluates it."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from odoo.fields import Command

from tools.resilience.scene import MONTHS

SUPPLIERS = 40
SEED = 19


def main(env, args):
    chance = Random(SEED)
    suppliers = env["res.partner"].create(
        [
            {"name": f"Supplier {number:02}", "is_company": True}
            for number in range(1, SUPPLIERS + 1)
        ]
    )
    env["supplier.history.line"].create(
        [
            vals
            for position, supplier in enumerate(suppliers)
            for month in MONTHS
            for vals in lines_of(supplier, position, month, chance)
        ]
    )
    delivery = env.ref("supplier_evaluation.supplier_scorecard_template_delivery")
    templates = env["supplier.scorecard.template"]
    (templates.search([]) - delivery).active = False
    delivery.write({"auto_publish": True, "date_start": date(*MONTHS[0], 1)})
    env.cr.commit()


def lines_of(supplier, position, month, chance):
    """The order lines of one month; some suppliers have too few for a rank."""
    for number in range(chance.choice((3, 6, 7, 8))):
        promised = date(*month, chance.randint(1, 28))
        ordered = chance.randint(5, 50)
        yield {
            "partner_id": supplier.id,
            "order_ref": f"P{month[1]:02}{position:02}",
            "line_ref": str(number),
            "product_name": "Part",
            "quantity_ordered": ordered,
            "price_unit": chance.randint(100, 9000) / 100,
            "date_order": promised - timedelta(days=chance.randint(7, 40)),
            "date_promised": promised,
            "receipt_ids": [
                Command.create(vals)
                for vals in _receipts(promised, ordered, position, chance)
            ],
        }


def _receipts(promised, ordered, position, chance):
    """What arrived: the higher the supplier's position, the later and the less."""
    is_bad = chance.random() < position / SUPPLIERS
    delay = chance.randint(1, 12) if is_bad else 0
    first = chance.randint(1, ordered) if is_bad else ordered
    yield {"receipt_ref": "1", "date": promised, "quantity": first}
    if first < ordered and chance.random() < 0.8:
        day = promised + timedelta(days=delay)
        yield {"receipt_ref": "2", "date": day, "quantity": ordered - first}
