"""One record of each model that other systems fill."""

from odoo import Command


def exchange_records(env, company, partner):
    """Return ``{model: a record}`` of a company and a supplier."""
    own = {"company_id": company.id}
    of = {"partner_id": partner.id, "date": "2026-03-10", **own}
    bill = env["supplier.history.bill"].create(
        {
            "name": "R-1",
            "amount": 100,
            "currency_id": company.currency_id.id,
            "payment_ids": [Command.create({"date": "2026-04-01", "amount": 100})],
            **of,
        }
    )
    benchmark = env["supplier.benchmark"].create(
        {
            "kpi_id": env["supplier.kpi"].search([], limit=1).id,
            "group_name": "Castings together",
            "date_from": "2026-01-01",
            "date_to": "2026-12-31",
            "value": 90,
            **own,
        }
    )
    return {
        "supplier.history.bill": bill,
        "supplier.history.payment": bill.payment_ids,
        "supplier.benchmark": benchmark,
    }


def audited_records(env, company, user):
    """Return ``{model: a record}`` of what only managers see."""
    source = env["supplier.exchange.source"].create(
        {
            "name": "ERP",
            "code": "erp",
            "company_id": company.id,
            "user_id": user.id,
        }
    )
    env["res.partner"].create([{"name": "Twin Ltd", "is_company": True}] * 2)
    message = env["supplier.exchange.message"].take(
        source,
        {
            "contract": "supplier_evaluation.exchange/1",
            "id": "1",
            "records": [
                {"kind": "supplier", "id": "1", "name": "Twin Ltd"},
                {"kind": "supplier", "id": "2", "name": "Own Ltd"},
            ],
        },
    )
    identities = env["supplier.exchange.identity"]
    return {
        "supplier.exchange.source": source,
        "supplier.exchange.message": message,
        "supplier.exchange.result": message.result_ids[0],
        "supplier.exchange.question": message.result_ids.question_id,
        "supplier.exchange.identity": identities.search(
            [("source_id", "=", source.id)]
        ),
    }
