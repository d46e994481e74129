from collections import defaultdict

from markupsafe import Markup

from odoo import fields, models

from ...tools.activities import plan
from ...tools.groups import APPROVER_GROUP, MANAGER_GROUP, USER_GROUP, holders_of
from ...tools.optional_numbers import OptionalFloat

ACTIVITY = "supplier_evaluation.mail_activity_type_alert"
ROLES = {"user": USER_GROUP, "approver": APPROVER_GROUP, "manager": MANAGER_GROUP}
# As many alerts are named in one message; the others are in the list.
NAMED = 20


class SupplierAlertRule(models.Model):
    """Who hears of an alert, and who owns it."""

    _inherit = "supplier.alert.rule"

    tell_buyer = fields.Boolean(
        string="Buyer of the Supplier",
        default=True,
        help="Owns the alert, if there is one who sees the company.",
    )
    tell_owner = fields.Boolean(
        string="Owner of the Record",
        help="Who owns the first of the records that it saw, such as the owner of an "
        "incident. Owns the alert, before the buyer.",
    )
    tell_user_ids = fields.Many2many(
        "res.users",
        "supplier_alert_rule_told_rel",
        string="Named People",
        domain=[("share", "=", False)],
    )
    tell_role = fields.Selection(
        [
            ("user", "Everybody Who Sees Suppliers"),
            ("approver", "Approvers"),
            ("manager", "Managers"),
        ],
        string="Role",
    )
    tell_group_id = fields.Many2one("res.groups", string="Group")
    answer_hours = OptionalFloat(
        string="Answer Within (hours)",
        default=2,
        digits=(16, 1),
        aggregator=None,
        help="How soon somebody should see to it. Empty: there is no target.",
    )

    def _people(self, company):
        """Return whom the rule names, of those who see the suppliers of a company."""
        self.ensure_one()
        users = self.env["res.users"]
        people = self.tell_user_ids | self.tell_group_id.all_user_ids
        if self.tell_role:
            people |= users.search(
                holders_of(self.env, ROLES[self.tell_role], company), order="id"
            )
        return people.filtered(company._shows_suppliers_to)

    def _managers(self, company, limit=None):
        domain = holders_of(self.env, MANAGER_GROUP, company)
        return self.env["res.users"].search(domain, order="id", limit=limit)


class SupplierAlert(models.Model):
    _inherit = "supplier.alert"

    def _tell(self):
        """Give each an owner with something to do, and tell the others.

        An owner is who owns what was seen, or the buyer of the supplier, or the first
        whom the rule names, or a manager. Each person gets one message of a rule,
        however many alerts there are.
        """
        told, near = defaultdict(list), self._near()
        for (rule, company), alerts in self.grouped(
            lambda one: (one.rule_id, one.company_id)
        ).items():
            people = rule._people(company)
            # Asked for once: whoever is left where nobody else sees to it.
            fallback = people[:1] or rule._managers(company, limit=1)
            for ids, own in alerts.grouped(near.get).items():
                first = people.browse(ids).filtered(company._shows_suppliers_to)
                owner = first[:1] or fallback
                everybody = people | first | owner
                own._write_guarded(
                    {
                        "user_id": owner.id,
                        "told_user_ids": [fields.Command.set(everybody.ids)],
                    }
                )
                for person in everybody - owner:
                    told[rule, person] += own.ids
        self._remind(ACTIVITY, lambda alert: alert.user_id)
        for (rule, person), ids in told.items():
            self.browse(sorted(ids))._notify_person(rule, person)

    def _near(self):
        """Return who is nearest to what each saw, if its rule tells them.

        :return: ``{alert: (id of a user, …)}``: the owner of the record, then the buyer
        """
        owners = self.filtered("rule_id.tell_owner")._record_owners()
        near = {}
        for alert in self:
            users = owners.get(alert, self.env["res.users"])
            if alert.rule_id.tell_buyer:
                users |= alert.partner_id.sudo().buyer_id
            near[alert] = users._ids
        return near

    def _record_owners(self):
        """Return ``{alert: user}``, who owns the first record that it saw."""
        owners = {}
        for model, alerts in self.grouped("res_model").items():
            field = model and self.env[model]._fields.get("user_id")
            if not field or field.comodel_name != "res.users":
                continue
            first = {alert: alert.record_ids[0] for alert in alerts if alert.record_ids}
            records = self.env[model].sudo().browse(first.values())
            users = {record.id: record.user_id for record in records}
            owners.update({alert: users[res_id] for alert, res_id in first.items()})
        return owners

    def _remind(self, xmlid, person_of):
        """Put each on the list of somebody.

        :param str xmlid: of the type of activity
        :param person_of: takes an alert and returns whose list, or nobody
        """
        now = fields.Datetime.now()
        today = {company: company._supplier_day(now) for company in self.company_id}
        plan(
            self,
            xmlid,
            [
                {
                    "res_id": alert.id,
                    "user_id": person.id,
                    "date_deadline": today[alert.company_id],
                    "summary": alert._said_to(person),
                }
                for alert in self
                if (person := person_of(alert))
            ],
        )

    def _said_to(self, person):
        """Return what was seen, in the language of somebody."""
        return self.with_context(lang=person.lang, tz=person.tz)._seen_sentence()

    def _notify_person(self, rule, person):
        """Send somebody one message about several alerts of a rule."""
        own = self.with_context(lang=person.lang, tz=person.tz)
        rule = rule.with_context(lang=person.lang)
        lines = Markup().join(
            Markup("<li><a href='/odoo/supplier-alerts/%s'>%s</a>: %s</li>")
            % (alert.id, alert.display_name, alert._seen_sentence())
            for alert in own[:NAMED]
        )
        more = len(own) - NAMED
        if more > 0:
            lines += Markup("<li>%s</li>") % own.env._("%s more are in the list.", more)
        rule.message_notify(
            partner_ids=person.partner_id.ids,
            subject=rule.name,
            body=Markup("<p>%s</p><ul>%s</ul>") % (rule.sentence or rule.name, lines),
        )

    def _own_activities(self):
        return (
            self.env["mail.activity"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        )
