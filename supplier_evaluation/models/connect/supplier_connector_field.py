from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...exchange.kinds import KINDS
from ...feeds.mapping import Rule
from ...tools.wording import listed


class SupplierConnectorField(models.Model):
    """Where a field of the contract is in a row of the other system."""

    _name = "supplier.connector.field"
    _inherit = ["supplier.guard.mixin"]
    _description = "Field of a Connector"
    _order = "connector_id, sequence, id"
    _rec_name = "target"

    connector_id = fields.Many2one(
        "supplier.connector", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="connector_id.company_id", store=True, index=True
    )
    sequence = fields.Integer(default=10)
    target = fields.Char(
        string="Field of the Contract", required=True, help="Such as name or date."
    )
    path = fields.Char(
        string="Where It Is",
        help="In a row of the other system, as address.city. Or the fixed text itself.",
    )
    form = fields.Selection(
        [
            ("value", "As It Is"),
            ("day", "Date, Shortened to the Day"),
            ("milliseconds", "Milliseconds Since 1970"),
            ("seconds", "Seconds Since 1970"),
            ("text", "Fixed Text"),
            ("hash", "Made of the Whole Row"),
        ],
        string="How It Is Written",
        required=True,
        default="value",
    )

    @api.constrains("target", "path", "form")
    def _check_target(self):
        for line in self:
            kind = line.connector_id.kind
            names = {"id", *(field.name for field in KINDS[kind].fields)}
            if line.target not in names:
                raise ValidationError(
                    self.env._(
                        "“%(field)s” is no field of “%(kind)s”. Use one of: %(names)s.",
                        field=line.target,
                        kind=kind,
                        names=listed(self.env, sorted(names)),
                    )
                )
            if line.form != "hash" and not line.path:
                raise ValidationError(
                    self.env._("Say where “%s” is in a row.", line.target)
                )

    def _rules(self):
        """Return the lines as the mapping takes them."""
        return tuple(Rule(one.target, one.path or "", one.form) for one in self)
