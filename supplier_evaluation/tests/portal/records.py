def portal_records(env, company, card):
    """Return one record of each model of the portal, by the model's name."""
    disputes = env["supplier.dispute"].sudo()._unguarded()
    dispute = disputes.create(
        {
            "name": "DIS",
            "scorecard_line_id": card.line_ids[0].id,
            "user_id": env.uid,
            "reason": "It came in time",
        }
    )
    announcement = env["supplier.announcement"].create(
        {"name": "Closed in May", "body": "<p>In May</p>", "company_id": company.id}
    )
    return {
        "supplier.dispute": env["supplier.dispute"].browse(dispute.id),
        "supplier.announcement": announcement,
    }
