from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.actions import can_open_form
from .mixin.supplier_exclusion_mixin import CORRECTED, COUNTED, LEFT_OUT


def read_reason(env, text):
    """Return a reason without the blanks around it.

    :param env: environment of whoever gives it
    :param str text: what was typed
    :raises UserError: nothing but blanks was
    """
    reason = (text or "").strip()
    if not reason:
        raise UserError(env._("Say why."))
    return reason


def check_reason(dialog):
    """Refuse a reason of nothing but blanks.

    :param dialog: a record with the field ``reason``
    :raises UserError: it says nothing
    """
    read_reason(dialog.env, dialog.reason)


class SupplierAdjustment(models.Model):
    """What somebody changed by hand of what an evaluation says, and on what evidence.

    Here records that are left out, count again, or less than they did; rooms above add
    what else there is.
    """

    _name = "supplier.adjustment"
    _inherit = ["supplier.register.mixin", "supplier.kept.file.mixin"]
    _description = "Change by Hand"
    _rec_name = "record_name"

    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    partner_name = fields.Char(
        string="Supplier's Name Then",
        readonly=True,
        help="Stays as it was, also when the supplier is renamed or merged.",
    )
    kind = fields.Selection(
        [
            (LEFT_OUT, "Left out"),
            (COUNTED, "Counted again"),
            (CORRECTED, "Quantity corrected"),
        ],
        string="What Was Done",
        required=True,
        readonly=True,
    )
    exclusion = fields.Selection(
        selection=lambda self: (
            self.env["supplier.exclusion.mixin"]
            ._fields["supplier_exclusion"]
            ._description_selection(self.env)
        ),
        string="Left Out As",
        readonly=True,
    )
    favour = fields.Selection(
        [("supplier", "The supplier's"), ("company", "Ours"), ("unknown", "Not known")],
        string="In Whose Favour",
        required=True,
        readonly=True,
        default="unknown",
        help="Whom the score that comes of it is better for, as far as the change "
        "itself tells.",
    )
    res_model = fields.Char(string="Record Model", readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", readonly=True
    )
    record_name = fields.Char(
        string="Of", readonly=True, help="The record as it was called then."
    )
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Evidence", compute="_compute_attachment_ids"
    )
    has_evidence = fields.Boolean(string="With Evidence", readonly=True)
    evidence_mark = fields.Char(
        string="Evidence Then",
        readonly=True,
        help="Names and checksums of the files, as they were: sealed with the row.",
    )

    _record_idx = models.Index("(res_model, res_id) WHERE res_id IS NOT NULL")

    def _compute_attachment_ids(self):
        found = self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)], order="id"
        )
        by_row = found.grouped("res_id")
        for row in self:
            row.attachment_ids = by_row.get(row.id)

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _append_with_evidence(self, vals_list, evidence):
        """Add rows, each with a copy of its own of what shows that it is right.

        What was uploaded stays where it was put, and may go; a copy in a row stays.

        :param vals_list: values of one row each
        :param evidence: attachments, which the user may read
        :return: the rows
        :raises UserError: the company asks for evidence, and there is none
        """
        if not evidence:
            self._refuse_without_evidence(vals_list)
        evidence.check_access("read")
        evidence._check_supplier_content()
        suppliers = self.env["res.partner"].sudo()
        rows = self._append(
            [
                {
                    **vals,
                    "partner_name": suppliers.browse(vals["partner_id"]).display_name,
                    "has_evidence": bool(evidence),
                    "evidence_mark": evidence.sudo()._supplier_mark() or False,
                }
                for vals in vals_list
            ]
        )
        for row in rows.sudo():
            for attachment in evidence.sudo():
                attachment.copy(
                    {
                        "res_model": self._name,
                        "res_id": row.id,
                        "res_field": False,
                        "public": False,
                        "access_token": False,
                    }
                )
        rows.invalidate_recordset(["attachment_ids"])
        return rows

    @api.model
    def _kinds_with_evidence(self):
        """Return what nobody does without evidence where the company asks for it."""
        return {LEFT_OUT, CORRECTED}

    @api.model
    def _refuse_without_evidence(self, vals_list):
        for vals in vals_list:
            company = self.env["res.company"].sudo().browse(vals["company_id"])
            asked = company.supplier_evidence_required
            if asked and vals["kind"] in self._kinds_with_evidence():
                raise UserError(
                    self.env._(
                        "%(company)s asks for evidence of what is changed by hand: add "
                        "a file that shows why, to %(record)s.",
                        company=company.name,
                        record=vals["record_name"],
                    )
                )

    def _check_file_open(self):
        """What a row rests on is neither exchanged nor taken away."""
        if self:
            raise UserError(
                self.env._(
                    "The evidence of %s stays as it was when the change was made.",
                    self[0].record_name,
                )
            )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    @api.model
    def _left_out(self, records=None):
        """Return the rows by which records are left out now, see :meth:`_in_force`."""
        return self._in_force(records).filtered(lambda row: row.kind == LEFT_OUT)

    @api.model
    def _in_force(self, records=None):
        """Return the rows by which records are left out now, or were corrected.

        Whoever changed why a record is left out had a hand in it, too: the rows since
        it counted last.

        :param records: of one model; none: all there are
        :rtype: SupplierAdjustment
        """
        domain = Domain("kind", "in", (LEFT_OUT, COUNTED, CORRECTED))
        if records is None:
            domain &= Domain("res_id", "!=", False)
        else:
            domain &= Domain("res_model", "=", records._name)
            domain &= Domain("res_id", "in", records.ids)
        rows = self.search_fetch(
            domain,
            ["kind", "res_model", "res_id"],
            order="id",
        )
        corrected = rows.filtered(lambda row: row.kind == CORRECTED)
        kept = defaultdict(self.browse)
        for row in rows - corrected:
            key = row.res_model, row.res_id
            if row.kind == COUNTED:
                kept.pop(key, None)
            else:
                kept[key] += row
        return corrected.union(*kept.values())

    def _in_words(self):
        """Return what the rows say, each as what it is sealed with.

        :return: list of dicts
        """
        return [
            {
                "row": row.id,
                "kind": row.kind,
                "supplier": row.partner_name,
                "what": row.record_name,
                "reason": row.reason,
                "who": row.user_id.name,
                "when": fields.Datetime.to_string(row.date),
                "evidence": [
                    [attachment.name, attachment.checksum]
                    for attachment in row.attachment_ids.sorted("id")
                ],
            }
            for row in self.sudo()
        ]

    def action_open_record(self):
        """Open the record that was changed, if the user may and it is still there."""
        self.ensure_one()
        record = self.env[self.res_model].browse(self.res_id).exists()
        if record and isinstance(record, self.pool["supplier.exclusion.mixin"]):
            record = record._left_out_document()
        if not record or not can_open_form(record):
            raise UserError(
                self.env._(
                    "%s is no longer there, or you may not open it.", self.record_name
                )
            )
        return record.get_formview_action()
