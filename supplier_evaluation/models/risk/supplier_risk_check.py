from odoo import Command, api, fields, models
from odoo.tools import format_date

from .taking import CHECKED


class SupplierRiskCheck(models.Model):
    """That a source was looked at: so "nothing found" differs from "never asked"."""

    _name = "supplier.risk.check"
    _inherit = ["supplier.subject.mixin", "supplier.risk.intake.mixin"]
    _description = "Look at a Register"
    _order = "date desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    source = fields.Char(
        required=True, help="The register, agency or paper that was looked at."
    )
    date = fields.Date(
        string="Looked On", required=True, default=fields.Date.context_today, index=True
    )
    has_legal = fields.Boolean(
        string="Lawsuits and Penalties",
        help="The source would have shown lawsuits and penalties.",
    )
    has_environment = fields.Boolean(
        string="Environment",
        help="The source would have shown violations of environmental law.",
    )
    note = fields.Char(help="What was searched for, and what was seen.")
    user_id = fields.Many2one(
        "res.users",
        string="Looked By",
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
    )
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files", copy=False, help="What was shown, as a file."
    )

    _once_a_day = models.Constraint(
        "UNIQUE (company_id, commercial_partner_id, source, date)",
        "That this source was looked at for this supplier on this day is noted "
        "already: change that note.",
    )
    _for_something = models.Constraint(
        "CHECK (has_legal OR has_environment)",
        "Say what the source would have shown: lawsuits and penalties, environment, "
        "or both.",
    )

    @api.depends("source", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for check in self:
            day = format_date(self.env, check.date) if check.date else ""
            check.display_name = " ".join(filter(None, (check.source, day)))

    def _become_one(self):
        """Let the first say what all of them say, with their files; it stays alone."""
        first, others = self[0], self[1:]
        files = others.attachment_ids
        first.write(
            {
                "has_legal": any(self.mapped("has_legal")),
                "has_environment": any(self.mapped("has_environment")),
                "note": "; ".join(dict.fromkeys(filter(None, self.mapped("note")))),
                "attachment_ids": [Command.link(file.id) for file in files],
            }
        )
        # They would be deleted with the record that they were attached to.
        files.filtered(lambda file: file.res_model == self._name).res_id = first.id
        others.unlink()

    # ------------------------------------------------------------
    # Many at once
    # ------------------------------------------------------------

    @api.model
    def _intake_key(self, vals):
        return (vals["partner_id"], vals["date"])

    @api.model
    def _intake_known(self, vals_list):
        found = self.search(
            [
                ("company_id", "=", vals_list[0]["company_id"]),
                ("source", "=", vals_list[0]["source"]),
                ("partner_id", "in", [vals["partner_id"] for vals in vals_list]),
                ("date", "in", [vals["date"] for vals in vals_list]),
            ]
        )
        return {(one.partner_id.id, one.date): one for one in found}

    @api.model
    def _intake_keys(self):
        """Look-ups come with the signals of their source."""
        return self.env["supplier.risk.signal"]._intake_keys()

    @api.model
    def _intake_reader(self, source, rows, company):
        signals = self.env["supplier.risk.signal"]
        read = signals._intake_reader(source, rows, company)
        return lambda row: read(_as_checked(row))


def _as_checked(row):
    """A row that says no kind says that the source was looked at."""
    if isinstance(row, dict) and not row.get("kind"):
        return {**row, "kind": CHECKED}
    return row
