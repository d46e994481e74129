from odoo import api, fields, models

from .supplier_evaluation import SEALED


class ResCompany(models.Model):
    """The heads of the chains of seals, which publishing and upgrades move on."""

    _name = "res.company"
    _inherit = ["res.company", "supplier.guard.mixin"]

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
    supplier_later_seal_number = fields.Integer(
        readonly=True,
        help="How many supplier evaluations have a seal of what an upgrade filled in.",
    )
    supplier_later_seal_hash = fields.Char(
        readonly=True, help="The last seal of what an upgrade filled in."
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "supplier_seal_number",
            "supplier_seal_hash",
            "supplier_evaluation_seal_number",
            "supplier_evaluation_seal_hash",
            "supplier_later_seal_number",
            "supplier_later_seal_hash",
        }

    @api.model
    def _supplier_published(self, moments):
        """An evaluation looks at what comes from its first day until its cut-off."""
        published = super()._supplier_published(moments)
        if not moments:
            return published
        companies, instants = zip(*moments, strict=True)
        evaluations = (
            self.env["supplier.evaluation"]
            .sudo()
            .search_fetch(
                [
                    ("company_id", "in", [company.id for company in companies]),
                    ("state", "in", SEALED),
                    ("cutoff", ">=", min(instants)),
                ],
                ["company_id", "date_from", "cutoff"],
            )
        )
        by_company = evaluations.grouped("company_id")
        return published | {
            (company, instant)
            for company, instant in moments
            if any(
                evaluation.date_from <= company._supplier_day(instant)
                and instant <= evaluation.cutoff
                for evaluation in by_company.get(company, ())
            )
        }
