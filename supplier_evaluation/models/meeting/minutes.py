from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...tools.wording import listed

TEMPLATE = "supplier_evaluation.supplier_meeting_minutes_mail"


class SupplierMeeting(models.Model):
    """The minutes, as we and as each party read them."""

    _inherit = "supplier.meeting"

    def _minutes(self, party=None):
        """Return what is read of a meeting, as plain values, in the present language.

        Here, and only here, is decided what a party sees: in the portal, in mails and
        in print.

        :param party: a commercial entity, for what is shown to it; all by default
        """
        self.ensure_one()
        meeting = self.sudo()
        points, decisions = meeting.point_ids, meeting.decision_ids
        if party is not None:
            points = points._shown_to(party)
            decisions = decisions._shown_to(party)
        return {
            "id": meeting.id,
            "number": meeting.name,
            "title": meeting.title,
            "company": meeting.company_id.name,
            "when": meeting.when_text,
            "place": meeting.location,
            "state": meeting.state,
            "parties": [] if party is not None else meeting.party_ids.mapped("name"),
            "text": meeting.minutes if party is None else False,
            "points": [
                {
                    "id": point.id,
                    "name": point.name,
                    "outcome": point.outcome,
                    "files": point.file_ids.mapped("name"),
                }
                for point in points
            ],
            "decisions": [
                {
                    "name": decision.name,
                    "owner": decision.user_id.name,
                    "due": format_date(meeting.env, decision.date_due),
                }
                for decision in decisions
            ],
        }

    def action_send_minutes(self):
        """Send each person what they may read: our people all, parties their own.

        A party to which nothing is shown gets no mail.

        :raises UserError: it was not held, or nobody has a mail address
        """
        self.check_access("write")
        self._check_state("held", "closed")
        for meeting in self:
            mails = meeting._minutes_mails()
            if not mails:
                raise UserError(
                    self.env._(
                        "Nobody gets the minutes of %s: add people with a mail "
                        "address, and show topics to their company.",
                        meeting.display_name,
                    )
                )
            self.env["mail.mail"].sudo().create(mails)
            names = meeting.env["res.partner"].browse(
                [mail["recipient_ids"][0][1] for mail in mails]
            )
            meeting._message_log(
                body=self.env._(
                    "The minutes were sent to %s.",
                    listed(self.env, names.sudo().mapped("name")),
                )
            )
        return True

    def _minutes_mails(self):
        """Return the values of the mails, one for each person who reads something."""
        self.ensure_one()
        own = self.sudo()
        readers = [(person, None) for person in own._invited()]
        readers += [(one, own._party_of(one)) for one in own.person_ids]
        mails = []
        for person, party in readers:
            meeting = self.with_context(lang=person.lang or self.env.lang)
            minutes = meeting._minutes(party)
            seen = minutes["points"] or minutes["decisions"]
            if person.email and (party is None or seen):
                mails.append(meeting._minutes_mail(person, minutes))
        return mails

    def _message_get_suggested_recipients_batch(self, *args, **kwargs):
        """Propose nobody: a party would read what another one wrote."""
        found = super()._message_get_suggested_recipients_batch(*args, **kwargs)
        return {number: [] for number in found}

    def _minutes_mail(self, person, minutes):
        body = self.env["ir.qweb"]._render(
            TEMPLATE, {"minutes": minutes, "name": person.name}, lang=self.env.lang
        )
        sender = self.sudo().company_id.email_formatted
        return {
            "subject": self.env._("Minutes: %s", minutes["title"]),
            "body_html": Markup(body),
            # Of the same text: while it waits, the chatter would call it removed.
            "body": Markup(body),
            "email_from": sender or self.env.user.email_formatted,
            "recipient_ids": [(4, person.id)],
            "model": self._name,
            "res_id": self.id,
            "auto_delete": True,
        }
