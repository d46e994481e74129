from odoo import fields, models

from .supplier_evaluation import SEALED


class ResCompany(models.Model):
    _inherit = "res.company"

    supplier_seal_number = fields.Integer(
        readonly=True, help="How many supplier scorecards have been sealed."
    )
    supplier_seal_hash = fields.Char(
        readonly=True, help="Seal of the last published supplier scorecard."
    )
    supplier_evaluation_seal_number = fields.Integer(
        readonly=True, help="How many supplier evaluations have been sealed."
    )
    supplier_evaluation_seal_hash = fields.Char(
        readonly=True, help="Seal of the last published supplier evaluation."
    )

    def _supplier_has_published(self, instant):
        """Whether a published evaluation begins before the instant and looks at it."""
        sealed = self.env["supplier.evaluation"].sudo()
        return super()._supplier_has_published(instant) or bool(
            sealed.search_count(
                [
                    ("company_id", "=", self.id),
                    ("state", "in", SEALED),
                    ("date_from", "<=", self._supplier_day(instant)),
                    ("cutoff", ">=", instant),
                ],
                limit=1,
            )
        )
