import base64
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...exchange.checking import check, content_hash, kept_text, plain
from ...exchange.contract import CONTRACT, SHORT
from ...exchange.kinds import IN, SENT
from ...exchange.reading import FileProblem, feed_of
from ...tools.bulk import bulk_insert
from .run import handler
from .words import Words

#: A longer message is taken in the background.
LONG = 10_000
#: All that a record can become; the first is none yet.
STATES = [
    ("waiting", "Waiting"),
    ("created", "Created"),
    ("updated", "Updated"),
    ("unchanged", "Unchanged"),
    ("question", "Question"),
    ("refused", "Refused"),
]
_RANK = {name: number for number, name in enumerate(IN)}


class SupplierExchangeMessage(models.Model):
    """Some records that another system sent at once, and what became of each.

    It is taken once: whoever sends it again gets the same answer. The batches are in
    ``working.py``.
    """

    _name = "supplier.exchange.message"
    _inherit = ["supplier.guard.mixin"]
    _description = "Message of Another System"
    _order = "id desc"
    _rec_name = "name"
    _check_company_auto = True

    name = fields.Char(
        string="Identifier",
        required=True,
        readonly=True,
        help="By which the other system knows the message.",
    )
    source_id = fields.Many2one(
        "supplier.exchange.source",
        string="System",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    user_id = fields.Many2one(
        "res.users", string="Taken By", required=True, readonly=True
    )
    filename = fields.Char(string="File Name", readonly=True)
    form = fields.Selection(
        [("json", "JSON"), ("ndjson", "NDJSON"), ("csv", "CSV")],
        string="Format",
        required=True,
        readonly=True,
        default="json",
    )
    header = fields.Json(readonly=True, help="The columns of a CSV file.")
    content_hash = fields.Char(
        readonly=True, help="Stands for the records: the same ones have the same."
    )
    dry_run = fields.Boolean(
        readonly=True, help="It was only looked at what would be done."
    )
    state = fields.Selection(
        [("open", "Under Way"), ("done", "Done"), ("failed", "Failed")],
        string="Status",
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    error = fields.Text(string="What Went Wrong", readonly=True)
    record_count = fields.Integer(string="Records", readonly=True)
    result_ids = fields.One2many(
        "supplier.exchange.result", "message_id", string="Results"
    )
    waiting_count = fields.Integer(string="Waiting", compute="_compute_counts")
    created_count = fields.Integer(string="Created", compute="_compute_counts")
    updated_count = fields.Integer(string="Updated", compute="_compute_counts")
    unchanged_count = fields.Integer(string="Unchanged", compute="_compute_counts")
    question_count = fields.Integer(string="Questions", compute="_compute_counts")
    refused_count = fields.Integer(string="Refused", compute="_compute_counts")
    progress = fields.Float(compute="_compute_counts")
    refused_file = fields.Binary(
        string="Refused Records", compute="_compute_refused_file"
    )

    _name_uniq = models.UniqueIndex(
        "(source_id, name) WHERE NOT dry_run",
        "A message with this identifier was taken already.",
    )

    @api.depends("result_ids.state")
    def _compute_counts(self):
        counts = Counter()
        for message, state, count in self.env["supplier.exchange.result"]._read_group(
            [("message_id", "in", self.ids)], ["message_id", "state"], ["__count"]
        ):
            counts[message.id, state] = count
        for message in self:
            for state, _label in STATES:
                message[f"{state}_count"] = counts[message.id, state]
            done = message.record_count - message.waiting_count
            message.progress = 100 * done / max(message.record_count, 1)

    @api.depends("result_ids.state")
    def _compute_refused_file(self):
        for message in self:
            content = message._given_back()
            message.refused_file = content and base64.b64encode(content)

    # ------------------------------------------------------------
    # Taking
    # ------------------------------------------------------------

    @api.model
    def take(self, source, message, dry_run=False):
        """Take a message of another system.

        :param source: ``supplier.exchange.source``, which the user may write
        :param dict message: ``contract``, ``id``, and ``records``: a list of dicts with
            ``kind``, ``id`` and the fields of the kind
        :param bool dry_run: write nothing but the answer
        :return: ``supplier.exchange.message`` with one result per record. The same
            message is not taken twice: it gives the record of the first time. More
            than 10,000 records are taken in the background.
        :raises UserError: it is of another contract, has no identifier, or is another
            one with the identifier of one that was taken
        :raises AccessError: the user may not
        """
        try:
            feed = feed_of(message)
        except FileProblem as problem:
            raise UserError(Words(self.env).file(problem)) from problem
        return self._take_feed(source, feed, dry_run)

    @api.model
    def _take_feed(self, source, feed, dry_run=False, filename=False):
        """Take what was read.

        :param Feed feed: its head may name contract and identifier
        :param str filename: a file needs no identifier, its content has one
        """
        source.ensure_one()
        source.check_access("write")
        entries = feed.entries
        stamp = content_hash([entry.record for entry in entries])
        name = self._identifier(feed.head, filename, stamp)
        if dry_run and len(entries) > LONG:
            raise UserError(
                self.env._(
                    "A dry run looks at %(most)s records at most, and there are "
                    "%(count)s: try a part of them.",
                    most=LONG,
                    count=len(entries),
                )
            )
        source.sudo()._lock()
        kept = self.sudo()
        if not dry_run:
            kept = kept.search([("source_id", "=", source.id), ("name", "=", name)])
            kept = kept.filtered(lambda one: not one.dry_run)
        if kept:
            return self.browse(kept._same(stamp).id)
        vals = {
            "name": name,
            "source_id": source.id,
            "company_id": source.company_id.id,
            "user_id": self.env.uid,
            "filename": filename,
            "form": feed.form,
            "header": list(feed.header),
            "content_hash": stamp,
            "dry_run": dry_run,
            "record_count": len(entries),
        }
        message = self.sudo().create(vals)
        message._fill(entries)
        message._begin()
        return self.browse(message.id)

    @api.model
    def _identifier(self, head, filename, stamp):
        """Return the identifier of a message; a file may be known by its content."""
        contract = head.get("contract")
        if contract != CONTRACT and (contract is not None or not filename):
            raise UserError(
                self.env._(
                    "The message is of the contract “%(found)s”. Send one of "
                    "%(contract)s.",
                    found=str(contract or "")[:SHORT],
                    contract=CONTRACT,
                )
            )
        name = plain(head.get("id"))
        if not name and filename:
            return stamp[:32]
        if not name or len(name) > SHORT:
            raise UserError(
                self.env._(
                    "The message has no identifier: send an “id” of %(count)s "
                    "characters at most, another one for each message.",
                    count=SHORT,
                )
            )
        return name

    @api.model
    def _contract(self):
        """Return the contract that is spoken here."""
        return CONTRACT

    @api.model
    def _words_of(self, problem):
        """Return what is wrong with a message or file, and the mend.

        :param FileProblem problem: why
        """
        return Words(self.env).file(problem)

    @api.model
    def _is_taken(self, source, feed):
        """Whether there is a message with the identifier of a feed."""
        name = plain(feed.head.get("id"))
        return bool(
            self.sudo().search_count(
                [
                    ("source_id", "=", source.id),
                    ("name", "=", name),
                    ("dry_run", "=", False),
                ],
                limit=1,
            )
        )

    def _same(self, stamp):
        """Return the message if it has this content; refuse another one."""
        self.ensure_one()
        if self.content_hash != stamp:
            raise UserError(
                self.env._(
                    "The message %(message)s of %(system)s was taken already, with "
                    "other records. Send these with an identifier of their own.",
                    message=self.name,
                    system=self.source_id.name,
                )
            )
        return self

    def _fill(self, entries):
        """Write down what came, before anything is done: so nothing is lost."""
        self.ensure_one()
        columns = (
            "message_id",
            "company_id",
            "number",
            "rank",
            "kind",
            "external_id",
            "state",
            "content",
            "reason",
            "mend",
        )
        words = Words(self.with_context(lang=self.user_id.lang).env)
        rows = [self._row(entry, words) for entry in entries]
        self.env.flush_all()
        bulk_insert(self.env["supplier.exchange.result"], columns, rows)
        self.invalidate_recordset()

    def _row(self, entry, words):
        checked = check(entry.record)
        reason, mend = words.problem(entry.problem) if entry.problem else (None, None)
        kind = checked.kind if checked.kind in IN else None
        return (
            self.id,
            self.company_id.id,
            entry.number,
            _RANK.get(kind, len(_RANK)),
            kind,
            checked.id[:SHORT] or None,
            "refused" if entry.problem else "waiting",
            kept_text(entry.record),
            reason,
            mend,
        )

    def _begin(self):
        """Take the records now, or let a scheduled action do it.

        What comes later counts: so a message waits while an earlier one of its system
        is under way.
        """
        self.ensure_one()
        if self.record_count > LONG or (not self.dry_run and self._has_earlier()):
            cron = self.env.ref("supplier_evaluation.ir_cron_supplier_exchange")
            cron.sudo()._trigger()
        else:
            self._work_all()

    def _has_earlier(self):
        """Whether an earlier message of the system is still to be taken."""
        return bool(
            self.search_count(
                [
                    ("source_id", "=", self.source_id.id),
                    ("state", "=", "open"),
                    ("id", "<", self.id),
                ],
                limit=1,
            )
        )

    @api.model
    def give(self, source, kind, cursor="", limit=1_000, files=False):
        """Return records of ours for another system, a page at a time.

        :param source: ``supplier.exchange.source``, which the user may read
        :param str kind: of the contract, of those that go out
        :param str cursor: that of the page before; empty: from the beginning
        :param int limit: 1,000 at most
        :param bool files: whether documents come with their files
        :return: dict of ``contract``, ``kind``, ``records``, ``cursor`` of the next
            page, and whether there is ``more`` now. A record may come twice.
        :raises UserError: the kind does not go out, or the cursor is none of ours
        :raises AccessError: the user may not read such records
        """
        source.ensure_one()
        source.check_access("read")
        if kind not in SENT:
            raise UserError(
                self.env._(
                    "Records of the kind “%(kind)s” are not sent. Ask for one of: "
                    "%(kinds)s.",
                    kind=str(kind)[:SHORT],
                    kinds=", ".join(SENT),
                )
            )
        env = self.with_company(source.company_id).env
        if files:
            env = env(context={**env.context, "exchange_files": True})
        return env[handler(kind)]._give(source, cursor, limit)
