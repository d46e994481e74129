from odoo import api, fields, models


class SupplierScorecardTemplate(models.Model):
    """Who publishes what somebody changed by hand."""

    _inherit = "supplier.scorecard.template"

    four_eyes = fields.Selection(
        [
            ("changed", "What was changed by hand"),
            ("all", "Every evaluation"),
            ("none", "Nothing"),
        ],
        required=True,
        default="changed",
        tracking=True,
        help="What somebody else publishes than who changed it. Nobody publishes alone "
        "a score that they overrode, or an evaluation from which they left records "
        "out; of every evaluation, nor one that they computed.",
    )

    four_eyes_uid = fields.Many2one(
        "res.users",
        string="Four Eyes Lifted By",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="The rule still holds for whoever lifted it.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_who_lifts(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._with_who_lifts(vals))

    def _with_who_lifts(self, vals):
        """Note who lets anybody publish; it stays, when the rule is put back."""
        vals = {name: vals[name] for name in vals if name != "four_eyes_uid"}
        if vals.get("four_eyes") == "none":
            vals["four_eyes_uid"] = self.env.uid
        return vals

    def _snapshot(self, grades):
        return {**super()._snapshot(grades), "four_eyes": self.four_eyes}
