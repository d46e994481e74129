from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.optional_numbers import OptionalInteger

#: What is said of a training; it stays as it is once the training was held.
CONTENT = frozenset(
    {
        "title",
        "partner_id",
        "company_id",
        "trainees",
        "date",
        "hours",
        "invited",
        "attended",
        "completed",
    }
)
ONE_AT_LEAST = "Somebody is invited: enter how many, 1 at least."
PEOPLE_FIT = (
    "Nobody completes a training without attending it, or attends it uninvited: of the "
    "three numbers none is greater than the one before."
)


class SupplierTraining(models.Model):
    """People who learn something: the supplier's from us, or ours from the supplier."""

    _name = "supplier.training"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "supplier.empty.help.mixin",
        "supplier.exclusion.mixin",
        "supplier.step.mixin",
        "supplier.subject.mixin",
        "supplier.archive.mixin",
    ]
    _description = "Training With a Supplier"
    _order = "date desc, id desc"
    _rec_name = "title"
    _rec_names_search = ("title", "partner_id")
    _check_company_auto = True
    _archived_in = ("held", "cancelled")

    title = fields.Char(string="Topic of the Training", required=True, tracking=True)
    partner_id = fields.Many2one(tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    trainees = fields.Selection(
        [
            ("supplier", "The Supplier's People"),
            ("us", "Our People"),
        ],
        string="Who Is Trained",
        required=True,
        default="supplier",
        help="The KPI goes by trainings of the supplier's people only.",
    )
    date = fields.Date(
        string="Day of the Training",
        required=True,
        default=fields.Date.context_today,
        index=True,
        tracking=True,
        help="It counts in the period with this day.",
    )
    hours = fields.Float(string="Length in Hours", aggregator="sum")
    invited = fields.Integer(
        string="People Invited", required=True, default=1, tracking=True
    )
    attended = OptionalInteger(string="People Who Came", tracking=True)
    completed = OptionalInteger(
        string="People Who Completed It",
        tracking=True,
        help="Who passed the test at its end, or was there to the end where there is "
        "none.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        check_company=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        index="btree_not_null",
        tracking=True,
    )
    state = fields.Selection(
        [("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
        string="Status",
        required=True,
        default="planned",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    date_done = fields.Datetime(
        string="Entered On",
        readonly=True,
        copy=False,
        help="Since when it is known who completed it.",
    )
    description = fields.Html(string="What Is Learned")

    _one_at_least = models.Constraint("CHECK (invited > 0)", ONE_AT_LEAST)
    _people_fit = models.Constraint(
        "CHECK (completed >= 0 AND completed <= attended AND attended <= invited)",
        PEOPLE_FIT,
    )
    _hours_not_negative = models.Constraint(
        "CHECK (hours >= 0)", "Enter the length as a positive number of hours, or 0."
    )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"state", "date_done"}

    def write(self, vals):
        if CONTENT & vals.keys() and not self._is_unguarded():
            self._check_state("planned")
        return super().write(vals)

    def _has_history(self):
        return self.state != "planned"

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_hold(self):
        """Say that it was held, and by that who completed it. This stays.

        :raises UserError: its day has not come yet, or it is not said who came
        """
        self.check_access("write")
        self._check_state("planned")
        for training in self:
            if problem := training._missing():
                raise UserError(problem)
        self._write_guarded({"state": "held", "date_done": fields.Datetime.now()})

    def action_cancel(self):
        """Say that it will not be held."""
        self.check_access("write")
        self._check_state("planned")
        self._write_guarded({"state": "cancelled"})

    def action_plan_again(self):
        """Take up again what was cancelled.

        What was held is not changed any more: a figure of then would say something
        else. A manager leaves it out with a reason, and the right one is entered.
        """
        self.check_access("write")
        self._check_state("cancelled")
        self._write_guarded({"state": "planned"})

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _exclusion_favours(self, exclusion):
        """What few completed counts against the supplier, what most did for it."""
        held = self.filtered(
            lambda training: (
                training.state == "held" and training.trainees == "supplier"
            )
        )
        few = held.filtered(lambda training: 2 * training.completed < training.invited)
        for_few = "supplier" if exclusion else "company"
        for_most = "company" if exclusion else "supplier"
        return dict.fromkeys((held - few).ids, for_most) | dict.fromkeys(
            few.ids, for_few
        )

    def _missing(self):
        """Return why it cannot be said to have been held, or False."""
        self.ensure_one()
        if not self.company_id._supplier_has_begun(self.date):
            return self.env._(
                "The day of “%s” has not come yet: change the day, or enter "
                "afterwards who completed it.",
                self.title,
            )
        if self.attended is False or self.completed is False:
            return self.env._(
                "How many came to “%s”, and how many completed it? Enter 0 if nobody "
                "did.",
                self.title,
            )
        return False
