from odoo import api, fields, models
from odoo.exceptions import AccessError


class SupplierRegisterMixin(models.AbstractModel):
    """A register: who did what, when and why. Rows are added, and then stay.

    Only methods of this add-on add a row, by :meth:`_append`; nobody edits or deletes
    one, be it a superuser. A row goes only when what it tells about is deleted: the
    database takes it along. The chain of seals covers all that a row says.

    A model whose why has another name or another type says so by a field of its own.
    """

    _name = "supplier.register.mixin"
    _inherit = ["supplier.guard.mixin", "supplier.sealed.mixin"]
    _description = "Register That Is Only Added To"
    _order = "date desc, id desc"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Who",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
    )
    date = fields.Datetime(
        string="When", required=True, readonly=True, default=fields.Datetime.now
    )
    reason = fields.Text(string="Why", readonly=True)

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        """All that is stored: a default from the context would forge a row."""
        return super()._guarded_fields() | {
            name for name, field in self._fields.items() if field.store
        }

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_unguarded():
            raise self._refusal()
        return super().create(vals_list)

    def write(self, vals):
        if self:
            raise self._refusal()
        return super().write(vals)

    # Also while a module is uninstalled: the flag of that stands in the context, where
    # any client can put it.
    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        raise self._refusal()

    def _refusal(self):
        return AccessError(
            self.env._(
                "Nobody adds, edits or deletes rows of the register “%(register)s”: "
                "it tells who did what, when and why. To take a step back, use the "
                "action for it: that gets a row of its own.",
                register=self.env["ir.model"]._get(self._name).name,
            )
        )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    @api.model
    def _append(self, vals_list):
        """Add rows, for the methods that may; who and when are filled in.

        :param vals_list: values of one row each
        :return: the rows, with the rights of the caller
        """
        rows = self.sudo()._unguarded().create(vals_list)
        return self.browse(rows.ids)
