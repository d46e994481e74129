from odoo import models


class Base(models.AbstractModel):
    """Screens hear which numbers may be unknown, of whatever model they show."""

    _inherit = "base"

    def _get_view_field_attributes(self):
        return [*super()._get_view_field_attributes(), "may_be_unknown"]
