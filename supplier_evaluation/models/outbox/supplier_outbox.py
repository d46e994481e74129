from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.groups import MANAGER_GROUP
from ...transport.chats.note import Note
from .words import PROBLEMS, in_words

CRON = "supplier_evaluation.ir_cron_supplier_outbox"


class SupplierOutbox(models.Model):
    """A message to a chat, kept until it was sent, in the order in which it was said.

    There is one of a key in a channel, whoever asks for it how often. See
    ``sending.py`` for what happens when the server stops in the middle.
    """

    _name = "supplier.outbox"
    _inherit = ["supplier.guard.mixin"]
    _description = "Message to a Chat"
    _order = "id desc"
    _rec_name = "title"
    _check_company_auto = True

    channel_id = fields.Many2one(
        "supplier.outbox.channel",
        string="Chat",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="channel_id.company_id", store=True, index=True
    )
    key = fields.Char(
        required=True, readonly=True, help="There is one message of a key in a chat."
    )
    title = fields.Char(required=True, readonly=True)
    content = fields.Json(readonly=True)
    text = fields.Text(compute="_compute_text")
    preview = fields.Text(
        string="As It Is Sent", compute="_compute_preview", compute_sudo=True
    )
    res_model = fields.Char(string="Model of the Record", readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", readonly=True
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("sending", "Being Sent"),
            ("sent", "Sent"),
            ("dead", "Not Sent"),
            ("dropped", "Given Up"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="waiting",
    )
    tries = fields.Integer(readonly=True, aggregator=None)
    date_tried = fields.Datetime(string="Last Try", readonly=True)
    date_next = fields.Datetime(string="Next Try", readonly=True)
    date_sent = fields.Datetime(string="Sent On", readonly=True)
    maybe_twice = fields.Boolean(
        string="Perhaps Twice",
        readonly=True,
        help="The server stopped while it was being sent. Chats do not tell whether "
        "they have a message, so it was sent again.",
    )
    problem = fields.Char(readonly=True)
    problem_values = fields.Json(readonly=True)
    reason = fields.Char(string="What Went Wrong", compute="_compute_reason")
    mend = fields.Char(string="What to Do", compute="_compute_reason")

    _key_uniq = models.Constraint(
        "UNIQUE (channel_id, key)", "There is a message of this key already."
    )
    # The first that is to be sent, of each channel.
    _open_idx = models.Index("(channel_id, id) WHERE state IN ('waiting', 'sending')")
    _tried_idx = models.Index("(channel_id, date_tried)")

    @api.depends("content")
    def _compute_text(self):
        for message in self:
            message.text = "\n".join((message.content or {}).get("lines", ()))

    @api.depends("content", "channel_id.kind")
    def _compute_preview(self):
        for message in self:
            message.preview = message.channel_id._as_sent(message._full_content())

    @api.depends("problem", "problem_values")
    @api.depends_context("lang")
    def _compute_reason(self):
        for message in self:
            words = (False, False)
            if message.problem in PROBLEMS:
                values = message.problem_values or {}
                words = in_words(self.env, message.problem, values)
            message.reason, message.mend = words

    @api.model
    def _guarded_fields(self):
        """All of it: what is said is said by the methods of rooms."""
        return super()._guarded_fields() | {
            name
            for name, field in self._fields.items()
            if field.store and name not in models.MAGIC_COLUMNS
        }

    # ------------------------------------------------------------
    # Queue
    # ------------------------------------------------------------

    @api.model
    def enqueue(self, channel, key, payload, record=None):
        """Put a message into the queue of a chat, once.

        :param channel: ``supplier.outbox.channel``; one that is off takes nothing
        :param str key: the same one is said once, whoever asks how often
        :param payload: text, or a dict of ``title``, ``lines`` (a list of texts) and,
            for other systems, ``data``
        :param record: what it is about, which the message links to
        :return: the message, with the rights of the caller; empty if the chat is off
        :raises UserError: there is no title
        :raises AccessError: a user, not a method with full rights, asks
        """
        channel.ensure_one()
        if not self.env.su:
            raise AccessError(
                self.env._("Messages to chats are written by what happens in Odoo.")
            )
        if not channel.active:
            return self.browse()
        content = {"title": payload} if isinstance(payload, str) else dict(payload)
        title = " ".join(str(content.get("title") or "").split())
        if not title:
            raise UserError(
                self.env._("The message %s has no title: give it one.", key)
            )
        mine = self.search([("channel_id", "=", channel.id), ("key", "=", key)])
        if mine:
            return mine
        vals = {
            "channel_id": channel.id,
            "key": key,
            "title": title,
            "content": {**content, "title": title},
            "res_model": record._name if record else False,
            "res_id": record.id if record else False,
        }
        try:
            with self.env.cr.savepoint():
                message = self._unguarded().create(vals)
                message.flush_recordset()
        except UniqueViolation:
            return self.browse()  # another transaction says it
        self._trigger()
        return self.browse(message.id)

    @api.model
    def _trigger(self, at=None):
        self.env.ref(CRON).sudo()._trigger(at)

    def _full_content(self):
        """Return what is said, with the address of its record."""
        self.ensure_one()
        content = dict(self.content or {})
        if self.res_model and self.res_id:
            base = self.get_base_url()
            content["url"] = f"{base}/odoo/{self.res_model}/{self.res_id}"
        return content

    @api.model
    def _note_of(self, channel, content):
        """Return a content as the chats take it, in the language of the channel."""
        env = channel._in_language(self).env
        return Note(
            title=content["title"],
            lines=tuple(content.get("lines", ())),
            url=content.get("url", ""),
            link=env._("Open in Odoo"),
            more=env._("… and %s more"),
            data=content.get("data", {}),
        )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_retry(self):
        """Send messages again that could not be sent.

        :raises AccessError: the user is no manager of supplier evaluation
        """
        dead = self._managed().filtered(lambda one: one.state in ("dead", "dropped"))
        dead._write_guarded({"state": "waiting", "tries": 0, "date_next": False})
        if dead:
            self._trigger()

    def action_drop(self):
        """Give up messages that were not sent yet.

        :raises AccessError: the user is no manager of supplier evaluation
        """
        left = self._managed().filtered(lambda one: one.state in ("dead", "waiting"))
        left._write_guarded({"state": "dropped", "date_next": False})

    def _managed(self):
        """Return the messages with full rights, for a manager of their company."""
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(
                self.env._("Only managers of supplier evaluation see to messages.")
            )
        return self.sudo()

    def action_open_record(self):
        """Open what the message is about.

        :raises AccessError: the user may not see it
        """
        self.ensure_one()
        record = self.env[self.res_model].browse(self.res_id).exists()
        record.check_access("read")
        return record.get_formview_action()
