from odoo import Command


def inspection_records(env, line):
    """Return one record of each model of inspections, by the model's name.

    :param line: an order line of which something was received
    """
    plan = env["supplier.inspection.plan"].create(
        {
            "name": "Threads",
            "company_id": line.company_id.id,
            "product_id": line.product_id.id,
            "line_ids": [Command.create({"name": "Thread", "kind": "look"})],
        }
    )
    inspections = env["supplier.inspection"]
    draft = inspections._inspect(line.move_ids.picking_id)
    done = inspections._unguarded().create(
        {
            "name": "L-1",
            "date": "2026-03-10",
            "company_id": line.company_id.id,
            "partner_id": line.partner_id.id,
            "quantity_inspected": 10,
            "quantity_rejected": 1,
            "state": "done",
            "result": "accepted",
            "source": "ERP",
        }
    )
    return {
        "supplier.inspection": draft,
        "supplier.inspection.value": draft.value_ids,
        "supplier.inspection.plan": plan,
        "supplier.inspection.plan.line": plan.line_ids,
        "supplier.inspection.fact": env["supplier.inspection.fact"].browse(done.id),
    }
