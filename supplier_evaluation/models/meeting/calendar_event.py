from odoo import models
from odoo.exceptions import AccessError, UserError


class CalendarEvent(models.Model):
    """Who moves or deletes an appointment moves or cancels the meeting behind it."""

    _inherit = "calendar.event"

    def write(self, vals):
        moved = bool({"start", "stop", "duration", "allday"} & vals.keys())
        gone = vals.get("active") is False
        if vals.get("recurrency") or vals.get("recurrence_id"):
            self._check_once()
        meetings = self._supplier_meetings() if moved or gone else None
        if meetings:
            self._check_concerned(meetings)
        result = super().write(vals)
        if gone:
            meetings._lose_events()
        elif moved:
            meetings._follow_events()
        return result

    def unlink(self):
        meetings = self._supplier_meetings()
        self._check_concerned(meetings)
        result = super().unlink()
        meetings._lose_events()
        return result

    def _supplier_meetings(self):
        """Return the planned meetings behind the events, with full rights."""
        meetings = self.env["supplier.meeting"].sudo()
        return meetings.search(
            [("event_id", "in", self.ids), ("state", "=", "planned")]
        )

    def _check_once(self):
        """Refuse to repeat: the first appointment would go, and take the meeting along.

        :raises UserError: naming the meeting
        """
        if meetings := self._supplier_meetings():
            raise UserError(
                self.env._(
                    "%s is behind this appointment, which therefore is not repeated: "
                    "duplicate the meeting for each further day.",
                    meetings[0].display_name,
                )
            )

    def _check_concerned(self, meetings):
        """Refuse that somebody who is not in a meeting moves it or calls it off.

        :raises AccessError: naming who organizes it
        """
        if self.env.su:
            return
        user = self.env.user
        others = meetings.filtered(
            lambda one: (
                one.event_id.user_id != user
                and user.partner_id not in one.event_id.partner_ids
            )
        ).sudo(False)
        if strange := others - others._filtered_access("write"):
            raise AccessError(
                self.env._(
                    "Only people of this meeting move it or call it off: ask %s.",
                    strange.sudo()[0].user_id.name,
                )
            )
