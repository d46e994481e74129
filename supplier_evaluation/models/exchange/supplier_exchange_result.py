from odoo import fields, models

from ...exchange.checking import Wrong
from .labels import KINDS
from .opening import open_exchanged
from .supplier_exchange_message import STATES
from .words import Words


class SupplierExchangeResult(models.Model):
    """What became of one record of a message.

    What it said is kept as long as somebody may need it: until it was taken.
    """

    _name = "supplier.exchange.result"
    _description = "Result of a Record of Another System"
    _order = "message_id desc, number, id"
    _rec_name = "external_id"
    _log_access = False

    message_id = fields.Many2one(
        "supplier.exchange.message", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    number = fields.Integer(
        required=True,
        readonly=True,
        aggregator=None,
        help="Of the record in the message, or of the row or line in the file.",
    )
    rank = fields.Integer(
        required=True,
        readonly=True,
        aggregator=None,
        help="Suppliers are taken first, then what is of them.",
    )
    kind = fields.Selection(
        KINDS,
        readonly=True,
        help="As the contract calls it.",
    )
    external_id = fields.Char(string="Identifier", readonly=True)
    state = fields.Selection(
        STATES, string="Result", required=True, readonly=True, default="waiting"
    )
    reason = fields.Text(readonly=True)
    mend = fields.Text(readonly=True, help="What can be done about it.")
    note = fields.Text(
        readonly=True, help="Fields that were not used, and values that stay."
    )
    content = fields.Text(readonly=True, help="The record as it came.")
    res_model = fields.Char(string="Model of the Record", readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", readonly=True
    )
    question_id = fields.Many2one(
        "supplier.exchange.question",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )

    _message_idx = models.Index("(message_id, state, rank, number)")
    _waiting_idx = models.Index("(message_id) WHERE state = 'waiting'")

    def action_open_record(self):
        """Open the record."""
        self.ensure_one()
        return open_exchanged(self, self.res_model, self.res_id)

    def _answer(self):
        """Return what became of it, as another system reads it.

        :rtype: dict
        """
        self.ensure_one()
        answer = {
            "number": self.number,
            "kind": self.kind,
            "id": self.external_id,
            "state": self.state,
        }
        for name in ("reason", "mend", "note"):
            if self[name]:
                answer[name] = self[name]
        if self.res_id:
            answer["record"] = self.res_id
        return answer

    # ------------------------------------------------------------
    # After a question
    # ------------------------------------------------------------

    def _drop(self):
        """Refuse them, since a person decided so."""
        words = Words(self.env)
        reason, mend = words.problem(Wrong("dropped"))
        self.write({"state": "refused", "reason": reason, "mend": mend})

    def _take_again(self, answers=None):
        """Take records of which a person has said who is meant, in the order they came.

        The supplier itself goes first, whatever message it came in: what others wait
        for is known then.

        :param dict answers: what :class:`Run` takes
        """
        self.write({"state": "waiting"})
        suppliers = self.filtered(lambda result: result.kind == "supplier")
        for some in (suppliers, self - suppliers):
            for message in some.message_id.sorted("id"):
                results = some.filtered(lambda one, of=message: one.message_id == of)
                message._work(results.ids, message._run(answers))
                message.invalidate_recordset()
