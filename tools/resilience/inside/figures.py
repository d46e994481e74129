"""Everything that the evaluations say, without what differs from run to run."""

from __future__ import annotations

# Identities and moments. A seal covers identities: its number is compared.
DIFFERENT = {
    "id",
    "seal",
    "create_uid",
    "create_date",
    "write_uid",
    "write_date",
    "date_computed",
    "date_published",
    "date_sources_checked",
    "sources_mark",
}
SIGNIFICANT_DIGITS = 9
VENDOR = (
    "supplier_score",
    "supplier_grade_id",
    "supplier_score_provisional",
    "supplier_scorecard_id",
)


def figures(env):
    """Return one text a record, in an order that no identity decides.

    :raises UserError: a seal is broken
    """
    env.invalidate_all()
    vendors = env["res.partner"].search([("name", "=like", "Supplier __")])
    env["supplier.evaluation"].search([], limit=1).action_verify_seals()
    return {
        "evaluations": _all(env["supplier.evaluation"]),
        "scorecards": _all(env["supplier.scorecard"]),
        "lines": _all(env["supplier.scorecard.line"]),
        "vendors": sorted(_text(vendor, ("name", *VENDOR)) for vendor in vendors),
        "seals": env.company.supplier_seal_number,
    }


def figures_of_all(env):
    """Return the figures of all companies, each with its score of every vendor.

    :raises UserError: a seal is broken
    """
    found = {}
    for company in env["res.company"].search([]):
        here = env(context={**env.context, "allowed_company_ids": company.ids})
        run = here["supplier.evaluation"].search(
            [("company_id", "=", company.id)], limit=1
        )
        if run:
            run.action_verify_seals()
            found[company.name] = figures(here)
    return found


def _all(model):
    names = sorted(
        name
        for name, field in model._fields.items()
        if field.store and not field.type.endswith("2many") and name not in DIFFERENT
    )
    return sorted(_text(record, names) for record in model.search([]))


def _text(record, names):
    return " ".join(f"{name}={_value(record[name])}" for name in names)


def _value(value):
    """PostgreSQL adds in the order of a plan, so the last digits may differ."""
    if isinstance(value, float):
        return f"{value:.{SIGNIFICANT_DIGITS}g}"
    return value.display_name if hasattr(value, "_name") else value
