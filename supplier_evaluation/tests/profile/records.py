"""One record of each model of master data, for the tests of access."""


def profile_records(env, company, partner):
    """Return ``{model: a record}``, of a company and one of its vendors."""
    group = env["supplier.region.group"].create(
        {"name": "Antarctica", "company_id": company.id}
    )
    return {"supplier.region.group": group}
