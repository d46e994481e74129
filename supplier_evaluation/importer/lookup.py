"""Finds the records that a file names: one query per kind, whatever the rows."""

from collections import defaultdict

from odoo.fields import Domain

from .cells import CellProblem
from .matcher import Candidate, SupplierMatcher

# What other systems call the units that Odoo ships.
UNIT_SYNONYMS = {
    "uom.product_uom_unit": "unit units ea each pc pcs pce piece pieces c62",
    "uom.product_uom_dozen": "dozen dozens dz doz dzn dzp",
    "uom.product_uom_kgm": "kg kgs kgm kilogram kilograms",
    "uom.product_uom_gram": "g gr gram grams grm",
    "uom.product_uom_ton": "t ton tons tne tonne tonnes",
    "uom.product_uom_litre": "l ltr liter liters litre litres",
    "uom.product_uom_meter": "m mtr meter meters metre metres",
}


def _key(text):
    return " ".join((text or "").split()).casefold()


def _only(ids):
    """The one id, or None if there are none or several."""
    return next(iter(ids)) if len(ids) == 1 else None


class HistoryLookup:
    """Looks records up for the rows of one file.

    :param Environment env: its company is the one that imports
    :param rows: the rows to look up for
    :param mapping: the mapping, for its defaults
    """

    def __init__(self, env, rows, mapping):
        self.env = env
        self.company = env.company
        self.mapping = mapping
        self.suppliers = SupplierMatcher(self._candidates())
        self._products = self._read_products(self._texts(rows, "product"))
        self._categories = self._read_categories(self._texts(rows, "category"))
        self._uoms = self._read_uoms()
        self._currencies = self._read_currencies()

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

    # ---- units, currencies --------------------------------------------------------

    def _read_uoms(self):
        found = defaultdict(set)
        for lang in {self.env.lang or "en_US", "en_US"}:
            uoms = self.env["uom.uom"].with_context(lang=lang)
            for uom_id, name in self._select(uoms, [], "name"):
                found[_key(name)].add(uom_id)
        for xmlid, synonyms in UNIT_SYNONYMS.items():
            uom = self.env.ref(xmlid, raise_if_not_found=False)
            for synonym in synonyms.split() if uom else ():
                if synonym not in found:
                    found[synonym].add(uom.id)
        return found

    def uom(self, text):
        """The unit, or the mapping's default where the row names none.

        :raise CellProblem: if there is not exactly one of this name
        """
        if not text:
            return self.mapping.uom_id.id or None
        found = self._uoms.get(_key(text), ())
        if len(found) != 1:
            code = "uom_ambiguous" if found else "uom_unknown"
            raise CellProblem(code, value=text)
        return _only(found)

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
        return unique | codes

    def currency(self, text):
        """The currency, or the default where the row names none.

        :raise CellProblem: if it is not known, or has no exchange rate
        """
        own = self.company.currency_id.id
        if text:
            found = self._currencies.get(_key(text))
        else:
            found = self.mapping.currency_id.id or own
        if not found:
            raise CellProblem("currency_unknown", value=text)
        if found != own and found not in self._rated:
            raise CellProblem("currency_rate", value=self._codes[found].upper())
        return found
