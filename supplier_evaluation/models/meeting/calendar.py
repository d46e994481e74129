from datetime import timedelta

from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.tools import clean_context

#: What the appointment shows of a meeting.
SHOWN = {"title", "date_start", "duration", "location", "user_id"}
PEOPLE = {"user_id", "user_ids"}


class SupplierMeeting(models.Model):
    """Its appointment in Odoo's calendar: both move together.

    Only our people are invited: an invitation shows each who else comes, and parties
    of a meeting of three need not know each other. Nothing of the agenda is in it.
    """

    _inherit = "supplier.meeting"

    event_id = fields.Many2one(
        "calendar.event",
        string="Appointment",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        bypass_search_access=True,
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"event_id"}

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        meetings = super().create(vals_list)
        meetings._make_events()
        return meetings

    def write(self, vals):
        people = {one: one._invited() for one in self} if PEOPLE & vals.keys() else {}
        result = super().write(vals)
        if SHOWN & vals.keys():
            self._update_events()
        for meeting, before in people.items():
            meeting._update_people(before)
        return result

    def unlink(self):
        events = self.sudo().event_id
        result = super().unlink()
        events.exists().unlink()
        return result

    # ------------------------------------------------------------
    # To the calendar
    # ------------------------------------------------------------

    def _make_events(self):
        """Put planned meetings without an appointment into the calendar.

        One that was archived there comes back.
        """
        self.sudo().event_id.active = True
        self._update_events()
        due = self.filtered(lambda one: one.state == "planned" and not one.event_id)
        events = self._calendar().create([one._event_vals() for one in due])
        for meeting, event in zip(due, events, strict=True):
            meeting._write_guarded({"event_id": event.id})

    def _update_events(self):
        """Move and rename the appointments, where they differ."""
        for meeting in self.filtered(
            lambda one: one.state == "planned" and one.event_id
        ):
            event = meeting._calendar().browse(meeting.sudo().event_id.id)
            vals = meeting._event_vals()
            changed = {
                name: vals[name]
                for name in ("name", "start", "stop", "location", "user_id")
                if event._fields[name].convert_to_write(event[name], event)
                != vals[name]
            }
            if changed:
                event.write(changed)

    def _update_people(self, before):
        """Invite who came to the meeting and disinvite who left it.

        Whoever was asked in the calendar stays there. One that was archived there is
        kept as well: it comes back when the meeting is planned again.

        :param before: whom the meeting invited
        """
        event = self._calendar().browse(self.sudo().event_id.id)
        if not event or self.state not in ("planned", "cancelled"):
            return
        now, there = self._invited(), event.partner_ids
        if commands := [
            *(Command.unlink(one.id) for one in (before - now) & there),
            *(Command.link(one.id) for one in now - there),
        ]:
            event.write({"partner_ids": commands})

    def _invited(self):
        """Return who of us gets the appointment: nobody who left to the other side."""
        people = self.sudo().user_ids | self.sudo().user_id
        return people.filtered(lambda user: not user.share).partner_id

    def _drop_events(self):
        self.sudo().event_id.unlink()

    def _calendar(self):
        """Return the calendar, with full rights and no defaults of our screens."""
        events = self.env["calendar.event"].sudo()
        return events.with_context(clean_context(self.env.context))

    def _event_vals(self):
        self.ensure_one()
        url = f"{self.get_base_url()}/odoo/supplier-meetings/{self.id}"
        return {
            "name": self.title,
            "start": self.date_start,
            "stop": self.date_stop,
            "location": self.location,
            "user_id": self.user_id.id,
            "partner_ids": [Command.set(self._invited().ids)],
            # Otherwise each employee, of whatever company, reads and moves it.
            "privacy": "private",
            "description": Markup('<a href="%s">%s</a>') % (url, self.name),
        }

    # ------------------------------------------------------------
    # From the calendar
    # ------------------------------------------------------------

    def _follow_events(self):
        """Take time and place of appointments that somebody moved."""
        for meeting in self:
            event = meeting.event_id
            hours = (event.stop - event.start) / timedelta(hours=1)
            vals = {}
            if event.start != meeting.date_start:
                vals["date_start"] = event.start
            if hours > 0 and abs(hours - meeting.duration) > 1e-4:
                vals["duration"] = hours
            if vals:
                meeting.write(vals)
                meeting._message_log(
                    body=self.env._(
                        "Moved in the calendar by %(user)s: %(when)s",
                        user=self.env.user.name,
                        when=meeting.when_text,
                    )
                )

    def _lose_events(self):
        """Whoever takes the appointment from the calendar calls the meeting off."""
        for meeting in self:
            meeting._write_guarded({"state": "cancelled"})
            meeting._message_log(
                body=self.env._(
                    "Cancelled: %s took the appointment from the calendar.",
                    self.env.user.name,
                )
            )
