from odoo import api, fields, models
from odoo.exceptions import AccessError

# A waiver changes a score, so it is written by the wizard alone. An object
# cannot travel over RPC: no client can put this key into its context.
_EXCLUSION_KEY = object()
_EXCLUSION_FIELDS = frozenset({"supplier_exclusion", "supplier_exclusion_reason"})


class SupplierExclusionMixin(models.AbstractModel):
    """A record that a manager may leave out of the evaluation, with a reason."""

    _name = "supplier.exclusion.mixin"
    _description = "Record That Can Be Left Out of an Evaluation"

    supplier_exclusion = fields.Selection(
        selection=[
            ("responsibility", "Not the supplier's responsibility"),
            ("manual", "Waived by a manager"),
        ],
        string="Left Out of Evaluation",
        copy=False,
        readonly=True,
        help="Why this record does not count in supplier scores. It stays visible "
        "among the excluded records of a scorecard.",
    )
    supplier_exclusion_reason = fields.Char(
        string="Reason for Leaving Out", copy=False, readonly=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_exclusion_write(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_exclusion_write(vals)
        return super().write(vals)

    def _check_exclusion_write(self, vals):
        if (
            any(vals.get(name) for name in _EXCLUSION_FIELDS)
            or (_EXCLUSION_FIELDS & vals.keys() and self)
        ) and self.env.context.get("supplier_exclusion_key") is not _EXCLUSION_KEY:
            raise AccessError(
                self.env._(
                    "A record is left out of the evaluation with the action "
                    '"Leave out of evaluation", which asks for a reason.'
                )
            )

    def _set_supplier_exclusion(self, exclusion, reason):
        """Leave the records out of the evaluation, or count them again.

        :param exclusion: ``responsibility``, ``manual``, or ``False`` to count again
        :param str reason: why, for whoever disputes the score
        """
        self.with_context(supplier_exclusion_key=_EXCLUSION_KEY).write(
            {
                "supplier_exclusion": exclusion,
                "supplier_exclusion_reason": reason,
            }
        )

    def _log_supplier_exclusion(self, decision, reason):
        """Tell the decision where people look for it; to be extended."""

    def action_leave_out(self):
        """Open the wizard that leaves the records out, or counts them again."""
        return self._leave_out_action({self._name: self.ids})

    @api.model
    def _leave_out_action(self, targets):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Leave Out of Evaluation"),
            "res_model": "supplier.exclusion.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_targets": targets},
        }
