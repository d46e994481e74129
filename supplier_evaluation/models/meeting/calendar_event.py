from odoo import models


class CalendarEvent(models.Model):
    """Who moves or deletes an appointment moves or cancels the meeting behind it."""

    _inherit = "calendar.event"

    def write(self, vals):
        moved = bool({"start", "stop", "duration", "allday"} & vals.keys())
        gone = vals.get("active") is False
        meetings = self._supplier_meetings() if moved or gone else None
        result = super().write(vals)
        if gone:
            meetings._lose_events()
        elif moved:
            meetings._follow_events()
        return result

    def unlink(self):
        meetings = self._supplier_meetings()
        result = super().unlink()
        meetings._lose_events()
        return result

    def _supplier_meetings(self):
        """Return the planned meetings behind the events, with full rights."""
        meetings = self.env["supplier.meeting"].sudo()
        return meetings.search(
            [("event_id", "in", self.ids), ("state", "=", "planned")]
        )
