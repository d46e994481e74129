from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools.groups import USER_GROUP
from ....tools.wording import listed


class SupplierScorecardTemplate(models.Model):
    """Who gets what was published, by e-mail."""

    _inherit = "supplier.scorecard.template"

    report_user_ids = fields.Many2many(
        "res.users",
        "supplier_scorecard_template_report_user_rel",
        string="Send the Results To",
        copy=False,
        domain="[('share', '=', False)]",
        help="They get every published evaluation by e-mail, of the companies whose "
        "scorecards they may read.",
    )

    @api.constrains("report_user_ids")
    def _check_report_users(self):
        for template in self:
            strangers = template.report_user_ids.filtered(
                lambda user: not user.has_group(USER_GROUP)
            )
            if strangers:
                raise ValidationError(
                    self.env._(
                        "%(users)s may not read scorecards, so they cannot get the "
                        "results of %(template)s. Give them the group User of "
                        "Supplier Evaluation first.",
                        users=listed(self.env, strangers.mapped("name")),
                        template=template.name,
                    )
                )
