from odoo import fields, models
from odoo.exceptions import UserError

from ...models.base.supplier_adjustment import check_reason
from ...tools.wording import label_of


class SupplierExclusionWizard(models.TransientModel):
    _name = "supplier.exclusion.wizard"
    _description = "Leave Records Out of the Evaluation"

    targets = fields.Json(required=True, help="Record ids by model.")
    exclusion = fields.Selection(
        selection=[
            ("responsibility", "Not the supplier's responsibility"),
            ("manual", "Waived by a manager"),
            ("count", "Count again"),
        ],
        string="Decision",
        required=True,
        default="responsibility",
    )
    reason = fields.Char(string="Why", required=True)
    attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Evidence",
        help="What shows it: a mail, a photo, a delivery note.",
    )

    def action_apply(self):
        """Leave the records out, or count them again, and tell it on the document.

        Published scorecards do not change; a new revision takes the decision in.

        :raises UserError: the records are of a kind that cannot be left out
        """
        self.ensure_one()
        check_reason(self)
        exclusion = False if self.exclusion == "count" else self.exclusion
        label = label_of(self, "exclusion")
        for records in self._get_records():
            records.check_access("write")
            records._set_supplier_exclusion(exclusion, self.reason, self.attachment_ids)
            records._log_supplier_exclusion(label, self.reason)
        return {"type": "ir.actions.act_window_close"}

    def _get_records(self):
        mixin = self.env.registry["supplier.exclusion.mixin"]
        for model, ids in self.targets.items():
            if not isinstance(self.env.get(model), mixin):
                raise UserError(
                    self.env._("Records of this kind always count: %s", model)
                )
            yield self.env[model].browse(ids)
