from odoo import api, fields, models

from ...tools.activities import plan, planned
from ...tools.scheduled import Work, run_scheduled

ACTIVITY_TYPE = "supplier_evaluation.mail_activity_type_supplier_contract"
BATCH = 50


class SupplierContract(models.Model):
    """Its owner is reminded once before it ends; on the day after, it has ended.

    The day of the reminder is stored, so that the scheduled action reads only what is
    due.
    """

    _inherit = "supplier.contract"

    reminder_days = fields.Integer(
        string="Reminder (days)",
        default=90,
        tracking=True,
        help="So many days before the end, its owner is reminded to renew it or to "
        "give notice. 0: on the last day.",
    )
    date_reminded = fields.Date(string="Reminded On", readonly=True, copy=False)
    date_next_reminder = fields.Date(
        string="Next Reminder",
        compute="_compute_date_next_reminder",
        store=True,
        index="btree_not_null",
    )

    _reminder_not_negative = models.Constraint(
        "CHECK (reminder_days >= 0)", "Remind before the end: enter a positive number."
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"date_reminded", "date_next_reminder"}

    @api.depends("state", "date_to", "reminder_days", "date_reminded")
    def _compute_date_next_reminder(self):
        for contract in self:
            day = False
            if contract.state == "in_force" and contract.date_to:
                days = contract.reminder_days
                day = contract._days_before_end(days) or contract.date_from
            # Told once; a later day is told again.
            if day and contract.date_reminded and contract.date_reminded >= day:
                day = False
            contract.date_next_reminder = day

    def write(self, vals):
        """Whoever owns it now is reminded, also where the reminder was lost."""
        result = super().write(vals)
        if vals.get("user_id"):
            told = self.filtered(
                lambda one: one.state == "in_force" and one.date_reminded
            )
            reminders = planned(told, ACTIVITY_TYPE)
            reminders.with_context(mail_activity_quick_update=True).write(
                {"user_id": vals["user_id"]}
            )
            left = told - self.browse(reminders.mapped("res_id"))
            left._write_guarded({"date_reminded": False})
        return result

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_contracts(self):
        """Remind the owners of what ends soon, and end what is over.

        A batch is one transaction. A bad contract is tried again on the next day, the
        others are done.

        :raises Exception: the error of a bad one, when the others are done
        """
        companies = self.env["res.company"].search([("active", "in", [True, False])])
        now = fields.Datetime.now()
        days = {company.id: company._supplier_day(now) for company in companies}
        last = max(days.values())
        run_scheduled(
            self.env,
            Work(
                "Reminders of supplier contracts",
                # For a company in the archive nobody renews anything.
                self.search(
                    [
                        ("date_next_reminder", "<=", last),
                        ("company_id.active", "=", True),
                    ]
                ),
                lambda contracts: contracts._remind(days),
                size=BATCH,
            ),
            Work(
                "Ends of supplier contracts",
                self.search([("state", "=", "in_force"), ("date_to", "<", last)]),
                lambda contracts: contracts._end(days),
                size=BATCH,
            ),
        )

    def _remind(self, days):
        """Put those that are due on the lists of their owners.

        :param dict days: today by company id
        """
        contracts = self.try_lock_for_update(allow_referencing=True).filtered(
            lambda one: (
                one.date_next_reminder
                and one.date_next_reminder <= days[one.company_id.id]
            )
        )
        if not contracts:
            return
        contracts._forget_reminders()
        plan(
            contracts,
            ACTIVITY_TYPE,
            [
                # Where nobody is left, it stands at least on the contract.
                contract._reminder_vals(owner or self.env.user)
                for contract, owner in contracts._listeners().items()
            ],
        )
        for contract in contracts:
            day = days[contract.company_id.id]
            contract._write_guarded({"date_reminded": day})

    def _reminder_vals(self, owner):
        self.ensure_one()
        contract = self.with_context(lang=owner.lang or self.env.lang)
        return {
            "res_id": self.id,
            "user_id": owner.id,
            "date_deadline": self.date_notice,
            "summary": contract.env._(
                "%(contract)s with %(supplier)s ends: renew it or give notice",
                contract=contract.display_name,
                supplier=contract.commercial_partner_id.display_name,
            ),
        }

    def _listeners(self):
        """Return who is told of each: the owner, who wrote it, or a manager.

        :return: ``{contract: user, or nobody}``
        """
        return self.env["res.company"]._supplier_listeners(
            {one: (one.user_id, one.create_uid) for one in self}
        )

    def _forget_reminders(self):
        """Nobody is reminded of what is decided."""
        planned(self, ACTIVITY_TYPE).unlink()

    def _end(self, days):
        """End those whose last day is over.

        :param dict days: today by company id
        """
        over = self.try_lock_for_update(allow_referencing=True).filtered(
            lambda one: (
                one.state == "in_force" and one.date_to < days[one.company_id.id]
            )
        )
        for contract in over:
            contract._go("ended", "ended", date_closed=contract.date_to)
