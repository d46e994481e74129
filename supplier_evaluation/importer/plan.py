"""Groups rows into order lines and decides which of them can be imported.

Plain Python: records are looked up by the object it is given.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from .cells import CellProblem, reference_key
from .matcher import normalise_name, normalise_ref, normalise_vat
from .receipts import Receipts, collect
from .targets import LINE_KEY, SUPPLIER_TARGETS

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
QUANTITIES = ("quantity_ordered", "quantity_received", "quantity_returned")
# Of the whole line, so one row may say it and the others leave it empty.
SAID_ONCE = ("quantity_returned", "date_returned")


@dataclass(frozen=True)
class NewSupplier:
    """A supplier to be created, by its normalised name."""

    key: str


@dataclass
class LinePlan:
    """An order line to be imported.

    ``supplier`` is a partner's id or a :class:`NewSupplier`; ``receipts`` is None where
    the file says nothing about them; ``is_joined`` if the line has to be known already;
    ``is_running_total`` if the file says what came so far.
    """

    supplier: object
    vals: dict
    rows: list
    receipts: Receipts = None
    is_joined: bool = False
    is_running_total: bool = False

    def fail(self, code, **params):
        """Reject the line."""
        for row in self.rows:
            row.fail(None, code, **params)


class NewSuppliers:
    """The suppliers that a file names and nobody knows.

    One new name with two references is two suppliers: which is which? So all rows have
    to be shown before one of them is created.
    """

    def __init__(self):
        self.by_name = {}
        self._keys = defaultdict(set)

    def add(self, key):
        """Note a supplier; return what stands for it, or None if it has no name."""
        name = normalise_name(key.new_name)
        if not name:
            return None
        supplier = NewSupplier(name)
        self.by_name.setdefault(supplier, key)
        self._keys[supplier].add((normalise_ref(key.ref), normalise_vat(key.vat)))
        return supplier

    def rivals(self, supplier):
        """The references or VAT numbers that one name has, if they are several."""
        for values in zip(*self._keys.get(supplier, ()), strict=True):
            if len(set(values) - {""}) > 1:
                return sorted(set(values) - {""})
        return []


@dataclass
class PlanOptions:
    """What a plan has to know beside the rows.

    :param positions: the targets that have a column
    :param bool create_suppliers: whether missing suppliers are created
    :param bool default_uom: whether rows without a unit have one
    :param bool is_receipt_list: whether the rows are receipts of lines that are known
    :param str price_currency: what the header of the prices names, if it does
    :param float price_per: for how many the header says that the prices are
    :param dict header_units: quantity -> the unit that its header names
    :param NewSuppliers new_suppliers: of the whole file
    :param bool is_running_total: whether received quantities are all that came so far
    """

    positions: dict
    create_suppliers: bool = False
    default_uom: bool = False
    is_receipt_list: bool = False
    price_currency: str = ""
    price_per: float = 1
    header_units: dict = field(default_factory=dict)
    new_suppliers: NewSuppliers = field(default_factory=NewSuppliers)
    is_running_total: bool = False


class HistoryPlan:
    """What is to become of the rows of a file, or of all rows of some of its orders.

    :param rows: :class:`HistoryRow` in the order of the file
    :param lookup: finds suppliers, products, units and currencies
    :param PlanOptions options: about the file
    """

    def __init__(self, rows, lookup, options):
        self.positions = options.positions
        self.lookup = lookup
        self.options = options
        self.lines = []
        groups, strays = defaultdict(list), defaultdict(list)
        described = [(row, *self._describe(row)) for row in rows]
        for row, supplier, vals in described:
            self._check_new_supplier(row, supplier)
            names = (row.values.get(target) for target in LINE_KEY)
            key = (supplier, *(name and reference_key(name) for name in names))
            if all(key):
                groups[key].append((row, vals))
            elif all(key[1:]):
                strays[key[1:]].append(row)
        for (supplier, *line), group in groups.items():
            self._add_line(supplier, group, strays.get(tuple(line), []))
        used = {plan.supplier for plan in self.lines}
        self.new_suppliers = {
            supplier: key
            for supplier, key in options.new_suppliers.by_name.items()
            if supplier in used
        }

    # ---- one row ------------------------------------------------------------------

    def _describe(self, row):
        """The supplier and the line's values, as far as the row allows."""
        return (self._supplier(row), self._vals(row)) if row.is_whole else (None, {})

    def _supplier(self, row):
        try:
            if not any(target in self.positions for target in SUPPLIER_TARGETS):
                return self.lookup.supplier_of(row)
            found = self.lookup.suppliers.match(row.supplier)
        except CellProblem as problem:
            row.problems.append((None, problem))
            return None
        if found:
            return found.id
        label = row.supplier.label
        if not self.options.create_suppliers or self.options.is_receipt_list:
            row.fail(None, "supplier_unknown", value=label)
            return None
        supplier = self.options.new_suppliers.add(row.supplier)
        if not supplier:
            row.fail(None, "supplier_nameless", value=label)
        return supplier

    def _check_new_supplier(self, row, supplier):
        rivals = self.options.new_suppliers.rivals(supplier)
        if rivals:
            label = row.supplier.label
            keys = ", ".join(rivals)
            row.fail(None, "supplier_new_ambiguous", value=label, keys=keys)

    def _vals(self, row):
        values = row.values
        vals = {name: values.get(name) for name in LINE_KEY}
        if "quantity_returned" in self.positions:
            vals["quantity_returned"] = values.get("quantity_returned") or 0.0
        if "date_returned" in self.positions:
            vals["date_returned"] = values.get("date_returned") or False
        if not self.options.is_receipt_list:
            self._add_order_vals(row, vals)
        self._add_unit(row, vals)
        return vals

    def _add_order_vals(self, row, vals):
        values = row.values
        for name in ("quantity_ordered", "date_promised"):
            vals[name] = values.get(name)
        if "date_order" in self.positions:
            vals["date_order"] = values.get("date_order") or False
        if "product" in self.positions:
            vals["product_id"] = self.lookup.product(values["product"]) or False
            vals["product_name"] = values["product"] or False
        if "category" in self.positions:
            vals["category_name"] = values["category"] or False
            if not vals.get("product_id"):
                category = self.lookup.category(values["category"])
                vals["categ_id"] = category or False
        self._add_price(row, vals)

    def _add_price(self, row, vals):
        name = row.values.get("currency") or self.options.price_currency
        multiple = 1
        try:
            vals["currency_id"], multiple = self.lookup.currency(
                name, row.words.get("price_unit")
            )
        except CellProblem as problem:
            row.problems.append(("currency", problem))
        if "price_unit" in self.positions:
            # 250 for 100 are 2.50 each; nothing said is one.
            multiple /= row.values.get("price_per") or self.options.price_per
            vals["price_unit"] = (row.values.get("price_unit") or 0.0) * multiple

    def _add_unit(self, row, vals):
        # What a header says is general; the row knows better.
        is_said = bool(row.values.get("uom"))
        units = {**({} if is_said else self.options.header_units), **row.words}
        words = [units[target] for target in QUANTITIES if target in units]
        name = row.values.get("uom") or next(iter(words), None)
        has_product = bool(vals.get("product_id"))
        try:
            found = self.lookup.uom(name, has_product)
            for word in words:
                self.lookup.check_same_unit(name, word, has_product)
        except CellProblem as problem:
            row.problems.append(("uom", problem))
        else:
            if "uom" in self.positions or self.options.default_uom or words:
                vals["uom_id"] = found or False

    # ---- one order line -----------------------------------------------------------

    def _add_line(self, supplier, group, strays):
        """Plan a line from its rows, whole or not at all.

        :param strays: rows of an order line of the same name, whose supplier is not
            known: they may be of this one
        """
        rows = [row for row, _vals in group]
        self._check_merged(rows)
        good = [(row, vals) for row, vals in group if not row.problems]
        if good:
            self._check_agreement(good)
        receipts, doubles = collect(row for row, _vals in good if not row.problems)
        for first, second in doubles:
            second.fail(None, "duplicate", first=first.number)
            if not first.problems:
                first.fail(None, "duplicate", first=second.number)
        wrong = [row for row in (*rows, *strays) if row.problems]
        if wrong:
            for row in rows:
                if not row.problems:
                    row.fail(None, "sibling", first=wrong[0].number)
            return
        plan = LinePlan(supplier, dict(group[0][1]), rows)
        plan.is_joined = self.options.is_receipt_list
        plan.is_running_total = self.options.is_running_total
        for name in SAID_ONCE:
            if name in self.positions:
                said = (vals[name] for _row, vals in group if vals[name])
                plan.vals[name] = next(said, vals_empty(name))
        if "date_received" in self.positions:
            plan.receipts = receipts
        self.lines.append(plan)

    @staticmethod
    def _check_merged(rows):
        """A quantity that is merged over rows is of all of them: of which line?"""
        numbers = {row.number for row in rows}
        for row in rows:
            for target, (top, bottom) in row.merged.items():
                if target != "quantity_ordered" or not numbers.issuperset(
                    range(top, bottom + 1)
                ):
                    row.fail(target, "merged_quantity", first=top, last=bottom)

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
                is_promise = "date_promised" in wrong
                code = "disagrees_promise" if is_promise else "disagrees"
                row.fail(None, code, first=first.number, fields=wrong)
        received = [row for row, _vals in kept if row.values.get("date_received")]
        has_none = "quantity_received" not in self.positions
        if "date_received" in self.positions and (
            has_none or self.options.is_running_total
        ):
            for row in received[1:]:
                number = received[0].number
                row.fail(None, "receipts_need_quantity", first=number)


def vals_empty(name):
    return 0.0 if name.startswith("quantity") else False
