from odoo import Command


def contract_records(env, company, line):
    """Return one record of each model of contracts, by the model's name.

    :param line: an order line of the supplier
    """
    supplier = line.partner_id
    draft, submitted = env["supplier.contract"].create(
        [
            {
                "title": title,
                "partner_id": supplier.id,
                "company_id": company.id,
                "line_ids": [
                    Command.create(
                        {
                            "categ_id": env.ref("product.product_category_goods").id,
                            "price_kind": "none",
                        }
                    )
                ],
            }
            for title in ("Bolts", "Nuts")
        ]
    )
    submitted.action_submit()
    penalties = env["supplier.contract.penalty"].sudo()._unguarded()
    penalty = penalties.create(
        {
            "company_id": company.id,
            "partner_id": supplier.id,
            "contract_line_id": submitted.line_ids.id,
            "purchase_line_id": line.id,
            "currency_id": line.currency_id.id,
        }
    )
    return {
        "supplier.contract.penalty": env["supplier.contract.penalty"].browse(
            penalty.id
        ),
        "supplier.contract": draft,
        "supplier.contract.line": draft.line_ids,
        "supplier.contract.decision": submitted.decision_ids,
    }
