"""Records that a system withdraws: ended by the rules of their model, never deleted."""

from odoo import api, models

from ....exchange.checking import WITHDRAWN, Wrong, content_hash
from ...risk.kinds import OVER, SERIOUS


class SupplierExchangeKind(models.AbstractModel):
    """Of a withdrawn record only its kind and identifier are read.

    Who may end it: the system that made it, or one with a higher priority than all that
    know it. What a person entered stays, where entries by hand stay.
    """

    _inherit = "supplier.exchange.kind"

    @api.model
    def _do_all(self, run, items):
        """Take items, and end what others say is withdrawn."""
        gone = [item for item in items if item.checked.deleted]
        rest = [item for item in items if not item.checked.deleted]
        back = self._withdrawn_before(run, rest)
        if rest:
            self._do(run, rest)
        run.made |= {
            (self._writes, item.record) for item in rest if item.state == "created"
        }
        self._bring_back(run, [item for item in rest if item.id in back])
        if gone:
            self._withdraw(run, gone)

    # ------------------------------------------------------------
    # To be extended
    # ------------------------------------------------------------

    @api.model
    def _end(self, run, item, record):
        """End a record.

        :return: whether it was not over before
        :raises Wrong: records of this kind do not end
        """
        raise Wrong("withdraw_never", kind=self._kind)

    @api.model
    def _resume(self, run, item, record):
        """Undo what :meth:`_end` did: the record is there again."""

    # ------------------------------------------------------------
    # Withdrawing
    # ------------------------------------------------------------

    @api.model
    def _withdraw(self, run, items):
        identities = self.env["supplier.exchange.identity"]
        known = identities._known(run.source, self._kind, [one.id for one in items])
        self._find_known(run, items)
        for item in items:
            if item.id not in known:
                run.refuse(item, "withdraw_unknown", value=item.id)
            elif not item.record:
                item.state = "unchanged"  # it is gone already
        left = [item for item in items if not item.state]
        masters = self._masters(run, [item.record for item in left])
        for item in left:
            self._withdraw_one(run, item, masters.get(item.record))
        done = [item for item in left if item.state in ("updated", "unchanged")]
        rows = {item.id: (item.record, item.stamp) for item in done}
        identities._keep(run.source, self._kind, self._writes, rows)

    @api.model
    def _withdraw_one(self, run, item, master):
        record = run.env[self._writes].browse(item.record)
        try:
            if master:
                raise master
            is_ended = self._end(run, item, record)
        except Wrong as problem:
            run.refuse_for(item, problem)
        else:
            item.state = "updated" if is_ended else "unchanged"

    @api.model
    def _masters(self, run, ids):
        """Return why records are not withdrawn by this system: others go first.

        :rtype: dict
        :return: number of a record -> :class:`Wrong`
        """
        others = self._systems_knowing(ids) if ids else {}
        makers = self._makers_of(ids) if ids else {}
        problems = {}
        for number in ids:
            knowing = others.get(number, run.source) | makers.get(number, run.source)
            above = knowing.filtered(lambda one: one.priority > run.source.priority)
            if above:
                problems[number] = Wrong("withdraw_other", source=above[:1].name)
            elif run.source.hand_wins and not (
                number in makers or (self._writes, number) in run.made
            ):
                problems[number] = Wrong("withdraw_hand")
        return problems

    @api.model
    def _systems_knowing(self, ids):
        """Return the systems that know records, by the number of the record."""
        identities = self.env["supplier.exchange.identity"].sudo()
        name = "partner_id" if self._writes == "res.partner" else "res_id"
        domain = [(name, "in", ids), ("kind", "=", self._kind)]
        found = {}
        for one in identities.search(domain):
            number = one._target()[1]
            found[number] = found.get(number, one.source_id) | one.source_id
        return found

    @api.model
    def _makers_of(self, ids):
        """Return the systems whose messages made records."""
        results = self.env["supplier.exchange.result"].sudo()
        domain = [
            ("res_model", "=", self._writes),
            ("res_id", "in", ids),
            ("state", "=", "created"),
            ("message_id.dry_run", "=", False),
        ]
        found = {}
        for one in results.search(domain):
            source = one.message_id.source_id
            found[one.res_id] = found.get(one.res_id, source) | source
        return found

    @api.model
    def _withdrawn_before(self, run, items):
        """Return the identifiers of what the system withdrew, and tells of again."""
        known = self.env["supplier.exchange.identity"]._known(
            run.source, self._kind, [item.id for item in items]
        )
        stamp = content_hash([self._kind, WITHDRAWN])
        return {name for name, one in known.items() if one.content_hash == stamp}

    @api.model
    def _bring_back(self, run, items):
        for item in items:
            if item.state in ("updated", "unchanged"):
                self._resume(run, item, run.env[self._writes].browse(item.record))
                item.state = "updated"


