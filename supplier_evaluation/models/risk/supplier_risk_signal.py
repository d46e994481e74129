from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.actions import open_dialog
from .kinds import DAYS_TO_REVIEW, KINDS, OVER, PROPOSED_SEVERITIES, SEVERITIES, STATES


class SupplierRiskSignal(models.Model):
    """Something that happened to a supplier outside of our orders.

    How ratings are read is in ``rating.py``, who decides in ``deciding.py``, when it is
    looked at again in ``following_up.py``, how many come at once in ``taking.py``.
    """

    _name = "supplier.risk.signal"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "supplier.exclusion.mixin",
        "supplier.kept.file.mixin",
        "supplier.segregation.mixin",
        "supplier.subject.mixin",
        "supplier.risk.intake.mixin",
        "supplier.archive.mixin",
    ]
    _description = "Supplier Risk Signal"
    _order = "date desc, id desc"
    _rec_names_search = ("name", "external_ref")
    _check_company_auto = True
    _archived_in = OVER

    name = fields.Char(
        string="What Happened", required=True, index="trigram", tracking=True
    )
    partner_id = fields.Many2one(tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    kind = fields.Selection(KINDS, required=True, index=True, tracking=True)
    severity = fields.Selection(
        SEVERITIES,
        compute="_compute_severity",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        tracking=True,
        help="Proposed by the kind, and by the rating where it is one.",
    )
    date = fields.Date(
        required=True,
        default=fields.Date.context_today,
        index=True,
        tracking=True,
        help="When it happened, as the source says: filed, decided, published.",
    )
    date_end = fields.Date(
        string="Ended On",
        tracking=True,
        help="The day on which it was over, where it is: settled, removed from the "
        "register, supplied again.",
    )
    source = fields.Char(
        required=True,
        default=lambda self: self.env._("By hand"),
        index=True,
        tracking=True,
        help="The register, agency or paper that says so.",
    )
    external_ref = fields.Char(
        string="Reference at the Source",
        copy=False,
        tracking=True,
        help="The number by which the source knows it. The same number of the same "
        "source is the same signal, so nothing comes in twice.",
    )
    amount = fields.Monetary(
        tracking=True, aggregator=None, help="What is claimed, or was imposed."
    )
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.company.currency_id
    )
    description = fields.Text(help="What the source says.")
    link = fields.Char(help="Where it can be read.")
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Files", copy=False, help="What shows it."
    )
    measures = fields.Text(
        tracking=True, copy=False, help="What was done about it, by us or by them."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        index="btree_not_null",
        tracking=True,
        help="Who finds out whether it is true, and sees to it.",
    )
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        default="open",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand=True,
    )
    date_review = fields.Date(
        string="Look Again On",
        compute="_compute_date_review",
        store=True,
        readonly=False,
        precompute=True,
        copy=False,
        tracking=True,
        help="Proposed by the severity. On this day the owner is asked to look again.",
    )

    _source_ref_uniq = models.UniqueIndex(
        "(company_id, source, external_ref) WHERE external_ref IS NOT NULL",
        "This source has a signal with this reference already: open that one.",
    )
    _dates_ordered = models.Constraint(
        "CHECK (date_end >= date)",
        "A signal cannot end before it began: check its two dates.",
    )
    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0)", "Enter the amount of a signal as a positive number."
    )
    _weighing_idx = models.Index("(company_id, commercial_partner_id, state)")

    @api.constrains("link")
    def _check_link(self):
        """What is clicked opens a page, and nothing else."""
        for signal in self:
            if signal.link and not signal.link.lower().startswith(
                ("http://", "https://")
            ):
                raise ValidationError(
                    self.env._(
                        "%(signal)s: a link begins with https:// or http://. Copy it "
                        "from the address line of the browser.",
                        signal=signal.name,
                    )
                )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("kind", "rating_score")
    def _compute_severity(self):
        for signal in self:
            kept = signal._origin.severity if signal._origin.kind == signal.kind else ""
            signal.severity = (
                signal._severity_of_rating()
                or kept
                or PROPOSED_SEVERITIES.get(signal.kind, "low")
            )

    @api.depends("severity")
    def _compute_date_review(self):
        """Propose the day; what is agreed is brought forward, never put off."""
        today = fields.Date.context_today(self)
        for signal in self:
            if signal.state in OVER:
                signal.date_review = signal.date_review
                continue
            days = DAYS_TO_REVIEW.get(signal.severity)
            due = days and today + timedelta(days=days)
            agreed = signal._origin and signal.date_review
            signal.date_review = min(filter(None, (due, agreed)), default=False)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    @api.model
    def action_import(self):
        """Open the dialog that takes signals from a file."""
        return open_dialog(
            "supplier.risk.import",
            self.env._("Import Risk Signals"),
            {"res_model": self._name},
        )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _check_file_open(self):
        """What a decision rested on stays."""
        for signal in self:
            if signal.state in OVER:
                raise UserError(
                    self.env._(
                        "%s is closed, and its files stay as they were. Open it again "
                        "first.",
                        signal.display_name,
                    )
                )

    def _exclusion_favours(self, exclusion):
        """A signal counts against the supplier, or not at all."""
        return dict.fromkeys(self.ids, "supplier" if exclusion else "company")
