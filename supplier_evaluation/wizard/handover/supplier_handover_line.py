from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.groups import USER_GROUP
from ...tools.selections import label_of
from .kinds import DECIDED, KINDS, LABELS, owned


class SupplierHandoverLine(models.TransientModel):
    """What of one kind goes to whom, in one company."""

    _name = "supplier.handover.line"
    _description = "What Is Handed Over to Whom"

    wizard_id = fields.Many2one(
        "supplier.handover.wizard", required=True, ondelete="cascade"
    )
    place_id = fields.Many2one("res.company", string="Company", required=True)
    kind = fields.Selection(LABELS, string="What", required=True)
    count = fields.Integer(string="Number", compute="_compute_count")
    to_user_id = fields.Many2one(
        "res.users",
        string="To",
        compute="_compute_to_user_id",
        store=True,
        readonly=False,
        precompute=True,
        domain=lambda self: [
            ("share", "=", False),
            ("all_group_ids", "in", self.env.ref(USER_GROUP).ids),
        ],
        help="Empty: it stays where it is.",
    )

    @api.depends("wizard_id.from_user_id", "kind", "place_id")
    def _compute_count(self):
        for line in self:
            line.count = len(line._records())

    @api.depends("wizard_id.to_user_id")
    def _compute_to_user_id(self):
        for line in self:
            line.to_user_id = line.wizard_id.to_user_id

    def _records(self):
        """Return what it is about as it is now, whatever the dialog showed."""
        company, before = self.place_id._origin, self.wizard_id.from_user_id._origin
        if not (self.kind and company and before):
            return self.env["res.partner"]
        found = owned(self.env, self.kind, before, self._companies(company))
        return found.get(company, self.env[KINDS[self.kind].model])

    def _companies(self, company):
        """Return the companies of the dialog; the first one takes what is of none."""
        companies = self.wizard_id.line_ids.place_id._origin & self.env.companies
        return companies or company

    # ------------------------------------------------------------
    # Handing over
    # ------------------------------------------------------------

    def _hand_over(self):
        """Give it away, kind by kind, each in a number of statements of its own.

        :return: how much it was
        :raises UserError: it does not go to this person, naming both
        """
        self.ensure_one()
        records, after = self._records(), self.to_user_id
        if not (records and after):
            return 0
        self._check_recipient()
        kind = KINDS[self.kind]
        activities = self._activities(records)
        self._check_four_eyes(activities)
        quiet = records.with_context(tracking_disable=True).with_company(self.place_id)
        give = getattr(self, f"_give_{self.kind}", self._give)
        give(quiet, kind.field, after)
        if kind.model != "mail.activity":
            # Some are made anew for the new owner.
            activities.exists().write({"user_id": after.id})
        self._note(records, activities)
        return len(records)

    def _activities(self, records):
        """Return what the person has to do with records, or these where they are it."""
        activities = self.env["mail.activity"].sudo()
        activities = activities.with_context(mail_activity_quick_update=True)
        if records._name == activities._name:
            return activities.browse(records.ids)
        return activities.search(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("user_id", "=", self.wizard_id.from_user_id.id),
            ]
        )

    def _give(self, records, name, user):
        """Change the owner of all of them, who follows them from now on."""
        if isinstance(records, self.env.registry["supplier.guard.mixin"]):
            records = records._unguarded()
        records.write({name: user.id})
        if isinstance(records, self.env.registry["mail.thread"]):
            records.message_subscribe(partner_ids=user.partner_id.ids)

    def _give_vendor(self, vendors, _name, user):
        vendors._set_supplier_buyer(user)

    def _give_application(self, applications, _name, user):
        applications._assign(user)

    def _give_action(self, actions, name, user):
        """Its steps go along; written before, they are not looked at one by one."""
        steps = actions.step_ids.filtered(
            lambda step: step.user_id == self.wizard_id.from_user_id
        )
        steps.write({"user_id": user.id})
        self._give(actions, name, user)

    def _give_risk(self, signals, name, user):
        """Whoever owned a signal had a hand in it, and does not close it alone."""
        signals._note_involved(self.wizard_id.from_user_id | user)
        self._give(signals, name, user)

    def _give_inspection(self, inspections, name, user):
        """Whoever inspected had a hand in it, and accepts nothing with conditions."""
        before = fields.Command.link(self.wizard_id.from_user_id.id)
        inspections._write_guarded({"editor_ids": [before]})
        self._give(inspections, name, user)

    def _give_approver(self, steps, name, user):
        """Name the successor, and ask in what waits for the step already."""
        before = self.wizard_id.from_user_id
        steps = steps.with_context(active_test=False)
        # Of all companies: only for whoever acts in all of them.
        steps.sudo(False)._check_shared()
        swap = [fields.Command.unlink(before.id), fields.Command.link(user.id)]
        steps.write({name: swap})
        waiting = self.env["supplier.certification"].sudo()
        waiting = waiting.search(
            [("step_id", "in", steps.ids), ("state", "=", "approval")]
        ).filtered(
            lambda one: before in one.with_context(active_test=False).waiting_user_ids
        )
        quiet = waiting.with_context(tracking_disable=True, active_test=False)
        quiet._write_guarded({"waiting_user_ids": swap})
        self._activities(waiting).write({"user_id": user.id})

    def _give_activity(self, activities, name, user):
        quick = activities.with_context(mail_activity_quick_update=True)
        quick.write({name: user.id})

    # ------------------------------------------------------------
    # Who may get it
    # ------------------------------------------------------------

    def _check_recipient(self):
        """Refuse whoever could not see to it.

        :raises UserError: naming the person and what is missing
        """
        user, company = self.to_user_id, self.place_id
        if not company._shows_suppliers_to(user):
            raise UserError(
                self.env._(
                    "%(user)s does not see the suppliers of %(company)s. Give the "
                    "access “Supplier Evaluation: User” and the company in the "
                    "settings of the user, or choose somebody else.",
                    user=user.sudo().name,
                    company=company.name,
                )
            )
        if not user.has_group(KINDS[self.kind].needs):
            raise UserError(
                self.env._(
                    "%(user)s is no approver, so %(what)s cannot go there. Grant the "
                    "role Approver of supplier evaluations first.",
                    user=user.sudo().name,
                    what=label_of(self, "kind"),
                )
            )
        if self.kind == "approver":
            self._check_waiting()

    def _check_waiting(self):
        """Refuse an approver who submitted what waits for the step.

        :raises UserError: naming the certification
        """
        waiting = self.env["supplier.certification"].sudo()
        for one in waiting.search([("step_id", "in", self._records().ids)]):
            if self.to_user_id in one._involved() | one._approvals().user_id:
                raise self._refusal(one)

    def _check_four_eyes(self, activities):
        """Refuse to ask somebody for a decision on what they had a hand in.

        What the one before had a hand in, too, did not wait for a decision of theirs.

        :raises UserError: naming the record
        """
        segregated = self.env.registry["supplier.segregation.mixin"]
        for model, some in activities.grouped("res_model").items():
            records = self.env[model].sudo().browse(some.mapped("res_id")).exists()
            if not isinstance(records, segregated) or model not in DECIDED:
                continue
            name, values = DECIDED[model]
            for record in records:
                people = record._involved() if record[name] in values else ()
                if self.wizard_id.from_user_id in people:
                    continue
                if self.to_user_id in people:
                    raise self._refusal(record)
        if self.kind == "dispute":
            for dispute in self._records():
                if self.to_user_id in dispute._involved():
                    raise self._refusal(dispute)

    def _refusal(self, record):
        return UserError(
            self.env._(
                "%(user)s had a hand in %(record)s, so somebody else has to decide on "
                "it: choose another person for “%(what)s”.",
                user=self.to_user_id.sudo().name,
                record=record.display_name,
                what=label_of(self, "kind"),
            )
        )

    # ------------------------------------------------------------
    # What is said about it
    # ------------------------------------------------------------

    def _note(self, records, activities):
        """Write into the chatter of each record who had it, and who has it now."""
        body = self.env._(
            "Handed over from %(before)s to %(after)s. %(reason)s",
            before=self.wizard_id.from_user_id.sudo().name,
            after=self.to_user_id.sudo().name,
            reason=self.wizard_id.reason or "",
        ).strip()
        threads = [records]
        if records._name == "supplier.corrective.action.step":
            threads = [records.action_id]
        elif records._name == activities._name:
            threads = [
                self.env[model].sudo().browse(set(some.mapped("res_id")))
                for model, some in activities.grouped("res_model").items()
            ]
        for thread in threads:
            if isinstance(thread, self.env.registry["mail.thread"]):
                notes = thread._message_log_batch(
                    bodies=dict.fromkeys(thread.ids, body)
                )
                if thread == records:
                    self._track(notes)

    def _track(self, notes):
        """Keep in the notes who owned it: who had a hand in it does not decide."""
        kind = KINDS[self.kind]
        field = self.env[kind.model]._fields[kind.field]
        if field.type != "many2one" or not getattr(field, "tracking", False):
            return
        before, after = self.wizard_id.from_user_id, self.to_user_id
        vals = {
            "field_id": self.env["ir.model.fields"]._get(kind.model, kind.field).id,
            "old_value_integer": before.id,
            "old_value_char": before.sudo().display_name,
            "new_value_integer": after.id,
            "new_value_char": after.sudo().display_name,
        }
        self.env["mail.tracking.value"].sudo().create(
            [{**vals, "mail_message_id": note.id} for note in notes]
        )
