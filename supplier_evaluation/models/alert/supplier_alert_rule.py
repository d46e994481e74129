from odoo import fields, models

SEVERITIES = [("info", "Information"), ("warning", "Warning"), ("critical", "Critical")]
# Each kind is a file in watch/, with its fields and the methods ``_see_KIND``,
# ``_sentence_KIND`` and ``_problem_KIND``.
WATCHES = [
    ("records", "Each Record"),
    ("count", "A Number of Records"),
    ("kpi", "A Score or a KPI"),
    ("change", "A Change"),
    ("date", "A Date"),
    ("silence", "Nothing Since"),
    ("funnel", "A Stage of the Funnel"),
    ("seal", "A Broken Seal"),
]


class SupplierAlertRule(models.Model):
    """What is watched, of whom, and from which value on somebody hears of it."""

    _name = "supplier.alert.rule"
    _inherit = ["mail.thread", "supplier.shared.mixin", "supplier.setup.mixin"]
    _description = "Supplier Alert Rule"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", help="Empty: every company is watched, each for itself."
    )
    severity = fields.Selection(SEVERITIES, required=True, default="warning")
    watch = fields.Selection(WATCHES, string="Watches", required=True, default="kpi")

    def _see(self, companies, now):
        """Return what the rule sees by now, of all suppliers of these companies.

        :param companies: those of the rule, or all of them
        :param datetime now: as of when; before today: for a dry run
        :rtype: list[Seen]
        """
        self.ensure_one()
        return getattr(self, f"_see_{self.watch}")(companies, now)
