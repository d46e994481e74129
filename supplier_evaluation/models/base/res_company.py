import pytz

from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _supplier_tz(self):
        """Return the name of the time zone in which the company takes days."""
        self.ensure_one()
        return self.sudo().partner_id.tz or "UTC"

    def _supplier_day(self, now):
        """Return the day that an instant has in the company's time zone.

        :param datetime now: naive, in UTC
        """
        self.ensure_one()
        zone = pytz.timezone(self._supplier_tz())
        return pytz.utc.localize(now).astimezone(zone).date()

    def _supplier_has_published(self, instant):
        """Return whether figures are published that looked at what happened then.

        Nothing is published down here; the scorecards answer.

        :param datetime instant: naive, in UTC
        """
        self.ensure_one()
        return False
