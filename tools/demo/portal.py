"""What suppliers see: a login for each character, a dispute, an announcement."""

from __future__ import annotations

from odoo import Command

# Whose people look at their scorecards; login and password are the first word of the
# supplier's name in English, in small letters.
DISPUTES = "Twoday Fasteners"
DISPUTE_DAYS = 30
PROPOSES = "Clockwork Bearings"
# What else they see; nothing is shown of what nobody shares.
SHARED = (
    "supplier.incident",
    "supplier.corrective.action",
    "supplier.certification",
)


def login_of(name: str) -> str:
    """The login of a supplier's people: `Clockwork Bearings` is `clockwork`."""
    return name.split()[0].lower()


def open_portal(following, template) -> None:
    """Share the scorecards, let every supplier in, and one of them disputes.

    :param following: the demo's `Following`, with its company and people
    :param template: whose scorecards are shared
    """
    template.is_in_portal = True
    env, company = following.env, following.company
    company.supplier_dispute_days = DISPUTE_DAYS
    words = following.words
    users = {
        name: _let_in(env, company, name, partner)
        for name, partner in following.partners.items()
    }
    announcement = env["supplier.announcement"].create(
        {
            "name": words("Our goods entry is closed on the first Friday of the month"),
            "body": words("Please plan your deliveries for the days around it."),
            "company_id": company.id,
        }
    )
    announcement.action_publish()
    _share(env, company, following.partners.values())
    _dispute(env, company, users[DISPUTES], words)
    _propose(env, company, users[PROPOSES], words)


def _share(env, company, partners):
    suppliers = [partner.id for partner in partners]
    for model in SHARED:
        theirs = [("company_id", "=", company.id), ("partner_id", "in", suppliers)]
        env[model].search(theirs).is_in_portal = True


def _let_in(env, company, name, partner):
    users = env["res.users"].with_context(no_reset_password=True)
    contact = env["res.partner"].create(
        {
            "name": f"{partner.name} (Portal)",
            "parent_id": partner.id,
            "lang": env.lang,
        }
    )
    return users.create(
        {
            "login": login_of(name),
            "password": login_of(name),
            "partner_id": contact.id,
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            "group_ids": [Command.set(env.ref("base.group_portal").ids)],
        }
    )


def _dispute(env, company, user, words):
    """The newest figure with a score is disputed, if it is not too late for it."""
    door = env["supplier.portal"].with_user(user)
    cards = door._find("supplier.scorecard", order="date_to desc, id desc", limit=1)
    if not cards.evaluation_id or not cards.evaluation_id._can_be_disputed():
        return
    line = cards.line_ids.filtered("has_value")[:1]
    reason = words("You asked us on the phone for a later day.")
    door._send_dispute(line.id, reason, [])


def _propose(env, company, user, words):
    """One that is punctual has an idea, and gets an answer."""
    idea = (
        env["supplier.portal"]
        .with_user(user)
        ._send_idea(
            words("Bearings in boxes that come back"),
            "environment",
            words("You send the empty boxes along when the next ones come."),
            [],
            company.id,
        )
    )
    answer = words("We try it with the small bearings.")
    env["supplier.idea"].browse(idea.id).write({"state": "studied", "answer": answer})
