"""Who is met, called and trained: a review with an action, and a meeting of three."""

from __future__ import annotations

from datetime import timedelta

from odoo import Command, fields

# Who was reviewed; who meets with whom, and sees it in the portal.
REVIEWED = "Downhill Castings"
INVITED, BESIDE = "Clockwork Bearings", "Twoday Fasteners"
CALLED = "Perhaps Motors"
AGO, AHEAD = timedelta(days=9), timedelta(days=8)
# How often the most important ones are called and met, in days.
CALL_EVERY, MEET_EVERY = 30, 90


class Conferring:
    """Meetings and contacts of one company, by its buyer.

    :param following: who acts in the company
    """

    def __init__(self, following):
        self.following = following
        self.env = following.env
        self.words = following.words
        self.today = fields.Datetime.now().replace(hour=2, minute=0, second=0)

    def confer(self):
        """A contact plan, a review that is closed, one of three to come, and calls."""
        strategic = self.env.ref("supplier_evaluation.supplier_tier_strategic")
        strategic.sudo().write({"contact_days": CALL_EVERY, "visit_days": MEET_EVERY})
        self._review()
        self._meet_both()
        self._call()
        self._train()

    def _review(self):
        meeting = self._meeting(
            REVIEWED, self.words("Quarterly review"), self.today - AGO
        )
        meeting.action_fill_agenda()
        meeting.point_ids[:1].outcome = self.words(
            "The foundry lost two moulders. New ones begin next month."
        )
        meeting.action_hold()
        self._decide(meeting, self.words("Check every lot before it is sent"), "action")
        self._decide(meeting, self.words("Send us the plan of the shifts"), "activity")
        meeting.action_close()

    def _meet_both(self):
        """Each of the two sees its own topic, and both see the common one."""
        invited, beside = (self.following.partners[name] for name in (INVITED, BESIDE))
        meeting = self._meeting(
            INVITED,
            self.words("Bearings and screws in one kit"),
            self.today + AHEAD,
            other_partner_ids=[Command.set(beside.ids)],
            is_in_portal=True,
        )
        meeting.env["supplier.meeting.point"].create(
            [
                {
                    "meeting_id": meeting.id,
                    "name": name,
                    "party_ids": [Command.set(parties.ids)],
                }
                for name, parties in (
                    (self.words("Who packs the kit"), invited | beside),
                    (self.words("Size of a lot of bearings"), invited),
                    (self.words("Price of the screws"), beside),
                    (self.words("What we may pay for it"), invited.browse()),
                )
            ]
        )

    def _call(self):
        contacts = self.following._as(self.env["supplier.contact"], "buyer")
        contacts.create(
            {
                "partner_id": self.following.partners[CALLED].id,
                "company_id": self.following.company.id,
                "kind": "call",
                "date": self.today - timedelta(days=2),
                "duration": 0.25,
                "subject": self.words("When the motors come"),
                "summary": self.words("Perhaps this week, perhaps the next."),
            }
        )

    def _train(self):
        """One that most of those who were invited completed, and one to come."""
        trainings = self.following._as(self.env["supplier.training"], "buyer")
        own = {"company_id": self.following.company.id, "hours": 3}
        day = self.today.date()
        held, _planned = trainings.create(
            [
                {
                    **own,
                    "title": self.words("How to read our drawings"),
                    "partner_id": self.following.partners[REVIEWED].id,
                    "date": day - AGO * 3,
                    "invited": 12,
                    "attended": 10,
                    "completed": 9,
                },
                {
                    **own,
                    "title": self.words("Fitting bearings without a hammer"),
                    "partner_id": self.following.partners[INVITED].id,
                    "trainees": "us",
                    "date": day + AHEAD,
                    "invited": 6,
                },
            ]
        )
        held.action_hold()

    def _meeting(self, name, title, start, **vals):
        meetings = self.following._as(self.env["supplier.meeting"], "buyer")
        # Nobody of the demo gets a real invitation.
        return meetings.with_context(no_mail_to_attendees=True).create(
            {
                "title": title,
                "partner_id": self.following.partners[name].id,
                "company_id": self.following.company.id,
                "date_start": start,
                "duration": 1.5,
                **vals,
            }
        )

    def _decide(self, meeting, text, kind):
        meeting.env["supplier.meeting.decision"].create(
            {"meeting_id": meeting.id, "name": text, "kind": kind}
        )
