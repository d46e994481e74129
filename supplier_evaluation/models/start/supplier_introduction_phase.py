from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...tools.groups import MANAGER_GROUP


class SupplierIntroductionPhase(models.Model):
    """A part of the way on which a company begins to evaluate its suppliers.

    Those of no company are what every company begins with: they have days instead of
    dates.
    """

    _name = "supplier.introduction.phase"
    _inherit = ["supplier.empty.help.mixin", "supplier.shared.mixin"]
    _description = "Phase of the Introduction"
    _order = "company_id, date_from, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Empty: every company begins with it.",
    )
    description = fields.Text(string="What Is to Be Done", translate=True)
    start_day = fields.Integer(
        string="Begins After (Days)",
        help="Days from the beginning of the programme.",
    )
    days = fields.Integer(string="Lasts (Days)", default=7, required=True)
    user_id = fields.Many2one(
        "res.users", string="Owner", domain=[("share", "=", False)]
    )
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="To")
    date_done = fields.Date(string="Done On", readonly=True, copy=False)
    done_uid = fields.Many2one("res.users", string="Done By", readonly=True, copy=False)
    state = fields.Selection(
        selection=[
            ("planned", "Planned"),
            ("running", "Running"),
            ("late", "Late"),
            ("done", "Done"),
        ],
        compute="_compute_state",
    )

    _days_positive = models.Constraint(
        "CHECK (days > 0 AND start_day >= 0)",
        "A phase lasts a day at least, and does not begin before the programme.",
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_from <= date_to)", "A phase ends on or after its first day."
    )

    @api.constrains("company_id", "date_from", "date_to")
    def _check_dates(self):
        for phase in self:
            if phase.company_id and not (phase.date_from and phase.date_to):
                raise ValidationError(
                    self.env._("Say from when until when: %s", phase.name)
                )

    @api.depends("date_from", "date_to", "date_done")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for phase in self:
            if phase.date_done:
                phase.state = "done"
            elif phase.date_to and phase.date_to < today:
                phase.state = "late"
            elif phase.date_from and phase.date_from <= today:
                phase.state = "running"
            else:
                phase.state = "planned"

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"date_done", "done_uid"}

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_begin(self):
        """Begin the programme of the company today; begun already, it stays as it is.

        Who begins it owns every phase until the owner is changed.

        :raises AccessError: the user does not manage supplier evaluation
        """
        self.check_access("create")
        company = self.env.company
        if self.search_count([("company_id", "=", company.id)], limit=1):
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {
                    "message": self.env._(
                        "The programme of %s has begun already.", company.name
                    )
                },
            }
        today = company._supplier_day(fields.Datetime.now())
        for phase in self.search([("company_id", "=", False)], order="sequence, id"):
            first = today + timedelta(days=phase.start_day)
            phase.copy(
                {
                    "company_id": company.id,
                    "date_from": first,
                    "date_to": first + timedelta(days=phase.days - 1),
                    "user_id": phase.user_id.id or self.env.uid,
                }
            )
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_done(self):
        """Note that a phase is done, and by whom.

        :raises AccessError: the user neither owns it nor manages supplier evaluation
        """
        self._check_owner()
        for phase in self.filtered(lambda one: not one.date_done):
            phase.sudo()._write_guarded(
                {
                    "date_done": fields.Date.context_today(self),
                    "done_uid": self.env.uid,
                }
            )

    def action_reopen(self):
        """Go on with a phase.

        :raises AccessError: the user neither owns it nor manages supplier evaluation
        """
        self._check_owner()
        self.sudo()._write_guarded({"date_done": False, "done_uid": False})

    def _check_owner(self):
        self.check_access("read")
        if self.env.user.has_group(MANAGER_GROUP):
            self.check_access("write")
        elif others := self.filtered(lambda one: one.user_id != self.env.user):
            raise AccessError(
                self.env._(
                    "The owner of “%s” and managers of supplier evaluation say that "
                    "it is done.",
                    others[0].name,
                )
            )
