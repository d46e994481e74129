"""One record of each model of a back-test."""


def trial_records(template):
    """Return ``{model: a record}``, of a template that was published."""
    env = template.env
    trial = env["supplier.trial"].create(
        {"template_id": template.id, "company_id": template.company_id.id}
    )
    trial.action_start()
    trial.period_ids.sudo()._score()
    return {
        "supplier.trial": trial,
        "supplier.trial.period": trial.period_ids[0],
        "supplier.trial.card": trial.period_ids.card_ids[0],
    }
