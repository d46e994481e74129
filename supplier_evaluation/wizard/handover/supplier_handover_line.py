from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.groups import USER_GROUP
from .kinds import KINDS, LABELS, asked_in_person, owned

#: What is part of a record, in whose chatter it is noted.
PARTS = {
    "step": "action_id",
    "decision": "meeting_id",
    "audit": "certification_id",
    "reviewer": "template_id",
    "approver": "program_id",
}


class SupplierHandoverLine(models.TransientModel):
    """What of one kind goes to whom, in one company.

    How it goes is in ``giving.py``, who may get it in ``recipient.py``.
    """

    _name = "supplier.handover.line"
    _description = "What Is Handed Over to Whom"

    wizard_id = fields.Many2one(
        "supplier.handover.wizard", required=True, ondelete="cascade"
    )
    place_id = fields.Many2one("res.company", string="Company", required=True)
    kind = fields.Selection(LABELS, string="What", required=True)
    count = fields.Integer(string="How Many", compute="_compute_count")
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

    @api.depends("wizard_id.to_user_id", "kind", "place_id")
    def _compute_to_user_id(self):
        """What companies share stays, unless whoever acts in all of them gives it."""
        for line in self:
            user = line.wizard_id.to_user_id
            line.to_user_id = user and not line._is_of_others() and user

    def _is_of_others(self):
        records = self._records()
        if not isinstance(records, self.env.registry["supplier.shared.mixin"]):
            return False
        others = records.sudo(False)._companies_of_others()
        return bool(others) and any(one._is_shared() for one in records)

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
        owned_ids = self._theirs(records, kind.names[0]).ids
        give = getattr(self, f"_give_{self.kind}", self._give)
        given = give(quiet, kind.names, after)
        if kind.model != "mail.activity":
            # Some are made anew for the new owner.
            activities.exists().write({"user_id": after.id})
        self._note(records.browse(given.ids), activities, owned_ids)
        return len(records)

    def _activities(self, records):
        """Return what the person has to do with records, or these where they are it.

        Not what only they can do.
        """
        activities = self.env["mail.activity"].sudo()
        activities = activities.with_context(mail_activity_quick_update=True)
        if records._name == activities._name:
            return activities.browse(records.ids)
        before = self.wizard_id.from_user_id
        about = Domain(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("user_id", "=", before.id),
            ]
        )
        return activities.search(about & ~asked_in_person(self.env, before))

    # ------------------------------------------------------------
    # What is said about it
    # ------------------------------------------------------------

    def _note(self, records, activities, owned_ids):
        """Write into the chatter of each record who had it, and who has it now.

        :param owned_ids: those whose owner it was, and not only one of their people
        """
        body = self.env._(
            "Handed over from %(before)s to %(after)s. %(reason)s",
            before=self.wizard_id.from_user_id.sudo().name,
            after=self.to_user_id.sudo().name,
            reason=self.wizard_id.reason or "",
        ).strip()
        threads = [records]
        if self.kind in PARTS:
            threads = [records[PARTS[self.kind]]]
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
                    self._track(notes.filtered(lambda note: note.res_id in owned_ids))

    def _track(self, notes):
        """Keep in the notes who owned it: who had a hand in it does not decide."""
        kind = KINDS[self.kind]
        name = kind.names[0]
        field = self.env[kind.model]._fields[name]
        if field.type != "many2one" or not getattr(field, "tracking", False):
            return
        before, after = self.wizard_id.from_user_id, self.to_user_id
        vals = {
            "field_id": self.env["ir.model.fields"]._get(kind.model, name).id,
            "old_value_integer": before.id,
            "old_value_char": before.sudo().display_name,
            "new_value_integer": after.id,
            "new_value_char": after.sudo().display_name,
        }
        self.env["mail.tracking.value"].sudo().create(
            [{**vals, "mail_message_id": note.id} for note in notes]
        )
