from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

from ...tools.actions import open_dialog
from ...tools.groups import MANAGER_GROUP, holders_of
from ...tools.wording import listed


class ResUsers(models.Model):
    """Warns when somebody goes who still sees to something of suppliers."""

    _inherit = "res.users"

    supplier_owned_count = fields.Integer(
        string="Still Seen to of Suppliers",
        compute="_compute_supplier_owned_count",
        groups=MANAGER_GROUP,
        help="Suppliers, incidents, certifications and whatever else is open, in the "
        "chosen companies.",
    )

    @api.depends_context("allowed_company_ids")
    def _compute_supplier_owned_count(self):
        handover = self.env["supplier.handover.wizard"]
        for user in self:
            user.supplier_owned_count = sum(handover._found(user._origin).values())

    def action_hand_over_supplier_work(self):
        """Open the hand-over of what the user sees to."""
        self.ensure_one()
        return open_dialog(
            "supplier.handover.wizard",
            self.env._("Hand Over"),
            {"from_user_id": self.id},
        )

    def action_archive(self):
        """Archive, and say who still sees to something: it waits for nobody then."""
        self._pass_on_supplier_activities()
        owners = self._supplier_owners()
        result = super().action_archive()
        return self._supplier_warning(owners) if owners else result

    def _supplier_owners(self):
        """Return ``{user: number}`` of who is active and sees to something."""
        handover = self.env["supplier.handover.wizard"].sudo()
        everywhere = self.env["res.company"].sudo().search([("active", "=", True)])
        numbers = {
            user: sum(handover._found(user, everywhere).values())
            for user in self.filtered("active")
        }
        return {user: number for user, number in numbers.items() if number}

    def _pass_on_supplier_activities(self):
        """Put what these people were asked to do on the lists of managers.

        Odoo deletes the activities of who leaves, and what is told only once would be
        told to nobody. What somebody is to decide goes to who had no hand in it.
        """
        handover = self.env["supplier.handover.wizard"].sudo()
        everywhere = self.env["res.company"].sudo().search([("active", "=", True)])
        for user in self.filtered("active"):
            for company, asked in handover._asked_of(user, everywhere).items():
                managers = self._managers_who_stay(company)
                for activity in asked.with_context(mail_activity_quick_update=True):
                    if heir := (managers - activity._supplier_involved())[:1]:
                        activity.user_id = heir

    def _managers_who_stay(self, company):
        others = Domain("id", "not in", [*self.ids, SUPERUSER_ID])
        users = self.env["res.users"].sudo()
        managers = holders_of(self.env, MANAGER_GROUP, company)
        return users.search(managers & others, order="id")

    def _supplier_warning(self, owners):
        people = listed(
            self.env, (f"{user.name} ({number})" for user, number in owners.items())
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("Nobody sees to this any more"),
                "message": self.env._(
                    "Still owned: %s. A manager of supplier evaluations gives it to "
                    "others by Configuration ▸ Hand Over.",
                    people,
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
