from odoo import api, fields, models

from ...matching import REASONS
from ...tools.wording import listed


class SupplierApplicationCandidate(models.Model):
    """Somebody whom an application looks like, and why.

    Found by the scheduled action; a person says whether it is the same company.
    """

    _name = "supplier.application.candidate"
    _description = "Possible Duplicate of an Application"
    _order = "application_id, sequence, id"

    application_id = fields.Many2one(
        "supplier.application",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, index=True
    )
    sequence = fields.Integer(readonly=True, help="The most likely one first.")
    partner_id = fields.Many2one(
        "res.partner",
        string="Known Supplier",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    twin_id = fields.Many2one(
        "supplier.application",
        string="Other Application",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    reasons = fields.Char(readonly=True, help="Codes, with commas between.")
    why = fields.Char(compute="_compute_why", help="What both have in common.")

    @api.depends("reasons")
    @api.depends_context("lang")
    def _compute_why(self):
        labels = self._reason_labels()
        for candidate in self:
            codes = (candidate.reasons or "").split(",")
            candidate.why = listed(
                self.env, (labels[code] for code in codes if code in labels)
            )

    @api.model
    def _reason_labels(self):
        """Return what a reason is called, by its code."""
        labels = (
            self.env._("registry number"),
            self.env._("tax ID"),
            self.env._("name"),
            self.env._("phone"),
            self.env._("e-mail"),
            self.env._("mail domain"),
        )
        return dict(zip(REASONS, labels, strict=True))

    def action_take_up(self):
        """Ask whether the application is from this supplier, and take it up."""
        self.ensure_one()
        return self.application_id._ask_acceptance(self.partner_id)
