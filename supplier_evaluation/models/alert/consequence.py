from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ...tools.groups import MANAGER_GROUP
from ...tools.wording import labelled

TRAINING = "supplier_evaluation.mail_activity_type_alert_training"
FOLLOW = "supplier_evaluation.mail_activity_type_alert"


class SupplierAlertRule(models.Model):
    """What follows from a firm alert: any of Odoo's server actions."""

    _inherit = "supplier.alert.rule"

    action_server_ids = fields.Many2many(
        "ir.actions.server",
        string="What Follows",
        domain=[("model_name", "=", "supplier.alert")],
        groups=MANAGER_GROUP,
        help="Done with every alert that rests on enough records, in this order.",
    )
    consequence_error = fields.Text(
        readonly=True,
        copy=False,
        help="Which of them failed last time, and why.",
    )
    team_email = fields.Char(
        string="Team's E-mail",
        help="Where the action “mail to the purchasing team” writes to. Empty: to the "
        "managers.",
    )
    executive_id = fields.Many2one(
        "res.users",
        domain=[("share", "=", False)],
        help="Who visits the supplier. Empty: a manager.",
    )
    proposed_tier_id = fields.Many2one(
        "supplier.tier", help="What the action “propose a tier” proposes."
    )
    channel_id = fields.Many2one(
        "discuss.channel", help="Where the action “message to a chat” writes."
    )

    # For the form: what is chosen, or made, acts on alerts.
    alert_model_id = fields.Many2one("ir.model", compute="_compute_alert_model_id")

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"consequence_error"}

    @api.constrains("action_server_ids")
    def _check_action_servers(self):
        for rule in self.sudo():
            for action in rule.action_server_ids:
                if action.model_name != "supplier.alert":
                    raise ValidationError(
                        self.env._(
                            "“%(action)s” is no action on alerts: choose another one "
                            "for the rule “%(rule)s”.",
                            action=action.name,
                            rule=rule.name,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._check_channel_of_user()
        return rules

    def write(self, vals):
        result = super().write(vals)
        if "channel_id" in vals:
            self._check_channel_of_user()
        return result

    def _check_channel_of_user(self):
        """Refuse a chat that whoever chooses it may not see: rules write everywhere.

        :raises AccessError: it is a chat of others
        """
        if not self.env.su:
            self.channel_id.check_access("read")

    def _compute_alert_model_id(self):
        self.alert_model_id = self.env["ir.model"].sudo()._get("supplier.alert")

    def _run_consequences(self, alerts):
        """Do what follows from alerts; one action that fails stops no other.

        The alert stays, and the rule says which failed. Whoever meets another writer is
        tried again with the whole rule.

        :return: which failed and why, as text; False: none did
        """
        self.ensure_one()
        if not alerts:
            return False
        errors = []
        for action in self.sudo().action_server_ids.sorted("sequence"):
            try:
                with self.env.cr.savepoint():
                    action.with_context(
                        active_model=alerts._name,
                        active_ids=alerts.ids,
                        active_id=alerts[0].id,
                    ).run()
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                raise
            except Exception as error:  # noqa: BLE001 (whatever an action does)
                errors.append(labelled(self.env, action.name, error))
        text = "\n".join(errors) or False
        if text != self.consequence_error:
            self._write_guarded({"consequence_error": text})
        if text:
            alerts._message_log_batch(bodies=dict.fromkeys(alerts.ids, text))
        return text


class SupplierAlert(models.Model):
    """The consequences that the add-on brings, each of many alerts at once."""

    _inherit = "supplier.alert"

    def _remind_buyers(self):
        """Put it on the list of the buyer, where somebody else owns the alert."""
        buyers = {
            alert: alert.partner_id.sudo().buyer_id.filtered(
                alert.company_id._shows_suppliers_to
            )
            for alert in self
        }
        self._remind(
            FOLLOW,
            lambda alert: buyers[alert] if buyers[alert] != alert.user_id else False,
        )

    def _remind_training(self):
        """Ask the owner to train the people who work with the supplier."""
        self._remind(TRAINING, lambda alert: alert.user_id)

    def _mail_team(self):
        """Write to the purchasing team: one mail for each rule and company."""
        mails = []
        for (rule, company), alerts in self.grouped(
            lambda one: (one.rule_id, one.company_id)
        ).items():
            lang = company.partner_id.lang or self.env.lang
            own = alerts.with_context(lang=lang, tz=company._supplier_tz())
            if rule.team_email:
                mails.append(
                    {
                        "email_to": rule.team_email,
                        "email_from": company.email_formatted
                        or self.env.user.email_formatted,
                        "subject": rule.with_context(lang=lang).name,
                        "body_html": own._as_list(),
                    }
                )
            else:
                for person in rule._managers(company):
                    alerts._notify_person(rule, person)
        self.env["mail.mail"].sudo().create(mails)

    def _as_list(self):
        """Return the alerts as HTML, in the language of the environment."""
        return Markup("<ul>%s</ul>") % Markup().join(
            Markup("<li>%s: %s</li>") % (alert.display_name, alert._seen_sentence())
            for alert in self
        )

    def _start_corrective_actions(self):
        """Start an 8D for each that has none, and return them.

        None is started about what one of the supplier's is about that still goes on.
        """
        actions, ids = self.env["supplier.corrective.action"], []
        going = self._corrective_actions()
        self.browse([alert.id for alert in going])._note_going(going)
        for alert in self.filtered(lambda one: one.partner_id and one not in going):
            action = actions._open(
                alert.partner_id,
                alert.company_id,
                alert._titled(alert.user_id or self.env.user),
                kpi=alert.rule_id.kpi_id or None,
                scorecard_line=alert._scorecard_line(),
                user=alert.user_id or None,
            )
            action._write_guarded({"alert_id": alert.id})
            ids.append(action.id)
        return actions.browse(ids)

    def _corrective_actions(self):
        """Return ``{alert: 8D}``: its own, or one about the same that still goes on.

        The same is the KPI of the supplier, or what the same rule saw before.
        """
        rules = self.sudo().rule_id
        found = self.env["supplier.corrective.action"].search(
            Domain("partner_id", "in", self.partner_id.ids)
            & Domain("company_id", "in", self.company_id.ids)
            & Domain("state", "!=", "cancelled")
            & (
                Domain("alert_id.rule_id", "in", rules.ids)
                | Domain("kpi_id", "in", rules.kpi_id.ids)
            ),
            order="id desc",
        )
        own = found.grouped(lambda one: (one.partner_id, one.company_id))
        return {
            alert: about[0]
            for alert in self
            if (
                about := own.get(
                    (alert.partner_id, alert.company_id), found.browse()
                ).filtered(lambda one, own=alert: own._is_seen_to_by(one))
            )
        }

    def _is_seen_to_by(self, action):
        """Whether a corrective action of the supplier is about what this tells."""
        self.ensure_one()
        if action.alert_id == self:
            return True
        if action.state not in ("open", "verifying"):
            return False
        rule, before = self.sudo().rule_id, action.alert_id.sudo()
        if before.rule_id == rule:
            return before.res_id == self.res_id
        return rule.watch == "kpi" and bool(rule.kpi_id & action.kpi_id)

    def _note_going(self, going):
        """Say on alerts which 8D goes on about the same already."""
        bodies = {}
        for alert in self.filtered(lambda one: going[one].alert_id != one):
            lang = (alert.user_id or self.env.user).lang
            bodies[alert.id] = alert.with_context(lang=lang).env._(
                "Corrective action %s goes on already: no other one is started.",
                going[alert].name,
            )
        self.browse(bodies)._message_log_batch(bodies=bodies)

    def _titled(self, person):
        """Return the rule and what was seen, in the language of somebody."""
        own = self.with_context(lang=person.lang, tz=person.tz)
        return own.env._(
            "%(rule)s: %(text)s",
            rule=own.sudo().rule_id.name,
            text=own._seen_sentence(),
        )

    def _scorecard_line(self):
        """Return the published line of a scorecard that it saw, if it saw one.

        Those of the running period are computed again every night.
        """
        if self.res_model != "supplier.scorecard.line" or not self.record_ids:
            return None
        line = self.env[self.res_model].browse(self.record_ids[:1]).exists()
        return line.filtered(lambda one: one.scorecard_id.state == "published") or None

    def _propose_suspensions(self):
        """Propose to suspend the certification; a manager decides."""
        certifications = self.env["supplier.certification"]
        for company, alerts in (
            self.filtered("partner_id").grouped("company_id").items()
        ):
            certifications._propose_suspensions(
                company,
                {
                    alert.partner_id: alert._said_to(alert.user_id or self.env.user)
                    for alert in alerts
                },
            )

    def _propose_tiers(self):
        """Propose the tier that the rule names; a manager decides."""
        proposals = self.env["supplier.tier.proposal"]
        for (rule, company), alerts in (
            self.filtered(lambda one: one.partner_id and one.rule_id.proposed_tier_id)
            .grouped(lambda one: (one.rule_id, one.company_id))
            .items()
        ):
            # Kept as text: a scheduled action has no language.
            [own] = self.env["res.company"]._in_company_language(alerts)
            proposals._propose(
                company,
                {
                    alert.partner_id: (rule.proposed_tier_id, alert._seen_sentence())
                    for alert in own
                },
            )

    def _post_to_channel(self):
        """Write to the chat of the rule. Connectors to other chats extend this."""
        in_words = self.env["res.company"]._in_company_language(
            self.filtered("rule_id.channel_id")
        )
        for alerts in in_words:
            for rule, own in alerts.grouped("rule_id").items():
                rule.channel_id.sudo().message_post(
                    body=own._as_list(), subtype_xmlid="mail.mt_comment"
                )
