"""Groups rows into order lines and decides which of them can be imported.

Plain Python: records are looked up by the object it is given.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from .cells import CellProblem
from .matcher import normalise_name, normalise_ref, normalise_vat

# Where the rows of one order line have to agree: field -> target.
AGREED = {
    "quantity_ordered": "quantity_ordered",
    "price_unit": "price_unit",
    "currency_id": "currency",
    "uom_id": "uom",
    "product_id": "product",
    "date_order": "date_order",
    "date_promised": "date_promised",
}
# Of the whole line, so one row may say it and the others leave it empty.
SAID_ONCE = ("quantity_returned", "date_returned")


@dataclass(frozen=True)
class NewSupplier:
    """A supplier to be created, by its normalised name."""

    key: str


@dataclass
class LinePlan:
    """An order line to be imported.

    ``supplier`` is a partner's id or a :class:`NewSupplier`; ``receipts`` maps a
    receipt reference to its day and quantity, or to None where nothing was received.
    """

    supplier: object
    vals: dict
    rows: list
    receipts: dict = field(default_factory=dict)

    def received(self):
        """The receipts at which something was received."""
        return [(ref, found) for ref, found in self.receipts.items() if found]


class HistoryPlan:
    """What is to become of the rows of a file.

    :param rows: :class:`HistoryRow` in the order of the file
    :param positions: the targets that have a column
    :param lookup: finds suppliers, products, units and currencies
    :param mapping: has ``create_suppliers``
    """

    def __init__(self, rows, positions, lookup, mapping):
        self.positions = positions
        self.lookup = lookup
        self.create_suppliers = mapping.create_suppliers
        self.default_uom = bool(mapping.uom_id)
        self.lines = []
        self.new_suppliers = {}
        self._new_keys = defaultdict(set)
        groups = defaultdict(list)
        described = [(row, *self._describe(row)) for row in rows]
        for row, supplier, vals in described:
            self._check_new_supplier(row, supplier)
            key = (supplier, row.values.get("order_ref"), row.values.get("line_ref"))
            if all(key):
                groups[key].append((row, vals))
        for (supplier, _order, _line), group in groups.items():
            self._add_line(supplier, group)
        used = {plan.supplier for plan in self.lines}
        self.new_suppliers = {
            supplier: key
            for supplier, key in self.new_suppliers.items()
            if supplier in used
        }

    # ---- one row ------------------------------------------------------------------

    def _describe(self, row):
        """The supplier and the line's values, as far as the row allows."""
        if not row.values:
            return None, {}
        return self._supplier(row), self._vals(row)

    def _supplier(self, row):
        try:
            found = self.lookup.suppliers.match(row.supplier)
        except CellProblem as problem:
            row.problems.append((None, problem))
            return None
        if found:
            return found.id
        name = normalise_name(row.supplier.new_name)
        if not self.create_suppliers:
            row.fail(None, "supplier_unknown", value=row.supplier.label)
        elif not name:
            row.fail(None, "supplier_nameless", value=row.supplier.label)
        else:
            supplier = NewSupplier(name)
            self.new_suppliers.setdefault(supplier, row.supplier)
            self._new_keys[supplier].add(
                (normalise_ref(row.supplier.ref), normalise_vat(row.supplier.vat))
            )
            return supplier
        return None

    def _check_new_supplier(self, row, supplier):
        """One new name with two references is two suppliers: which is which?"""
        keys = self._new_keys.get(supplier, ())
        for values in zip(*keys, strict=True):
            if len(set(values) - {""}) > 1:
                named = ", ".join(sorted(set(values) - {""}))
                label = row.supplier.label
                row.fail(None, "supplier_new_ambiguous", value=label, keys=named)

    def _vals(self, row):
        values = row.values
        vals = {
            name: values.get(name)
            for name in ("order_ref", "line_ref", "quantity_ordered", "date_promised")
        }
        for name in ("price_unit", "quantity_returned"):
            if name in self.positions:
                vals[name] = values.get(name) or 0.0
        for name in ("date_order", "date_returned"):
            if name in self.positions:
                vals[name] = values.get(name) or False
        if "product" in self.positions:
            vals["product_id"] = self.lookup.product(values["product"]) or False
            vals["product_name"] = values["product"] or False
        if "category" in self.positions:
            vals["category_name"] = values["category"] or False
            if not vals.get("product_id"):
                category = self.lookup.category(values["category"])
                vals["categ_id"] = category or False
        finders = {"uom": self.lookup.uom, "currency": self.lookup.currency}
        for name, find in finders.items():
            try:
                found = find(values.get(name))
            except CellProblem as problem:
                row.problems.append((name, problem))
            else:
                if name == "currency" or name in self.positions or self.default_uom:
                    vals[f"{name}_id"] = found or False
        return vals

    # ---- one order line -----------------------------------------------------------

    def _add_line(self, supplier, group):
        """Plan a line from its rows, whole or not at all."""
        kept = self._without_duplicates(group)
        if not kept:
            return
        self._check_agreement(kept)
        refs = {row.values["receipt_ref"] for row, _vals in kept if not row.problems}
        wrong = [
            row
            for row, _vals in group
            if row.problems and row.values["receipt_ref"] not in refs
        ]
        if wrong:
            for row, _vals in kept:
                if not row.problems:
                    row.fail(None, "sibling", first=wrong[0].number)
            return
        rows = [row for row, _vals in kept]
        plan = LinePlan(supplier, dict(kept[0][1]), rows)
        for name in SAID_ONCE:
            if name in self.positions:
                plan.vals[name] = next(
                    (vals[name] for _row, vals in kept if vals[name]), vals_empty(name)
                )
        if "date_received" in self.positions:
            plan.receipts = {row.values["receipt_ref"]: _receipt(row) for row in rows}
        self.lines.append(plan)

    @staticmethod
    def _without_duplicates(group):
        """The readable rows, the first one of each receipt."""
        first, kept = {}, []
        for row, vals in group:
            if row.problems:
                continue
            seen = first.setdefault(row.values["receipt_ref"], row)
            if seen is row:
                kept.append((row, vals))
            else:
                row.fail(None, "duplicate", first=seen.number)
        return kept

    def _check_agreement(self, kept):
        first, first_vals = kept[0]
        said = {}
        for row, vals in kept:
            wrong = [
                target
                for name, target in AGREED.items()
                if vals.get(name) != first_vals.get(name)
            ]
            for name in SAID_ONCE:
                value = row.values.get(name)
                if value is not None and said.setdefault(name, value) != value:
                    wrong.append(name)
            if wrong:
                row.fail(None, "disagrees", first=first.number, fields=wrong)
        received = [row for row, _vals in kept if row.values.get("date_received")]
        if "quantity_received" not in self.positions:
            for row in received[1:]:
                number = received[0].number
                row.fail(None, "receipts_need_quantity", first=number)


def vals_empty(name):
    return 0.0 if name.startswith("quantity") else False


def _receipt(row):
    day = row.values.get("date_received")
    return (day, row.values["quantity_received"]) if day else None
