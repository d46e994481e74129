from odoo import models
from odoo.exceptions import UserError

from ...models.gate.asking import ASKED_TYPE
from ...tools.wording import label_of
from .kinds import DECIDED, DECIDERS, KINDS


class SupplierHandoverLine(models.TransientModel):
    """Who may get it: who could see to it, and had no hand in what is decided."""

    _inherit = "supplier.handover.line"

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
        self._check_deciders(activities)
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

    def _check_deciders(self, activities):
        """Refuse to ask somebody for a decision that is not theirs.

        :raises UserError: naming the record
        """
        user = self.to_user_id
        for number, group in DECIDERS.items():
            kind = self.env.ref(number)
            for activity in activities.filtered(
                lambda one, own=kind: one.activity_type_id == own
            ):
                record = self.env[activity.res_model].sudo().browse(activity.res_id)
                if not user.has_group(group):
                    raise UserError(
                        self.env._(
                            "%(user)s has no right to decide on %(record)s: choose "
                            "another person for “%(what)s”.",
                            user=user.sudo().name,
                            record=record.display_name,
                            what=label_of(self, "kind"),
                        )
                    )
                if number == ASKED_TYPE and user in record._all_owners():
                    raise self._refusal(record)

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
