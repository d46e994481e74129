def forecast_records(env, company, line):
    """Return one record of each model of forecasts, by the model's name.

    :param line: an order line of the supplier
    """
    forecasts = env["supplier.delivery.forecast"].sudo()
    forecast = forecasts.create(
        {
            "company_id": company.id,
            "partner_id": line.partner_id.id,
            "purchase_line_id": line.id,
            "order_id": line.order_id.id,
            "product_id": line.product_id.id,
            "basis": "product",
            "date_computed": "2026-04-01",
            "level_ids": [(0, 0, {"level": "product", "delivery_count": 1})],
        }
    )
    first = env["supplier.delivery.forecast.first"].sudo()
    first = first.create(
        {
            "company_id": company.id,
            "partner_id": line.partner_id.id,
            "purchase_line_id": line.id,
            "order_id": line.order_id.id,
            "product_id": line.product_id.id,
        }
    )
    return {
        record._name: env[record._name].browse(record.id)
        for record in (forecast, forecast.level_ids, first)
    }
