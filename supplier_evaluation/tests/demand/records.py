def demand_records(env, company, line):
    """Return one record of each model of demand, by the model's name.

    :param line: an order line of the supplier
    """
    demand = env["supplier.demand"].create(
        {
            "product_id": line.product_id.id,
            "partner_id": line.partner_id.id,
            "company_id": company.id,
            "quantity": 100,
        }
    )
    return {"supplier.demand": demand}
