"""One record of each model of master data, for the tests of access."""

from ...report.profile.query import PROFILE_IDS


def profile_records(env, company, partner):
    """Return ``{model: a record}``, of a company and one of its vendors."""
    group = env["supplier.region.group"].create(
        {"name": "Antarctica", "company_id": company.id}
    )
    rule = env["supplier.profile.rule"].create(
        {
            "name": "Fax",
            "kind": "field",
            "field_id": env.ref("base.field_res_partner__ref").id,
            "company_id": company.id,
        }
    )
    own = {"company_id": company.id, "supplier_rank": 1, "email": "a@twin.example"}
    twins = env["res.partner"].create(
        [{"name": "Twin Ltd", **own}, {"name": "Twin Inc", **own}]
    )
    env["supplier.duplicate"]._refresh()
    partner.supplier_rank = partner.supplier_rank or 1
    partner.with_company(company).action_check_supplier_profile()
    return {
        "supplier.region.group": group,
        "supplier.profile.rule": rule,
        "supplier.profile": env["supplier.profile"].browse(
            PROFILE_IDS.encode(partner.id, company.id)
        ),
        "supplier.profile.check": env["supplier.profile.check"].search(
            [("partner_id", "=", partner.id)], limit=1
        ),
        "supplier.duplicate": env["supplier.duplicate"].search(
            [("partner_id", "in", twins.ids)], limit=1
        ),
        "supplier.data.report": env["supplier.data.report"].search(
            [("id", "in", env["supplier.data.report"]._report_on(company).ids)]
        ),
    }
