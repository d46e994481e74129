from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.groups import APPROVER_GROUP, MANAGER_GROUP, USER_GROUP, holders_of
from ...tools.optional_numbers import OptionalFloat
from ...tools.scheduled import Work, run_scheduled

ACTIVITY = "supplier_evaluation.mail_activity_type_alert"
ESCALATED = "supplier_evaluation.mail_activity_type_alert_escalated"
ROLES = {"user": USER_GROUP, "approver": APPROVER_GROUP, "manager": MANAGER_GROUP}
# As many alerts are named in one message; the others are in the list.
NAMED = 20
BATCH = 500


class SupplierAlertRule(models.Model):
    """Who hears of an alert, who owns it, and who hears when nobody answers."""

    _inherit = "supplier.alert.rule"

    tell_buyer = fields.Boolean(
        string="Buyer of the Supplier",
        default=True,
        help="Owns the alert, if there is one who sees the company.",
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
    escalation_hours = fields.Float(
        string="Escalate After (hours)",
        help="If nobody has seen to an alert by then, somebody above is told, once. 0: "
        "never.",
    )
    escalation_user_id = fields.Many2one(
        "res.users",
        string="Escalate To",
        domain=[("share", "=", False)],
        help="Empty: a manager who is not the owner.",
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
        return people.filtered(company._shows_incidents_to)

    def _managers(self, company, limit=None):
        domain = holders_of(self.env, MANAGER_GROUP, company)
        return self.env["res.users"].search(domain, order="id", limit=limit)


class SupplierAlert(models.Model):
    _inherit = "supplier.alert"

    def _tell(self):
        """Give each an owner with something to do, and tell the others.

        An owner is the buyer of the supplier, or the first whom the rule names, or a
        manager. Each person gets one message of a rule, however many alerts there are.
        """
        told = {}
        for (rule, company), alerts in self.grouped(
            lambda one: (one.rule_id, one.company_id)
        ).items():
            people = rule._people(company)
            # Asked for once: whoever is left where nobody else sees to it.
            fallback = people[:1] or rule._managers(company, limit=1)
            owners = {}
            for alert in alerts:
                owner = alert._buyer(rule, company) or fallback
                owners.setdefault(owner, self.browse())
                owners[owner] |= alert
                for person in people - owner:
                    told.setdefault((rule, person), self.browse())
                    told[rule, person] |= alert
            for owner, own in owners.items():
                own._write_guarded(
                    {
                        "user_id": owner.id,
                        "told_user_ids": [fields.Command.set((people | owner).ids)],
                    }
                )
        self._remind(self.env.ref(ACTIVITY), lambda alert: alert.user_id)
        for (rule, person), alerts in told.items():
            alerts._notify_person(rule, person)

    def _buyer(self, rule, company):
        """Return the buyer of the supplier, if the rule tells that person."""
        buyer = self.partner_id.sudo().buyer_id if rule.tell_buyer else False
        return buyer if buyer and company._shows_incidents_to(buyer) else False

    def _remind(self, activity_type, person_of):
        """Put each on the list of somebody: one statement for all of them."""
        model = self.env["ir.model"]._get_id(self._name)
        activities = self.env["mail.activity"].sudo()
        # Read together: each activity takes the name of its record.
        self.mapped("display_name")
        today = {
            company: company._supplier_day(fields.Datetime.now())
            for company in self.company_id
        }
        activities.with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": activity_type.id,
                    "automated": True,
                    "res_model_id": model,
                    "res_id": alert.id,
                    "user_id": person.id,
                    "date_deadline": today[alert.company_id],
                    "summary": alert._said_to(person),
                }
                for alert in self
                if (person := person_of(alert))
            ]
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

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_follow_up(self):
        """Wake what was put off until now, and tell somebody above of what waits.

        :raises Exception: the error of one that failed, when the others are done
        """
        run_scheduled(
            self.env,
            Work(
                "Snoozed alert",
                self.search(self._asleep_domain()),
                lambda alerts: alerts._wake(),
                size=BATCH,
            ),
            Work(
                "Escalated alert",
                self.search(self._unanswered_domain()),
                lambda alerts: alerts._escalate(),
                size=BATCH,
            ),
        )

    @api.model
    def _asleep_domain(self):
        return [
            ("state", "=", "snoozed"),
            ("date_snoozed", "<=", fields.Datetime.now()),
        ]

    def _wake(self):
        asleep = self.filtered_domain(self._asleep_domain())
        asleep.with_context(tracking_disable=True)._write_guarded(
            {"state": "open", "date_snoozed": False}
        )

    @api.model
    def _unanswered_domain(self):
        """Return what nobody has seen to in the hours of its rule, and was not told."""
        now = fields.Datetime.now()
        rules = self.env["supplier.alert.rule"].with_context(active_test=False)
        return Domain(
            [("state", "=", "open"), ("date_escalated", "=", False)]
        ) & Domain.OR(
            Domain("rule_id", "=", rule.id)
            & Domain("date_opened", "<=", now - timedelta(hours=rule.escalation_hours))
            for rule in rules.search([("escalation_hours", ">", 0)])
        )

    def _escalate(self):
        """Tell somebody above the owner, once."""
        waiting = self.filtered_domain(self._unanswered_domain())
        above = {}
        for (rule, company), alerts in waiting.grouped(
            lambda one: (one.rule_id, one.company_id)
        ).items():
            named = rule.escalation_user_id.filtered(company._shows_incidents_to)
            # So many that somebody is left where one of them is the owner.
            people = named | rule._managers(company, limit=2)
            for alert in alerts:
                others = people.filtered(lambda one, own=alert: one != own.user_id)
                above[alert] = others[:1]
        told = self.union(*(alert for alert, person in above.items() if person))
        told._remind(self.env.ref(ESCALATED), above.get)
        told._message_log_batch(
            bodies={
                alert.id: alert.with_context(lang=above[alert].lang).env._(
                    "Nobody has seen to it: %s was told.", above[alert].name
                )
                for alert in told
            }
        )
        waiting.with_context(tracking_disable=True)._write_guarded(
            {"date_escalated": fields.Datetime.now()}
        )
