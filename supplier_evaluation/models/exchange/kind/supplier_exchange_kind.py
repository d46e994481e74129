import logging

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ....exchange.checking import Wrong
from ....exchange.who import Key

_logger = logging.getLogger(__name__)
#: What the values of a record may bring about.
RULES = (CheckViolation, UniqueViolation)


class SupplierExchangeKind(models.AbstractModel):
    """How records of one kind are taken.

    A kind of the contract is a model called after it: ``risk_signal`` is taken by
    ``supplier.exchange.kind.risk.signal``. It has :meth:`_do`, which decides on each
    item of a batch: ``state`` is one of created, updated, unchanged, question and
    refused then, and ``record`` the number of our record.
    """

    _name = "supplier.exchange.kind"
    _description = "Kind of Exchanged Records"
    #: As the contract names it.
    _kind = ""
    #: The model that is written.
    _writes = ""

    @api.model
    def _do(self, run, items):
        """Take some items, of which no two have the same identifier.

        It may raise: then the batch is taken in halves, and what fails alone is
        refused with the error as its reason.

        :param Run run: what is looked up once, and the company's environment
        :param items: :class:`Item` that are good by the contract
        """
        raise NotImplementedError

    @api.model
    def _marks(self, item):
        """Return by what an item may be the same as another one of its message."""
        return {item.id}

    @api.model
    def _take(self, run, items):
        """Take items; one that fails stops no other.

        What may be the same comes one after the other, in its order; what is left
        undecided waits for what went before it.
        """
        if self._writes not in run.env:
            for item in items:
                run.refuse(item, "kind_absent", kind=self._kind)
            return
        if not run.env[self._writes].has_access("create"):
            for item in items:
                run.refuse(item, "no_right", user=run.env.user.name)
            return
        left = items
        while left:
            now, later, seen = [], [], set()
            for item in left:
                marks = {item.id} if item.checked.deleted else self._marks(item)
                (later if marks & seen else now).append(item)
                seen |= marks
            self._take_batch(run, now)
            put_off = [item for item in now if not item.state]
            left = (put_off if len(put_off) < len(now) else []) + later

    @api.model
    def _take_batch(self, run, items):
        """Take items at once; if that fails, in halves."""
        asked = set(run.asked)
        error = self._try(run, items)
        if not error:
            return
        run.forget()
        run.asked = asked
        for item in items:
            item.begin()
        if len(items) > 1:
            half = len(items) // 2
            self._take_batch(run, items[:half])
            self._take_batch(run, items[half:])
            return
        _logger.info("%s %s: %s", self._kind, items[0].id, error)
        run.refuse_for(items[0], _problem_of(error, run.env))

    @api.model
    def _try(self, run, items):
        """Take items in a savepoint; return the error, or None."""
        try:
            with self.env.cr.savepoint():
                self._do_all(run, items)
                self.env.flush_all()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except (UserError, Wrong, *RULES) as error:
            return error
        except Exception as error:
            _logger.warning("%s: a batch failed", self._kind, exc_info=True)
            return error
        return None

    # ------------------------------------------------------------
    # Who is who
    # ------------------------------------------------------------

    @api.model
    def _find_known(self, run, items):
        """Find what the system sent before; the same content changes nothing."""
        identities = self.env["supplier.exchange.identity"]
        known = identities._known(run.source, self._kind, [item.id for item in items])
        targets = {name: one._target()[1] for name, one in known.items()}
        there = self._there(run, self._writes, targets.values())
        for item in items:
            number = targets.get(item.id)
            if number in there:
                item.record = number
                if known[item.id].content_hash == item.stamp:
                    item.state = "unchanged"

    @api.model
    def _there(self, run, model, ids):
        """Return which records there are that the company of the system sees."""
        records = run.env[model].with_context(active_test=False)
        domain = Domain("id", "in", list(ids))
        if "company_id" in records._fields:
            # Whatever the rules of access say to whoever takes it.
            domain &= Domain("company_id", "in", [False, run.source.company_id.id])
        return set(records.search(domain).ids)

    @api.model
    def _refuse_other_supplier(self, run, items):
        """Refuse what is a record of another supplier here.

        :param items: with a record and a supplier each
        :return: list of the other items, each with its record
        """
        kept = []
        records = run.env[self._writes].browse([item.record for item in items])
        partners = run.env["res.partner"].browse([item.partner for item in items])
        for item, record, partner in zip(items, records, partners, strict=True):
            vendor = record.commercial_partner_id
            if vendor == partner.commercial_partner_id:
                kept.append((item, record))
            else:
                run.refuse(item, "other_supplier", supplier=vendor.display_name)
        return kept

    @api.model
    def _find_suppliers(self, run, items):
        """Find whose the items are; what is not clear is asked, or refused."""
        identities = self.env["supplier.exchange.identity"]
        named = {item.values.get("supplier") for item in items} - {None}
        known = identities._known(run.source, "supplier", named)
        ids = [one.partner_id.id for one in known.values()]
        there = self._there(run, "res.partner", ids)
        known = {name: one for name, one in known.items() if one.partner_id.id in there}
        new, waiting = {}, self._waiting_for(run, named - known.keys())
        settled = waiting | known.keys()
        run.look_up(
            self._supplier_key(item)
            for item in items
            if item.values.get("supplier") not in settled
        )
        for item in items:
            name = item.values.get("supplier")
            if name in waiting:
                run.wait(item, name)
            elif name in known:
                # Who was put below another company since is known by that one.
                item.partner = known[name].partner_id.commercial_partner_id.id
            elif name in new:
                item.partner = new[name][0]
            else:
                self._match_supplier(run, item)
                if item.partner and name:
                    new[name] = (item.partner, False)
        identities._keep(run.source, "supplier", "res.partner", new)

    @api.model
    def _waiting_for(self, run, names):
        """Return which suppliers a person has been asked about."""
        if not names:
            return names
        open_ones = (
            self.env["supplier.exchange.question"]
            .sudo()
            .search(
                [
                    ("source_id", "=", run.source.id),
                    ("external_id", "in", list(names)),
                    ("state", "=", "open"),
                ]
            )
        )
        return names & (run.asked | set(open_ones.mapped("external_id")))

    @api.model
    def _match_supplier(self, run, item):
        """Find whose an item is by numbers and name."""
        name, key = item.values.get("supplier"), self._supplier_key(item)
        try:
            found = run.who.match(key) if key.label else None
        except Wrong as problem:
            run.ask(item, name, problem)
            return
        if found:
            item.partner = found.id
        else:
            run.refuse(item, "supplier_unknown", value=name or key.label)

    @api.model
    def _supplier_key(self, item):
        """Return by what an item names its supplier, besides an identifier."""
        return Key(
            item.values.get("supplier_registry_number") or "",
            item.values.get("supplier_tax_id") or "",
            item.values.get("supplier_name") or "",
        )


def _problem_of(error, env):
    """Return why a record is refused, for what was raised when it was written."""
    if isinstance(error, Wrong):
        return error
    if isinstance(error, AccessError):
        return Wrong("not_allowed", error=str(error))
    if isinstance(error, UserError):
        return Wrong("failed", error=str(error))
    if isinstance(error, RULES):
        return _problem_of_rule(error, env)
    return Wrong("internal")


def _problem_of_rule(error, env):
    """Return what a rule of the database says, as it says it to people."""
    table = error.diag.table_name
    models_there = [model for model in env.values() if model._table == table]
    if not models_there:
        return Wrong("internal")
    return Wrong("failed", error=models_there[0]._sql_error_to_message(error))
