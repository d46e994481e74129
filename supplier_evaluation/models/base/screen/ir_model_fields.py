from odoo import api, models

OF_ACTIVITIES = ("activity_state", "activity_exception_decoration")


class IrModelFields(models.Model):
    """What activities bring along is said in the reader's language of ours, too."""

    _inherit = "ir.model.fields"

    @api.model
    @api.readonly
    def get_field_selection(self, model_name, field_name):
        """Take Odoo's words: it has them for its own models, and none for ours."""
        if field_name in OF_ACTIVITIES and model_name.startswith("supplier."):
            model_name = "mail.activity.mixin"
        return super().get_field_selection(model_name, field_name)
