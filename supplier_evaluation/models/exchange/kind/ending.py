"""How records of each kind end when they are withdrawn, and are there again."""

from odoo import api, models

from ....exchange.checking import Wrong
from ...risk.kinds import OVER, SERIOUS


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
        if item.values.get("active") is not False:
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
        return self._cancel_as_none(run, record)

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
    def _make_ready(self, run, numbers):
        """What is closed does not change: so it is opened first.

        What somebody found to be a false alarm since is theirs.
        """
        signals = run.env[self._writes].browse(numbers.values())
        signals.filtered(lambda one: one.state == "closed").action_reopen()


class SupplierExchangeKindRiskSignal(models.AbstractModel):
    _name = "supplier.exchange.kind.risk.signal"
    _inherit = ["supplier.exchange.kind.risk.signal", "supplier.exchange.kind.closed"]


class SupplierExchangeKindRating(models.AbstractModel):
    _name = "supplier.exchange.kind.rating"
    _inherit = ["supplier.exchange.kind.rating", "supplier.exchange.kind.closed"]


class SupplierExchangeKindReceipt(models.AbstractModel):
    _inherit = "supplier.exchange.kind.receipt"

    @api.model
    def _knowing(self, run, items):
        """Return who tells of the same receipt: of its line, others tell as well."""
        found = (
            self.env["supplier.exchange.identity"]
            .sudo()
            .search(
                [
                    ("kind", "=", self._kind),
                    ("external_id", "in", [item.id for item in items]),
                    ("res_id", "in", [item.record for item in items]),
                ]
            )
        )
        by_key = found.grouped(lambda one: (one.external_id, one.res_id))
        return {
            item: by_key[item.id, item.record].source_id
            for item in items
            if (item.id, item.record) in by_key
        }

    @api.model
    def _makers(self, run, items):
        """A receipt is of the system that numbers it."""
        return dict.fromkeys(items, run.source)

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
    def _makers(self, run, items):
        """Return who said last what was sent back: another may have made the line."""
        claims = self.env["supplier.exchange.origin"]._claims_of(
            self._writes, [item.record for item in items]
        )
        name, sources = self._claimed("quantity"), self._sources_in(claims)
        makers = {}
        for item in items:
            claim = claims.get(item.record, {}).get(name)
            if claim and claim.source in sources:
                makers[item] = sources[claim.source]
        return makers

    @api.model
    def _end(self, run, item, record):
        """Nothing was sent back."""
        if not record.quantity_returned:
            return False
        record.write({"quantity_returned": 0, "date_returned": False})
        return True
