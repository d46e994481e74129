def training_records(env, company, supplier):
    """Return one record of each model of trainings, by the model's name."""
    training = env["supplier.training"].create(
        {
            "title": "How to pack",
            "date": "2026-03-10",
            "partner_id": supplier.id,
            "company_id": company.id,
        }
    )
    return {
        "supplier.training": training,
        "supplier.training.fact": env["supplier.training.fact"].browse(training.id),
    }
