from odoo import Command, models
from odoo.tools import format_list

from ...tools.groups import APPROVER_GROUP, REVIEWER_GROUP, USER_GROUP, holders_of

# Two persons, so that nobody decides alone on what is their own.
FOUR_EYES = 2
# As many are named, or offered.
NAMED = 5
OFFERED = 20


class SupplierStart(models.AbstractModel):
    """Who evaluates, and who approves."""

    _inherit = "supplier.start"

    # ------------------------------------------------------------
    # Who evaluates
    # ------------------------------------------------------------

    def _describe_reviewers(self, records):
        template = self._template()
        buyers = self._missing_buyers(records)
        people = self._holders(REVIEWER_GROUP)
        step = self._step(
            self.env._("Who evaluates"),
            is_done=bool(people) and not buyers and not template.review_hint,
            now=self._reviewer_sentences(template, records, people),
            link=self._reviewer_link(template),
        )
        if not buyers:
            return step
        return {
            **step,
            "change": [
                self.env._(
                    "Suppliers whose buyer becomes who placed their last order: %s. "
                    "Buyers are asked for reviews, and get the alerts.",
                    len(buyers),
                )
            ],
            "button": self.env._("Take the Buyers of the Last Orders"),
        }

    def _reviewer_sentences(self, template, records, people):
        suppliers = records.suppliers
        return [
            self.env._("People who may be asked for a review: %s.", len(people)),
            self.env._(
                "Suppliers of the last 12 months that have a buyer: %(count)s of "
                "%(total)s.",
                count=len(suppliers.filtered("buyer_id")),
                total=len(suppliers),
            ),
            self._review_sentence(template),
        ]

    def _review_sentence(self, template):
        if not template:
            return self.env._("Choose a template first.")
        if template.review_hint:
            return template.review_hint
        if not template.questionnaire_id:
            return self.env._(
                "%s makes all its figures of records: nobody has to be asked.",
                template.name,
            )
        labels = dict(
            template.reviewer_ids._fields["role"]._description_selection(self.env)
        )
        return self.env._(
            "%(template)s asks with “%(questionnaire)s”: %(roles)s.",
            template=template.name,
            questionnaire=template.questionnaire_id.name,
            roles=format_list(
                self.env, [labels[row.role] for row in template.reviewer_ids]
            ),
        )

    def _reviewer_link(self, template):
        if not template:
            return self._link(
                self.env._("Open the Templates"), "supplier_scorecard_template_action"
            )
        return self._link(
            self.env._("Open the Template"), template.get_formview_action()
        )

    def _missing_buyers(self, records):
        """Return ``{supplier: user}`` of those that have no buyer and could have one.

        Who left, or may not answer a review, becomes no buyer.
        """
        able = set(self._holders(REVIEWER_GROUP).ids)
        return {
            supplier: records.last_buyers[supplier.id]
            for supplier in records.suppliers
            if not supplier.buyer_id and records.last_buyers[supplier.id] in able
        }

    def _apply_reviewers(self, _choice):
        suppliers = {}
        for supplier, user_id in self._missing_buyers(self._records()).items():
            suppliers.setdefault(user_id, []).append(supplier.id)
        for user_id, ids in suppliers.items():
            # With the rights of the manager, who may not change every vendor.
            self.env["res.partner"].browse(ids).write({"buyer_id": user_id})

    def _holders(self, group):
        """Return the people of the company who have a right."""
        users = self.env["res.users"].sudo()
        return users.search(holders_of(self.env, group, self.env.company))

    # ------------------------------------------------------------
    # Who approves
    # ------------------------------------------------------------

    def _describe_approvers(self, _records):
        people = self._holders(APPROVER_GROUP)
        names = people[:NAMED].mapped("name")
        step = self._step(
            self.env._("Who approves"),
            is_done=len(people) >= FOUR_EYES,
            now=[
                self.env._(
                    "People who may approve: %(count)s (%(names)s).",
                    count=len(people),
                    names=format_list(self.env, names),
                )
                if people
                else self.env._("Nobody may approve."),
                self.env._(
                    "Two are needed: nobody decides on an application, or lets an "
                    "order pass, that is their own."
                ),
            ],
        )
        may_give = self._may_give_rights()
        if may_give:
            step["link"] = self._link(
                self.env._("Open the Users"), "base.action_res_users"
            )
        if step["is_done"]:
            return step
        return {**step, **self._approver_offer(people, may_give)}

    def _approver_offer(self, people, may_give):
        """Return what can be done about too few approvers.

        :param people: those that there are
        :param bool may_give: whether the user gives rights to others
        """
        candidates = self._candidates(people) if may_give else people.browse()
        if not may_give:
            change = self.env._(
                "An administrator gives people the right Supplier Evaluation / "
                "Approver in their user settings."
            )
        elif not candidates:
            change = self.env._(
                "There is nobody else yet: make a user for the second one."
            )
        else:
            change = self.env._(
                "Those that you choose may decide on certifications and on overrides "
                "of purchase policies."
            )
        return {
            "change": [change],
            "options": [
                {"key": user.id, "name": user.name, "text": "", "is_proposed": False}
                for user in candidates
            ],
            "is_many": True,
            "button": self.env._("Let Them Approve") if candidates else "",
        }

    def _may_give_rights(self):
        return self.env["res.users"].has_access("write")

    def _candidates(self, people):
        """Return users who could approve: those who see suppliers come first."""
        others = self._holders("base.group_user") - people
        group = self.env.ref(USER_GROUP)
        return others.sorted(
            lambda user: (group not in user.all_group_ids, user.name or "", user.id)
        )[:OFFERED]

    def _apply_approvers(self, choice):
        users = self.env["res.users"]
        users.check_access("write")
        approvers = self._holders(APPROVER_GROUP)
        allowed = (approvers | self._holders("base.group_user")).ids
        chosen = users.browse(self._chosen(choice, allowed)) - approvers.sudo(False)
        chosen.write({"group_ids": [Command.link(self.env.ref(APPROVER_GROUP).id)]})
