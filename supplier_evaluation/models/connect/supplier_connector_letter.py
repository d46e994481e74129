from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools.groups import MANAGER_GROUP


class SupplierConnectorLetter(models.Model):
    """A record of another system that was refused, and why.

    The row is kept as it came, so that it can be tried again when the reason is gone.
    """

    _name = "supplier.connector.letter"
    _inherit = ["supplier.guard.mixin"]
    _description = "Refused Record of a Connector"
    _order = "id desc"
    _rec_name = "external_id"

    connector_id = fields.Many2one(
        "supplier.connector",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="connector_id.company_id", store=True, index=True
    )
    external_id = fields.Char(string="Identifier", readonly=True)
    stamp = fields.Char(readonly=True, help="Of the row: the same one is kept once.")
    row = fields.Json(readonly=True)
    reason = fields.Text(readonly=True)
    mend = fields.Text(string="What to Do", readonly=True)
    tries = fields.Integer(readonly=True, default=1, aggregator=None)
    state = fields.Selection(
        [("open", "Open"), ("solved", "Solved"), ("dropped", "Given Up")],
        string="Status",
        required=True,
        readonly=True,
        default="open",
    )

    _stamp_uniq = models.Constraint(
        "UNIQUE (connector_id, stamp)", "This row was refused already."
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            name
            for name, field in self._fields.items()
            if field.store and name not in models.MAGIC_COLUMNS
        }

    def action_retry(self):
        """Take the records again, as the mapping reads them now.

        :raises AccessError: the user is no manager of supplier evaluation
        """
        letters = self._managed().filtered(lambda one: one.state == "open")
        for connector, own in letters.grouped("connector_id").items():
            connector._take([letter.row for letter in own], f"again-{own.ids}")

    def action_drop(self):
        """Give them up.

        :raises AccessError: the user is no manager of supplier evaluation
        """
        left = self._managed().filtered(lambda one: one.state == "open")
        left._write_guarded({"state": "dropped"})

    def _managed(self):
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(
                self.env._("Only managers of supplier evaluation see to records.")
            )
        return self.sudo()
