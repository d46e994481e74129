from odoo import Command


def meeting_records(env, company, line):
    """Return one record of each model of meetings, contacts and ideas, by its name.

    :param line: an order line of the supplier
    """
    own = {"company_id": company.id, "partner_id": line.partner_id.id}
    meeting = env["supplier.meeting"].create(
        {
            "title": "Yearly talk",
            "point_ids": [Command.create({"name": "Late deliveries"})],
            "decision_ids": [Command.create({"name": "Send a plan"})],
            **own,
        }
    )
    contact = env["supplier.contact"].create(
        {"subject": "Called", "date": "2026-04-01 04:00:00", **own}
    )
    idea = env["supplier.idea"].create({"title": "Returnable boxes", **own})
    return {
        "supplier.idea": idea,
        "supplier.meeting": meeting,
        "supplier.meeting.point": meeting.point_ids,
        "supplier.meeting.decision": meeting.decision_ids,
        "supplier.contact": contact,
        "supplier.contact.fact": env["supplier.contact.fact"].browse(contact.id * 2),
    }
