from odoo import api, models

from ....tools.empty_list import help_for


class SupplierEmptyHelpMixin(models.AbstractModel):
    """A model whose empty list says what its reader can do, and nothing else."""

    _name = "supplier.empty.help.mixin"
    _description = "Record Whose Empty List Says What Its Reader Can Do"

    @api.model
    @api.readonly
    def get_empty_list_help(self, help_message):
        return help_for(self.env, super().get_empty_list_help(help_message))
