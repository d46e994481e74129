"""Records that a system withdraws: ended by the rules of their model, never deleted."""

from contextlib import contextmanager

from odoo import api, models

from ....exchange.checking import WITHDRAWN, Wrong, content_hash
from ..supplier_exchange_origin import Claim, stamp_of


class SupplierExchangeKind(models.AbstractModel):
    """Of a withdrawn record only its kind and identifier are read.

    Who may end it: the system that made it, unless one with a higher priority knows it,
    or one with a higher priority than all that know it. What a person entered stays,
    where entries by hand stay.

    What a withdrawal ended is there again when the system sends it again; what a person
    had ended before stays so.
    """

    _inherit = "supplier.exchange.kind"

    @api.model
    def _do_all(self, run, items):
        """Take items, and end what others say is withdrawn."""
        gone = [item for item in items if item.checked.deleted]
        rest = [item for item in items if not item.checked.deleted]
        back = self._withdrawn_before(run, rest)
        self._make_ready(run, back)
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

    @api.model
    def _make_ready(self, run, numbers):
        """Is told of the records that are sent again, before that is taken.

        :param dict numbers: what :meth:`_withdrawn_before` returns
        """

    @api.model
    def _claimable(self, run, numbers):
        """Return what records say now, of what systems may claim to have said.

        :rtype: dict
        :return: number of the record -> name of the claim -> value
        """
        return {number: {} for number in numbers}

    # ------------------------------------------------------------
    # Withdrawing
    # ------------------------------------------------------------

    @api.model
    def _withdraw(self, run, items):
        identities = self.env["supplier.exchange.identity"]
        known = identities._known(run.source, self._kind, [one.id for one in items])
        self._find_known(run, items)
        unknown = {item.id for item in items} - known.keys()
        waiting = self._waiting_here(run, unknown)
        for item in items:
            if item.id in waiting:
                item.state = "unchanged"  # what waits is left out when it is looked at
            elif item.id in unknown:
                run.refuse(item, "withdraw_unknown", value=item.id)
            elif not item.record:
                item.state = "unchanged"  # it is gone already
        left = [item for item in items if not item.state]
        masters = self._masters(run, left)
        with self._claiming(run, left):
            for item in left:
                self._withdraw_one(run, item, masters.get(item))
        # What had been ended by somebody else is not brought back later.
        done = [item for item in left if item.state == "updated"]
        rows = {item.id: (item.record, item.stamp) for item in done}
        identities._keep(run.source, self._kind, self._writes, rows)

    @api.model
    def _waiting_here(self, run, names):
        """Return of which records an earlier message waits for an answer."""
        if not names:
            return set()
        found = (
            self.env["supplier.exchange.result"]
            .sudo()
            .search(
                [
                    ("message_id.source_id", "=", run.source.id),
                    ("message_id.dry_run", "=", False),
                    ("kind", "=", self._kind),
                    ("external_id", "in", list(names)),
                    ("state", "=", "question"),
                ]
            )
        )
        return set(found.mapped("external_id"))

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

    @contextmanager
    def _claiming(self, run, items):
        """Note what changes meanwhile as said by the system, which may say it anew."""
        numbers = list(dict.fromkeys(item.record for item in items))
        before = self._claimable(run, numbers)
        yield
        claims = {
            number: {
                name: Claim(run.source.id, stamp_of(value))
                for name, value in own.items()
                if value != before[number].get(name)
            }
            for number, own in self._claimable(run, numbers).items()
        }
        claims = {number: own for number, own in claims.items() if own}
        if claims:
            self.env["supplier.exchange.origin"]._note(self._writes, claims)

    # ------------------------------------------------------------
    # Whose it is
    # ------------------------------------------------------------

    @api.model
    def _masters(self, run, items):
        """Return why items are not withdrawn by this system: others go first.

        :rtype: dict
        :return: item -> :class:`Wrong`
        """
        if not items:
            return {}
        nobody = run.source.browse()
        knowing, makers = self._knowing(run, items), self._makers(run, items)
        problems = {}
        for item in items:
            made = makers.get(item, nobody)
            is_mine = run.source in made or (self._writes, item.record) in run.made
            above = self._above(
                run, (knowing.get(item, nobody) | made) - run.source, is_mine
            )
            if above:
                problems[item] = Wrong("withdraw_other", source=above[:1].name)
            elif run.source.hand_wins and not (is_mine or made):
                problems[item] = Wrong("withdraw_hand")
        return problems

    @api.model
    def _above(self, run, others, is_mine):
        """Return those of other systems that go first; what is mine, equals leave."""
        own = run.source.priority
        return others.filtered(
            lambda one: one.priority > own or (one.priority == own and not is_mine)
        )

    @api.model
    def _knowing(self, run, items):
        """Return the systems that know the records of items, by item."""
        identities = self.env["supplier.exchange.identity"].sudo()
        name = "partner_id" if self._writes == "res.partner" else "res_id"
        numbers = [item.record for item in items]
        found = {}
        for one in identities.search(
            [(name, "in", numbers), ("kind", "=", self._kind)]
        ):
            number = one._target()[1]
            found[number] = found.get(number, one.source_id) | one.source_id
        return {item: found[item.record] for item in items if item.record in found}

    @api.model
    def _makers(self, run, items):
        """Return the systems whose messages made the records of items, by item."""
        results = self.env["supplier.exchange.result"].sudo()
        domain = [
            ("res_model", "=", self._writes),
            ("res_id", "in", [item.record for item in items]),
            ("state", "=", "created"),
            ("message_id.dry_run", "=", False),
        ]
        found = {}
        for one in results.search(domain):
            source = one.message_id.source_id
            found[one.res_id] = found.get(one.res_id, source) | source
        return {item: found[item.record] for item in items if item.record in found}

    # ------------------------------------------------------------
    # Again
    # ------------------------------------------------------------

    @api.model
    def _withdrawn_before(self, run, items):
        """Return what the system withdrew, and tells of again.

        :rtype: dict
        :return: identifier -> number of the record
        """
        known = self.env["supplier.exchange.identity"]._known(
            run.source, self._kind, [item.id for item in items]
        )
        stamp = content_hash([self._kind, WITHDRAWN])
        gone = {
            name: one._target()[1]
            for name, one in known.items()
            if one.content_hash == stamp
        }
        there = self._there(run, self._writes, gone.values()) if gone else ()
        return {name: number for name, number in gone.items() if number in there}

    @api.model
    def _bring_back(self, run, items):
        taken = [item for item in items if item.state in ("updated", "unchanged")]
        with self._claiming(run, taken):
            for item in taken:
                self._resume(run, item, run.env[self._writes].browse(item.record))
                item.state = "updated"
