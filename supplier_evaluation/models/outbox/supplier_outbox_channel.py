import json

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.actions import open_records
from ...transport import Problem
from ...transport.chats import CHATS, PROGRAMS
from ...transport.client import check_address
from ..alert.supplier_alert_rule import SEVERITIES
from .words import in_words

ADMIN = "base.group_system"


class SupplierOutboxChannel(models.Model):
    """A chat outside Odoo, and what is told there.

    Its address is as secret as a password: whoever knows it can write to the chat.
    """

    _name = "supplier.outbox.channel"
    _inherit = ["supplier.guard.mixin"]
    _description = "Chat Outside Odoo"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    kind = fields.Selection(
        [
            ("wecom", "WeCom Group Robot"),
            ("dingtalk", "DingTalk Robot"),
            ("feishu", "Feishu Robot"),
            ("slack", "Slack Webhook"),
            ("teams", "Teams Workflow"),
            ("webhook", "Signed Webhook"),
        ],
        required=True,
        default="wecom",
    )
    url = fields.Char(
        string="Address",
        groups=ADMIN,
        copy=False,
        help="As the chat shows it for its robot or webhook. Only administrators see "
        "it: whoever knows it can write to the chat.",
    )
    secret = fields.Char(
        groups=ADMIN,
        copy=False,
        help="By which messages are signed: DingTalk, Feishu and the signed webhook.",
    )
    has_address = fields.Boolean(
        string="Has an Address", compute="_compute_has_address", compute_sudo=True
    )
    allow_private = fields.Boolean(
        string="May Be Inside Our Network",
        groups=ADMIN,
        help="Addresses of our own network are refused otherwise.",
    )
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        help="Of what is told. Empty: that of the company.",
    )
    on_alert = fields.Boolean(string="Alerts", default=True)
    severity = fields.Selection(
        SEVERITIES,
        string="Alerts From",
        required=True,
        default="warning",
        help="Less severe alerts are not told.",
    )
    on_document = fields.Boolean(string="Expiring Documents", default=True)
    on_score = fields.Boolean(string="Published Scores", default=True)
    on_certification = fields.Boolean(string="Changes of Certifications", default=True)
    message_ids = fields.One2many("supplier.outbox", "channel_id", string="Messages")
    waiting_count = fields.Integer(string="Waiting", compute="_compute_counts")
    dead_count = fields.Integer(string="Not Sent", compute="_compute_counts")
    preview = fields.Text(compute="_compute_preview")

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_unless_used(self):
        for channel in self:
            if channel.message_ids and not self.env.su:
                raise UserError(
                    self.env._(
                        "%(record)s tells what was sent, which stays: archive it "
                        "instead of deleting it.",
                        record=channel.name,
                    )
                )

    @api.depends("url")
    def _compute_has_address(self):
        for channel in self:
            channel.has_address = bool(channel.url)

    @api.depends("message_ids.state")
    def _compute_counts(self):
        counts = {
            (channel.id, state): count
            for channel, state, count in self.env["supplier.outbox"]._read_group(
                [("channel_id", "in", self.ids)], ["channel_id", "state"], ["__count"]
            )
        }
        for channel in self:
            channel.waiting_count = counts.get((channel.id, "waiting"), 0)
            channel.dead_count = counts.get((channel.id, "dead"), 0)

    @api.depends("kind", "lang", "name")
    def _compute_preview(self):
        for channel in self:
            channel.preview = channel._as_sent(channel._test_content())

    @api.constrains("url", "allow_private")
    def _check_url(self):
        for channel in self.sudo().filtered("url"):
            try:
                check_address(channel.url)
            except Problem as problem:
                words = in_words(self.env, problem.kind, problem.values)
                message = f"{channel.name}: {' '.join(words)}"
                raise ValidationError(message) from problem

    @api.constrains("kind", "secret", "url")
    def _check_secret(self):
        """A webhook of ours is signed; a robot may go by its words instead."""
        for channel in self.sudo():
            if channel.kind in PROGRAMS and channel.url and not channel.secret:
                raise ValidationError(
                    self.env._(
                        "%s has no secret. Enter one: the receiver proves by it that a "
                        "message is ours.",
                        channel.name,
                    )
                )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_test(self):
        """Send a test message now.

        :raises AccessError: the user may not read the channel
        :raises UserError: it has no address, or the message was not taken; with a mend
        """
        self.ensure_one()
        self.check_access("read")
        channel = self.sudo()
        if not channel.url:
            raise UserError(
                self.env._(
                    "%s has no address. Let an administrator enter it.", channel.name
                )
            )
        key = f"test/{self.env.uid}/{fields.Datetime.now()}"
        with channel._client() as client:
            problem = channel._post(client, channel._test_content(), key)
        if problem:
            raise UserError("\n".join(in_words(self.env, problem.kind, problem.values)))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The test message was taken."),
            },
        }

    def action_open_messages(self):
        """Open what was or is to be sent."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_outbox_action",
            [("channel_id", "=", self.id)],
        )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    @api.model
    def _listening(self, company, event):
        """Return the channels of a company that tell of an event, with full rights.

        :param str event: name of its field, such as ``on_alert``
        """
        return self.sudo().search(
            [("company_id", "=", company.id), (event, "=", True)], order="id"
        )

    def _in_language(self, records):
        """Return records as they are read in the channel, with full rights."""
        self.ensure_one()
        company = self.company_id
        lang = self.lang or company.partner_id.lang or self.env.lang
        return records.sudo().with_context(
            lang=lang, tz=company.partner_id.tz, allowed_company_ids=company.ids
        )

    def _test_content(self):
        own = self.env["supplier.outbox.channel"]
        if self.lang:
            own = own.with_context(lang=self.lang)
        return {
            "title": own.env._("Test of “%s”", self.name or ""),
            "lines": [
                own.env._("Signs are shown as they are: * _ [a] <b> & #1."),
                own.env._("This message was sent by Supplier Evaluation."),
            ],
        }

    def _as_sent(self, content):
        """Return a message as its chat gets it, without what it is signed by."""
        self.ensure_one()
        note = self.env["supplier.outbox"]._note_of(self, content)
        post = CHATS[self.kind].post(note, "", "", "…", 0)
        return json.dumps(json.loads(post.body), indent=2, ensure_ascii=False)
