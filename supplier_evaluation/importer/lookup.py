"""Finds the records that a file names: one query per kind, whatever the rows."""

from collections import defaultdict

from odoo.fields import Domain

from .cells import CellProblem, reference_key, reference_spellings, word_key
from .files.words import (
    CURRENCIES,
    MULTIPLES,
    PACKAGES,
    UNCLEAR_UNITS,
    UNITS,
    YEN_TOO,
    YUAN_TOO,
)
from .matcher import Candidate, SupplierMatcher
from .targets import LINE_KEY


def _key(text):
    return " ".join((text or "").split()).casefold()


def _only(ids):
    """The one id, or None if there are none or several."""
    return next(iter(ids)) if len(ids) == 1 else None


class HistoryLookup:
    """Looks records up for the rows of one file.

    :param Environment env: its company is the one that imports
    :param mapping: the mapping, for its defaults
    :param suppliers: a :class:`SupplierMatcher`, or what matches keys like it; made of
        all suppliers by default
    """

    def __init__(self, env, mapping, suppliers=None):
        self.env = env
        self.company = env.company
        self.mapping = mapping
        self.suppliers = suppliers or SupplierMatcher(self._candidates())
        self._products, self._categories, self._lines = {}, {}, {}
        self._uoms = self._read_uoms()
        self._units = self._read_units()
        self._currencies = self._read_currencies()

    def look_up(self, rows, joins=False):
        """Look up what some rows name.

        :param rows: :class:`HistoryRow`
        :param bool joins: whether they are of order lines that are known
        """
        self._products = self._read_products(self._texts(rows, "product"))
        self._categories = self._read_categories(self._texts(rows, "category"))
        self._lines = self._read_lines(self._texts(rows, "order_ref") if joins else ())

    @staticmethod
    def _texts(rows, target):
        return sorted({row.values[target] for row in rows if row.values.get(target)})

    @staticmethod
    def _select(records, domain, *names):
        """Read stored fields of all matching records, archived ones too, as tuples."""
        records = records.with_context(active_test=False)
        query = records._search(domain)
        columns = [
            records._field_to_sql(query.table, name, query) for name in ("id", *names)
        ]
        return records.env.execute_query(query.select(*columns))

    def is_supplier(self, key):
        """Whether somebody is called so."""
        try:
            return bool(self.suppliers.match(key))
        except CellProblem:
            return True  # several are

    def _visible(self):
        return Domain("company_id", "in", [False, self.company.id])

    def _candidates(self):
        """Commercial entities of the company and those all companies share."""
        partners = self.env["res.partner"]
        has_parent = Domain("parent_id", "!=", False)
        domain = self._visible() & (~has_parent | Domain("is_company", "=", True))
        for values in self._select(partners, domain, "name", "ref", "vat", "active"):
            yield Candidate(*values)

    # ---- products, categories -----------------------------------------------------

    def _read_products(self, texts):
        """text -> product, by internal reference, else barcode, else name."""
        if not texts:
            return {}
        names = ("default_code", "barcode", "name")
        domain = self._visible() & Domain.OR(
            Domain(name, "in", texts) for name in names
        )
        products = self.env["product.product"]
        rows = self._select(products, domain, *names)
        found = {name: defaultdict(set) for name in names}
        for product_id, *values in rows:
            for name, value in zip(names, values, strict=True):
                found[name][value].add(product_id)
        result = {}
        for text in texts:
            matches = next((found[n][text] for n in names if found[n].get(text)), ())
            result[text] = _only(matches)
        return result

    def product(self, text):
        """The product, or None: a product that is not known is no error."""
        return self._products.get(text)

    def _read_categories(self, texts):
        if not texts:
            return {}
        names = ("complete_name", "name")
        found = defaultdict(set)
        categories = self.env["product.category"]
        for category_id, *values in self._select(categories, [], *names):
            for value in values:
                found[_key(value)].add(category_id)
        return {text: _only(found.get(_key(text), ())) for text in texts}

    def category(self, text):
        return self._categories.get(text)

    # ---- order lines that are known -----------------------------------------------

    def _read_lines(self, orders):
        """(order, line), as they are compared -> the suppliers that have it."""
        found = defaultdict(set)
        if orders:
            orders = list(set().union(*map(reference_spellings, orders)))
            for supplier, order, line in self.env["supplier.history.line"]._read_group(
                [("company_id", "=", self.company.id), ("order_ref", "in", orders)],
                ["commercial_partner_id", "order_ref", "line_ref"],
            ):
                found[reference_key(order), reference_key(line)].add(supplier.id)
        return found

    def supplier_of(self, row):
        """The supplier of an order line, for a row that names none.

        :return: its id, or None if the row names no line either
        :raise CellProblem: if no supplier has such a line, or several have
        """
        order, line = (row.values.get(target) for target in LINE_KEY)
        if not (order and line):
            return None
        found = self._lines.get((reference_key(order), reference_key(line)), ())
        if len(found) != 1:
            code = "line_ambiguous" if found else "line_unknown"
            raise CellProblem(code, order=order, line=line)
        return _only(found)

    # ---- units --------------------------------------------------------------------

    def _read_uoms(self):
        found = defaultdict(set)
        for lang in {self.env.lang or "en_US", "en_US"}:
            uoms = self.env["uom.uom"].with_context(lang=lang)
            for uom_id, name in self._select(uoms, [], "name"):
                found[_key(name)].add(uom_id)
        return found

    def _read_units(self):
        """What other systems call the units that Odoo ships."""
        found = {}
        for xmlid, words in UNITS.items():
            uom = self.env.ref(xmlid, raise_if_not_found=False)
            found.update(dict.fromkeys(words.split() if uom else (), uom.id))
        return found

    def uom(self, text, has_product=False):
        """The unit, or the mapping's default where the row names none.

        A box is as large as its supplier makes it, and no unit of ours: without a
        product to compare it with, nothing has to be converted.

        :raise CellProblem: if there is not exactly one of this name
        """
        if not text:
            return self.mapping.uom_id.id or None
        found = self._uoms.get(_key(text), ())
        word = word_key(text)
        if len(found) > 1:
            raise CellProblem("uom_ambiguous", value=text)
        if found or word in self._units:
            return _only(found) if found else self._units[word]
        if word in PACKAGES and not has_product:
            return None
        raise CellProblem("uom_unknown", value=text)

    def is_unit(self, text):
        """Whether a text names a unit, of ours or of others."""
        known = self._units.keys() | PACKAGES | UNCLEAR_UNITS
        return _key(text) in self._uoms or word_key(text) in known

    def are_same_unit(self, *names):
        """Whether all of these words mean one unit."""
        try:
            for name in names:
                self.check_same_unit(names[0], name)
        except CellProblem:
            return False
        return True

    def check_same_unit(self, name, other, has_product=False):
        """Refuse a row whose quantities are in different units.

        :raise CellProblem: if two words mean different units
        """
        if word_key(name) == word_key(other):
            return
        if self.uom(name, has_product) != self.uom(other, has_product) or (
            PACKAGES & {word_key(name), word_key(other)}
        ):
            raise CellProblem("units_differ", value=name, other=other)

    # ---- currencies ---------------------------------------------------------------

    def _read_currencies(self):
        """Code, or the symbol of one active currency only, -> id."""
        symbols, codes = defaultdict(set), {}
        for currency_id, name, symbol, active in self._select(
            self.env["res.currency"], [], "name", "symbol", "active"
        ):
            codes[_key(name)] = currency_id
            if active:
                symbols[_key(symbol)].add(currency_id)
        unique = {key: _only(ids) for key, ids in symbols.items() if len(ids) == 1}
        self._codes = {currency_id: key for key, currency_id in codes.items()}
        self._rated = {
            currency.id
            for (currency,) in self.env["res.currency.rate"]._read_group(
                [("company_id", "in", [False, self.company.root_id.id])],
                ["currency_id"],
            )
        }
        common = {
            word: codes[code.lower()]
            for code, words in CURRENCIES.items()
            for word in words.split()
            if code.lower() in codes
        }
        self._signs = symbols
        local = self._local_signs(codes, symbols)
        return common | unique | local | codes

    def _local_signs(self, codes, symbols):
        """Signs that mean the money of the country they are used in."""
        own = self.company.currency_id
        signs = {}
        if own.name in YUAN_TOO:
            signs["元"] = own.id
        both = [codes[code.lower()] for code in YEN_TOO if code.lower() in codes]
        active = [found for found in both if found in symbols.get("¥", ())]
        if own.name in YEN_TOO:
            signs["¥"] = signs["￥"] = own.id
        elif len(active) == 1:
            signs["¥"] = signs["￥"] = active[0]
        elif "cny" in codes:
            signs["￥"] = codes["cny"]
        return signs

    def currency(self, text, beside=None):
        """The currency, or the default where the row names none.

        :param str beside: what stands beside the price itself
        :return: its id, and how many of it make one unit of the file's
        :raise CellProblem: if it is not known, has no exchange rate, or if the price
            says otherwise
        """
        own = self.company.currency_id.id
        if text:
            found, multiple = self.named_currency(text)
        else:
            found, multiple = self.mapping.currency_id.id or own, 1
        if not found:
            raise CellProblem("currency_unknown", value=text)
        # “$” may be that of the company, whatever other dollars there are.
        if beside and found not in self._signs.get(_key(beside), ()):
            said, said_multiple = self.named_currency(beside)
            if not said:
                raise CellProblem("currency_unknown", value=beside)
            if text and (said, said_multiple) != (found, multiple):
                raise CellProblem("currency_differs", value=text, other=beside)
            found, multiple = said, said_multiple
        if found != own and found not in self._rated:
            raise CellProblem("currency_rate", value=self._codes[found].upper())
        return found, multiple

    def named_currency(self, text):
        """The id of a currency, or None, and the multiple of it that is meant.

        As “万元”, ten thousand CNY, and “TEUR”, a thousand EUR.
        """
        key = _key(text)
        if found := self._currencies.get(key):
            return found, 1
        for word, multiple in MULTIPLES.items():
            rest = key.removeprefix(word).strip()
            found = self._currencies.get(rest) if rest != key else None
            # “kr” is no thousand rand.
            if found and (len(rest) == 3 or not rest.isascii() or rest in "$€£"):
                return found, multiple
        return None, 1
