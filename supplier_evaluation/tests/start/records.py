"""One record of each model of the start, for the tests of access."""


def start_records(env, company, evaluation):
    """Return ``{model: a record}``, of a company and a published evaluation of it."""
    phase = env["supplier.introduction.phase"].create(
        {
            "name": "Look around",
            "company_id": company.id,
            "date_from": "2026-03-01",
            "date_to": "2026-03-07",
        }
    )
    return {
        "supplier.introduction.phase": phase,
        "supplier.usage.report": env["supplier.usage.report"].browse(evaluation.id),
    }
