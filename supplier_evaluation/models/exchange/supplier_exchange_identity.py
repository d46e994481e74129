from odoo import api, fields, models

from .labels import KINDS
from .opening import open_exchanged


class SupplierExchangeIdentity(models.Model):
    """What another system calls one of our records.

    It decides who is who before any number or name does.
    """

    _name = "supplier.exchange.identity"
    _inherit = ["supplier.guard.mixin"]
    _description = "Identifier in Another System"
    _order = "source_id, kind, external_id"
    _rec_name = "external_id"
    _check_company_auto = True

    source_id = fields.Many2one(
        "supplier.exchange.source",
        string="System",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="source_id.company_id", store=True, index=True, precompute=True
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    external_id = fields.Char(string="Identifier", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="Of suppliers and contacts: when two are merged, it goes along.",
    )
    res_model = fields.Char(string="Model of the Record", readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", readonly=True
    )
    content_hash = fields.Char(
        readonly=True, help="Stands for what was taken last: the same changes nothing."
    )
    date_taken = fields.Datetime(string="Last Taken", readonly=True)

    _external_uniq = models.Constraint(
        "UNIQUE (source_id, kind, external_id)",
        "This identifier of the system is known already.",
    )
    _record_idx = models.Index("(res_model, res_id)")

    @api.depends("source_id.code", "external_id")
    def _compute_display_name(self):
        for identity in self:
            source = identity.source_id.code or ""
            identity.display_name = f"{source}: {identity.external_id or ''}"

    def action_open_record(self):
        """Open the record that is called so."""
        self.ensure_one()
        return open_exchanged(self, *self._target())

    def _target(self):
        """Return model and number of the record."""
        self.ensure_one()
        if self.partner_id:
            return "res.partner", self.partner_id.id
        return self.res_model, self.res_id

    @api.model
    def _known(self, source, kind, external_ids):
        """Return what a system calls some records.

        :rtype: dict
        :return: identifier -> identity, with full rights
        """
        found = self.sudo().search(
            [
                ("source_id", "=", source.id),
                ("kind", "=", kind),
                ("external_id", "in", list(set(external_ids))),
            ]
        )
        return {identity.external_id: identity for identity in found}

    @api.model
    def _keep(self, source, kind, model, rows):
        """Note what a system calls records, and what it said of them last.

        :param str model: of the records
        :param dict rows: identifier -> pair of the record's number and the content's
            hash, which is empty where the record was only named
        """
        known = self._known(source, kind, rows)
        now, create = fields.Datetime.now(), []
        for external_id, (number, stamp) in rows.items():
            vals = {"content_hash": stamp, "date_taken": now} if stamp else {}
            if model == "res.partner":
                vals["partner_id"] = number
            else:
                vals.update(res_model=model, res_id=number)
            if external_id in known:
                known[external_id].write(vals)
            else:
                vals.update(source_id=source.id, kind=kind, external_id=external_id)
                create.append(vals)
        self.sudo().create(create)
