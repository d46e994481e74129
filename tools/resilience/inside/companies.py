"""A second company with the same suppliers, a second template, and what is due."""

from __future__ import annotations

from random import Random

from freezegun import freeze_time

from tools.resilience.inside.history import SEED, lines_of
from tools.resilience.scene import DUE, MONTHS, NOW, OTHER, SECOND


def main(env, args):
    with freeze_time(NOW, tick=True):
        _make(env)
    env.cr.commit()


def _make(env):
    own = env.company
    other = env["res.company"].create(
        {"name": OTHER, "currency_id": own.currency_id.id}
    )
    env.user.company_ids |= other
    chance = Random(SEED + 1)
    suppliers = env["res.partner"].search([("name", "=like", "Supplier __")])
    env["supplier.history.line"].create(
        [
            {**vals, "company_id": other.id}
            for position, supplier in enumerate(suppliers)
            for vals in lines_of(supplier, position, MONTHS[-1], chance)
        ]
    )
    delivery = env.ref("supplier_evaluation.supplier_scorecard_template_delivery")
    second = delivery.copy({"name": SECOND, "sequence": delivery.sequence + 1})
    first_day, last_day = DUE
    env["supplier.evaluation"].create(
        [
            {
                "template_id": template.id,
                "company_id": company.id,
                "date_from": first_day,
                "date_to": last_day,
            }
            for template, company in (
                (delivery, own),
                (delivery, other),
                (second, own),
            )
        ]
    )
