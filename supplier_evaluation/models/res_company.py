import pytz

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    supplier_seal_number = fields.Integer(
        readonly=True, help="How many supplier scorecards have been sealed."
    )
    supplier_seal_hash = fields.Char(
        readonly=True, help="Seal of the last published supplier scorecard."
    )

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
