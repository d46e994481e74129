from odoo import models


class Base(models.AbstractModel):
    """Screens hear which numbers may be unknown, of whatever model they show."""

    _inherit = "base"

    def _get_view_field_attributes(self):
        return [*super()._get_view_field_attributes(), "may_be_unknown"]

    def _compute_display_name(self):
        """Name what is about a supplier by it, also once another company has it.

        Records of ours say whose they are; without a name no list of them opens.
        """
        is_ours = self._name.startswith("supplier.") and self._rec_name == "partner_id"
        return super(Base, self.sudo() if is_ours else self)._compute_display_name()

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
