from odoo import models


class Base(models.AbstractModel):
    """Screens hear which numbers may be unknown, of whatever model they show."""

    _inherit = "base"

    def _get_view_field_attributes(self):
        return [*super()._get_view_field_attributes(), "may_be_unknown"]

    def _forget_answers(self):
        """Have whatever a cache keeps asked anew: now, and by others after the commit.

        Until then others do not see what changed, and may have kept the old answer.
        """
        registry = self.env.registry
        registry.clear_cache()

        @self.env.cr.postcommit.add
        def forget_again():
            registry.clear_cache()
            registry.signal_changes()