class SupplierExchangeKindArchived(models.AbstractModel):
    """A kind whose records are archived."""

    _name = "supplier.exchange.kind.archived"
    _inherit = ["supplier.exchange.kind"]
    _description = "Kind of Exchanged Records"

    @api.model
    def _end(self, run, item, record):
        if not record.active:
            return False
        record.active = False
        return True

    @api.model
    def _resume(self, run, item, record):
        if "active" not in item.values:
            record.active = True


class SupplierExchangeKindSupplier(models.AbstractModel):
    _name = "supplier.exchange.kind.supplier"
    _inherit = ["supplier.exchange.kind.supplier", "supplier.exchange.kind.archived"]


class SupplierExchangeKindContact(models.AbstractModel):
    _name = "supplier.exchange.kind.contact"
    _inherit = ["supplier.exchange.kind.contact", "supplier.exchange.kind.archived"]


class SupplierExchangeKindDocument(models.AbstractModel):
    """What was verified is evidence: its model says so, and what can be done."""

    _name = "supplier.exchange.kind.document"
    _inherit = ["supplier.exchange.kind.document", "supplier.exchange.kind.archived"]


class SupplierExchangeKindIncident(models.AbstractModel):
    _inherit = "supplier.exchange.kind.incident"

    @api.model
    def _end(self, run, item, record):
        """It was none, and does not count."""
        if record.state == "cancelled":
            return False
        record.action_cancel()
        return True

    @api.model
    def _resume(self, run, item, record):
        """Open it again, unless the record says how far it is."""
        if record.state == "cancelled" and not item.values.get("status"):
            record.action_reopen()


class SupplierExchangeKindSignal(models.AbstractModel):
    """Signals of risk, and ratings: serious ones are closed by people only."""

    _name = "supplier.exchange.kind.closed"
    _inherit = ["supplier.exchange.kind"]
    _description = "Kind of Exchanged Records"

    @api.model
    def _end(self, run, item, record):
        if record.state in OVER:
            return False
        if record.severity_worst in SERIOUS or record.severity in SERIOUS:
            raise Wrong("withdraw_person", record=record.display_name)
        record.action_close()
        return True

    @api.model
    def _resume(self, run, item, record):
        if record.state in OVER:
            record.action_reopen()


class SupplierExchangeKindRiskSignal(models.AbstractModel):
    _name = "supplier.exchange.kind.risk.signal"
    _inherit = ["supplier.exchange.kind.risk.signal", "supplier.exchange.kind.closed"]


class SupplierExchangeKindRating(models.AbstractModel):
    _name = "supplier.exchange.kind.rating"
    _inherit = ["supplier.exchange.kind.rating", "supplier.exchange.kind.closed"]


class SupplierExchangeKindReceipt(models.AbstractModel):
    _inherit = "supplier.exchange.kind.receipt"

    @api.model
    def _end(self, run, item, record):
        """Nothing arrived; the receipt stays on record."""
        own = record.receipt_ids.filtered(
            lambda one: one.receipt_ref == item.id and one.quantity
        )
        own.quantity = 0
        return bool(own)


class SupplierExchangeKindReturn(models.AbstractModel):
    _inherit = "supplier.exchange.kind.return"

    @api.model
    def _end(self, run, item, record):
        """Nothing was sent back."""
        if not record.quantity_returned:
            return False
        record.write({"quantity_returned": 0, "date_returned": False})
        return True
