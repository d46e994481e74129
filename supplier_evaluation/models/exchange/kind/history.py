"""Order lines, receipts and returns: taken by the history importer, as files are."""

from odoo import api, models

from ....importer.cells import reference
from ....importer.importer import HistoryImporter, HistoryReport
from ....importer.matcher import Candidate
from ....importer.reader import Columns, Row

SUPPLIER = "supplier_ref"


class _Known:
    """Suppliers by their numbers: who is meant was found out before."""

    def match(self, key):
        return Candidate(int(key.ref), "", key.ref, "", True)


class SupplierExchangeKindHistory(models.AbstractModel):
    """What is kept as delivery history; whose value counts has a file of its own."""

    _name = "supplier.exchange.kind.history"
    _inherit = ["supplier.exchange.kind"]
    _description = "Kind of Exchanged Records"
    _writes = "supplier.history.line"
    #: What the importer calls it -> field of the contract.
    _targets = {}

    @api.model
    def _line(self, item):
        """Return what names the line, as far as the system says it."""
        return f"line {item.values['order']}\n{item.values['line']}"

    @api.model
    def _do(self, run, items):
        self._find_known(run, items)
        fresh = [item for item in items if not item.state]
        self._find_suppliers(run, fresh)
        self._refuse_moved(
            run, [item for item in fresh if item.record and not item.state]
        )
        groups = {}
        for item in fresh:
            if not item.state:
                groups.setdefault(frozenset(item.values), []).append(item)
        for told, group in groups.items():
            self._import(run, told, group)
        self.env["supplier.exchange.identity"]._keep(
            run.source,
            self._kind,
            self._writes,
            {
                item.id: (item.record, item.stamp)
                for item in fresh
                if item.state in ("created", "updated", "unchanged")
            },
        )

    @api.model
    def _refuse_moved(self, run, items):
        """Refuse what was of another line before: it would stay there as well."""
        for item, line in self._refuse_other_supplier(run, items):
            if self._place_of(item) != self._place_kept(line):
                run.refuse(item, "other_line", line=line.display_name)

    @api.model
    def _place_of(self, item):
        return reference(item.values["order"]), reference(item.values["line"])

    @api.model
    def _place_kept(self, line):
        return reference(line.order_ref), reference(line.line_ref)

    @api.model
    def _import(self, run, told, items):
        """Import items that tell the same fields: what is not told stays."""
        columns = {
            target: name
            for target, name in self._targets.items()
            if name in told or name == "id"
        }
        header = (SUPPLIER, *columns)
        names = {SUPPLIER: SUPPLIER, **dict(zip(columns, columns, strict=True))}
        importer = HistoryImporter(
            run.env,
            Columns(header),
            run.source.name,
            self._mapping(run, names),
            suppliers=_Known(),
        )
        importer.reader.settle()
        rows = [
            Row(number, (str(item.partner), *self._cells(item, columns.values())))
            for number, item in enumerate(items)
        ]
        report = HistoryReport()
        changes = importer.import_rows(rows, report)
        self._note_outcomes(run, items, report, changes)

    @api.model
    def _mapping(self, run, columns):
        mappings = run.env["supplier.history.mapping"]
        defaults = mappings.default_get(list(mappings._fields))
        return mappings.new({**defaults, "columns": columns, "date_order": "ymd"})

    @api.model
    def _cells(self, item, names):
        return [item.id if name == "id" else item.values.get(name) for name in names]

    @api.model
    def _note_outcomes(self, run, items, report, changes):
        for rejection in report.rejected:
            run.refuse(items[rejection.row], "failed", error=rejection.reason)
        created = iter(changes.created_ids)
        for state, plan, line in changes.outcomes:
            number = line.id if line else next(created)
            for row in plan.rows:
                item = items[row.number]
                if not item.state:
                    item.state, item.record = state, number


class SupplierExchangeKindOrder(models.AbstractModel):
    _name = "supplier.exchange.kind.order"
    _inherit = ["supplier.exchange.kind.history"]
    _description = "Kind of Exchanged Records"
    _kind = "order"
    _targets = {
        "order_ref": "order",
        "line_ref": "line",
        "product": "product",
        "category": "category",
        "uom": "unit",
        "quantity_ordered": "quantity",
        "price_unit": "price",
        "currency": "currency",
        "date_order": "date_order",
        "date_promised": "date_promised",
    }

    @api.model
    def _marks(self, item):
        return {item.id, self._line(item)}


class SupplierExchangeKindReceipt(models.AbstractModel):
    """The identifier of a receipt is its number: it may be corrected later."""

    _name = "supplier.exchange.kind.receipt"
    _inherit = ["supplier.exchange.kind.history"]
    _description = "Kind of Exchanged Records"
    _kind = "receipt"
    _targets = {
        "order_ref": "order",
        "line_ref": "line",
        "receipt_ref": "id",
        "date_received": "date",
        "quantity_received": "quantity",
    }


class SupplierExchangeKindReturn(models.AbstractModel):
    _name = "supplier.exchange.kind.return"
    _inherit = ["supplier.exchange.kind.history"]
    _description = "Kind of Exchanged Records"
    _kind = "return"
    _targets = {
        "order_ref": "order",
        "line_ref": "line",
        "quantity_returned": "quantity",
        "date_returned": "date",
    }

    @api.model
    def _marks(self, item):
        return {item.id, self._line(item)}
