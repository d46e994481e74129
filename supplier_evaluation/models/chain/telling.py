from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_datetime

from ...tools.actions import open_dialog
from ...tools.wording import listed
from .content import parsed
from .supplier_chain_waiting import COVERS, MERGED

TABLE = "<table class='table table-sm'>%s</table>"
ROW = "<tr><th class='w-25 fw-normal text-muted'>%s</th><td>%s</td></tr>"


class SupplierChainBlock(models.Model):
    """What people read of a block, and the way to its record."""

    _inherit = "supplier.chain.block"

    what = fields.Char(compute="_compute_what", help="What kind of record was sealed.")
    about = fields.Char(
        compute="_compute_what", help="The supplier, as it was called then."
    )
    has_record = fields.Boolean(compute="_compute_has_record")
    said = fields.Html(
        string="What Was Sealed", compute="_compute_said", sanitize=False
    )

    @api.depends("number", "company_id")
    def _compute_display_name(self):
        for block in self:
            block.display_name = self.env._("Seal %s", block.number)

    @api.depends("res_model", "content", "kind")
    @api.depends_context("lang")
    def _compute_what(self):
        models_of = self.env["ir.model"].sudo()
        for block in self:
            content = parsed(block.content or "")
            names = _original(content).get("names") or {}
            block.about = names.get("partner_id")
            if block.kind in (COVERS, MERGED):
                block.what = False
            else:
                block.what = models_of._get(block.res_model).name or block.res_model

    @api.depends("res_model", "res_id", "kind")
    def _compute_has_record(self):
        """Whether there is a record to open: its form is not shown to everybody."""
        self.has_record = False
        for name, blocks in self.grouped("res_model").items():
            if name in self.env and name != self._name:
                there = self.env[name].browse(blocks.mapped("res_id")).exists()
                for block in blocks:
                    block.has_record = block.res_id in there._ids

    @api.depends("content")
    @api.depends_context("lang", "tz")
    def _compute_said(self):
        for block in self:
            rows = Markup().join(Markup(ROW) % row for row in block._said_rows())
            block.said = Markup(TABLE) % rows

    def _said_rows(self):
        """Return what a block says as ``(label, value)``, without what is empty."""
        content = parsed(self.content or "")
        if "covers" in content:
            models_of = self.env["ir.model"].sudo()
            label = self.env._("Covered from here on")
            return [
                (label, models_of._get(name).name or name) for name in content["covers"]
            ]
        rows = []
        if "merged" in content:
            rows.append(
                (self.env._("Merged, by id"), listed(self.env, content["merged"]))
            )
            rows.append((self.env._("Into, by id"), content["into"]))
        if "by" in content:
            rows.append((self.env._("By"), content["by"][1]))
        original = _original(content)
        names = original.get("names") or {}
        values = original.get("row") or {}
        known = self.env[self.res_model]._fields if self.res_model in self.env else {}
        for name in sorted({*values, *names} - {"company_id"}):
            value = values.get(name)
            if value is None and name not in names:
                continue
            field = known.get(name)
            label = field._description_string(self.env) if field else name
            rows.append((label, self._said_value(field, value, names.get(name))))
        return rows

    def _said_value(self, field, value, name):
        if isinstance(value, list):
            return self.env._("A long text, sealed by its digest %s", value[1])
        if name:
            return f"{name} ({value})" if value else name
        if field and field.type == "many2many":
            return self._said_linked(field, value)
        if field and field.type == "selection":
            labels = dict(field._description_selection(self.env))
            return labels.get(value, value)
        if field and field.type == "datetime":
            return format_datetime(self.env, value)
        if field and field.type == "boolean":
            return self.env._("Yes") if value == "t" else self.env._("No")
        return value

    def _said_linked(self, field, value):
        """Return what linked records are called now, with their ids."""
        ids = [int(linked) for linked in value.split(",")]
        linked = self.env[field.comodel_name].sudo().browse(ids).exists()
        names = {record.id: f"{record.display_name} ({record.id})" for record in linked}
        texts = (names.get(linked_id, str(linked_id)) for linked_id in ids)
        return listed(self.env, texts)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_open_record(self):
        """Open what was sealed, as it is now."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id).get_formview_action()

    def action_check(self):
        """Check the chains of the active companies, and tell of it in a dialog."""
        self.check_access("read")
        check = self.env["supplier.chain.check"]._run(self.env.companies)
        return open_dialog(check._name, self.env._("Chain of Seals"), record=check)


def _original(content):
    """Return what was said of the row, also by a block of its end."""
    return parsed(content["was"]) if content.get("was") else content
