from dataclasses import replace

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...scoring.scope import CONTEXT_KEY
from ...tools.numbers import number
from ...tools.wording import qualified

#: What is shown of the records behind a figure: the supplier's own only, and nothing
#: that was compared with others. Of records of other kinds nothing is shown, and
#: ``_reasons`` say why.
COLUMNS = {
    "supplier.delivery.fact": (
        "name",
        "product_id",
        "date",
        "date_received",
        "quantity_ordered",
        "quantity_received",
    ),
    "supplier.receipt.fact": (
        "name",
        "product_id",
        "date",
        "quantity_received",
        "quantity_returned",
        "quantity_defective",
    ),
    "supplier.price.fact": ("name", "product_id", "date", "quantity", "price"),
    "supplier.bill.fact": ("name", "date", "value", "difference", "payment_days"),
    "supplier.response.fact": ("name", "date", "response_hours"),
    "supplier.contact.fact": ("date", "kind", "planned"),
    "supplier.incident.fact": ("date",),
    "supplier.document.fact": ("type_id", "status", "date_to"),
    "supplier.certification.fact": ("name", "date"),
    "supplier.flexibility.fact": (
        "name",
        "product_id",
        "date",
        "date_received",
        "is_urgent",
        "is_changed",
        "on_time_share",
    ),
    "supplier.quotation.fact": (
        "name",
        "product_id",
        "date",
        "kind",
        "quantity",
        "price",
    ),
    "supplier.cooperation.fact": (
        "name",
        "product_id",
        "date",
        "kind",
        "value",
        "years",
    ),
    "supplier.training.fact": ("name", "date", "invited", "attended", "completed"),
    "supplier.inspection.fact": (
        "name",
        "product_id",
        "date",
        "quantity_inspected",
        "quantity_rejected",
    ),
    "supplier.payment.fact": (
        "name",
        "date_bill",
        "date_paid",
        "payment_days",
        "days_to_pay",
    ),
    "supplier.saving.fact": ("name", "product_id", "date"),
}
#: Which of the records that were left out are shown: a request that is a draft still,
#: and a training that is only planned, are nobody's business yet.
LEFT_OUT = {
    "supplier.quotation.fact": Domain("kind", "=", "order"),
    "supplier.training.fact": Domain(
        "exclusion", "not in", ("cancelled", "outside_period")
    ),
}
#: Amounts: of a unit in the currency of the order, of a line in the company's.
MONEY = {"price", "value", "difference"}
#: So many rows are shown of each kind, and so many are saved to a file; a file that
#: has not all of them says so.
MOST = 80
MOST_SAVED = 100_000
#: So many of them are in memory at once.
SAVED_AT_ONCE = 2_000
# How a workbook writes what a field has; all else is text.
KINDS = {"date": "date", "float": "number", "integer": "integer"}


class SupplierPortal(models.AbstractModel):
    """The records behind a figure, as plain values: no record leaves this file."""

    _inherit = "supplier.portal"

    @api.model
    def _figure(self, line):
        """Return what was counted for a figure, and what was left out.

        :param line: a scorecard line, as :meth:`_get` returns it
        :return: a dict with ``labels``, ``counted`` and ``left_out``: lists of dicts
            with ``id``, ``texts`` and ``reason``, ``notes``: what is said of a list
            that goes on, and ``not_saved``: what is said of what the file lacks; None
            where nothing is shown
        """
        kpi = line._kpi_as_computed()
        columns = self._columns().get(kpi.fact_model)
        if not columns:
            return None
        facts = self.env[kpi.fact_model].sudo()
        labels = facts.fields_get(columns, ["string"])
        kinds = {"counted": True, "left_out": False}
        shown = {kind: self._facts(line, kinds[kind]) for kind in kinds}
        totals = {
            kind: self._total(line, kinds[kind], len(facts), MOST)
            for kind, facts in shown.items()
        }
        return {
            "labels": [labels[name]["string"] for name in columns],
            **{kind: self._rows(facts, columns) for kind, facts in shown.items()},
            "notes": {
                kind: self._note_more(len(facts), totals[kind])
                for kind, facts in shown.items()
            },
            "not_saved": [
                self._note_saved(min(total, MOST_SAVED), total)
                for total in totals.values()
                if total > MOST_SAVED
            ],
        }

    @api.model
    def _columns(self):
        """Return what is shown of records: ``{model: names of fields}``."""
        return COLUMNS

    @api.model
    def _reasons(self):
        """Return why nothing is shown of other records: ``{model: a sentence}``."""
        return {
            "supplier.customer.review.fact": self.env._(
                "What customers answered is not shown, because their names and words "
                "are theirs."
            ),
            "supplier.review.fact": self.env._(
                "What our people answered is not shown, so that each of them can "
                "answer openly."
            ),
            "supplier.risk.fact": self.env._(
                "What was found about risks is not shown, because it may be "
                "unconfirmed and its sources are not ours to name."
            ),
        }

    @api.model
    def _why_not_shown(self, line):
        """Return one sentence on why the records behind a figure are not shown.

        :param line: a scorecard line, of which :meth:`_figure` returns None
        """
        reason = self._reasons().get(line._kpi_as_computed().fact_model)
        return reason or self.env._("The records behind this figure are not shown.")

    def _total(self, line, counted, shown, most):
        """Return how many records there are, of which so many were found."""
        if shown < most:
            return shown
        facts, domain = self._behind(line, counted)
        return facts.search_count(domain)

    def _note_more(self, shown, count):
        """Return what is said where there are more records than are shown, or None."""
        if count == shown:
            return None
        return self.env._(
            "The first %(shown)s of %(count)s records are shown. To dispute another "
            "one, dispute the figure as a whole and name the record.",
            shown=shown,
            count=count,
        )

    def _note_saved(self, saved, count):
        """Return how many records are in the file, of how many there are."""
        saved, count = (number(self.env, each, 0) for each in (saved, count))
        return self.env._(
            "%(saved)s of %(count)s records are in the file.", saved=saved, count=count
        )

    @api.model
    def _fact(self, line, fact_id):
        """Return one record behind a figure, with all rights.

        :raises MissingError: it is not behind this figure
        """
        for counted in (True, False):
            if fact := self._facts(line, counted, [("id", "=", fact_id)]):
                return fact
        return self._refuse()

    def _facts(self, line, counted, domain=()):
        facts, asked = self._behind(line, counted)
        return facts.search(asked & Domain(list(domain)), limit=MOST)

    def _behind(self, line, counted):
        """Return the facts, and the domain of those behind a figure.

        :param bool counted: those that count, or those that were left out
        """
        kpi = line._kpi_as_computed()
        if kpi.fact_model not in self._columns():
            return self._refuse()
        scope = line._figure_scope(with_excluded=not counted)
        scope = replace(scope, aspect=kpi.aspect or "")
        facts = self.env[kpi.fact_model].sudo()
        facts = facts.with_context(**{CONTEXT_KEY: scope.to_context()})
        asked = Domain(kpi._facts_domain(scope, counted))
        asked &= Domain(kpi._supplier_domain(line.partner_id))
        # Asked once more, whatever the figure asks for.
        asked &= Domain("partner_id", "=", self._supplier().id)
        asked &= Domain("company_id", "=", line.company_id.id)
        if not counted:
            asked &= LEFT_OUT.get(kpi.fact_model, Domain.TRUE)
        return facts, asked

    def _rows(self, facts, columns):
        exclusions = dict(facts._fields["exclusion"]._description_selection(self.env))
        return [
            {
                "id": fact.id,
                "texts": [self._text(fact, name) for name in columns],
                "reason": fact.exclusion and exclusions.get(fact.exclusion),
            }
            for fact in facts
        ]

    def _text(self, fact, name):
        field, value = fact._fields[name], fact[name]
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if field.type in ("float", "integer") and value is not False:
            return self._number(fact, name)
        if not value:
            return ""
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "many2one":
            return value.display_name
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        return str(value)

    def _number(self, fact, name):
        """Return a number as its reader writes it, with what it is counted in."""
        field, value = fact._fields[name], fact[name]
        if field.type == "integer":
            return number(self.env, value, 0)
        if name.endswith("_share"):
            return f"{number(self.env, 100 * value)} %"
        if name not in MONEY:
            return number(self.env, value)
        own = fact.currency_id if "currency_id" in fact._fields else None
        currency = own or fact.company_id.currency_id
        digits = field.get_digits(self.env)[1]
        return f"{number(self.env, value, digits)} {currency.name}"

    @api.model
    def _fact_name(self, line, fact):
        """Return how a record behind a figure is called where it is disputed."""
        columns = self._columns()[line._kpi_as_computed().fact_model]
        texts = [self._text(fact, name) for name in columns[:3]]
        return qualified(self.env, filter(None, texts))

    # ------------------------------------------------------------
    # To keep
    # ------------------------------------------------------------

    @api.model
    def _saved(self, line):
        """Return the records behind a figure for a file: numbers and days as such.

        :param line: a scorecard line, as :meth:`_get` returns it
        :return: a dict with ``columns``: pairs of a label and of how it is written,
            ``counted`` and ``left_out``: what yields the rows, to be read one after
            the other; and ``note``: says of how many rows, counted or not, how many
            there are. None where nothing is shown
        """
        kpi = line._kpi_as_computed()
        names = self._columns().get(kpi.fact_model)
        if not names:
            return None
        facts = self.env[kpi.fact_model].sudo()
        labels = facts.fields_get(names, ["string"])
        columns = []
        for name in names:
            columns.append((labels[name]["string"], _kind(facts._fields[name])))
            if name in MONEY:
                columns.append((self.env._("Currency"), "text"))

        def note(rows, counted):
            total = self._total(line, counted, rows, MOST_SAVED)
            return self._note_saved(rows, total)

        return {
            "columns": columns,
            "counted": self._saved_rows(line, names, True),
            "left_out": self._saved_rows(line, names, False),
            "note": note,
        }

    def _saved_rows(self, line, names, counted):
        """Yield rows: the values of fields, and why a record was left out.

        All are found by one query and come some at a time, past the cache: page by
        page each would be found anew, and kept they would need room.
        """
        facts, domain = self._behind(line, counted)
        query = facts._search(domain, limit=MOST_SAVED, order=facts._order)
        money = MONEY.intersection(names)
        # What an amount is in is not shown by itself, but beside it.
        read = [*names, "exclusion", *(self._currency_field(facts) if money else ())]
        columns = [facts._field_to_sql(facts._table, name, query) for name in read]
        cursor = SQL.identifier(f"saved_{'counted' if counted else 'left_out'}")
        select = SQL(
            "DECLARE %s NO SCROLL CURSOR FOR %s", cursor, query.select(*columns)
        )
        self.env.flush_query(select)
        # All are read, not only the first.
        self.env.cr.execute("SET LOCAL cursor_tuple_fraction = 1")
        self.env.cr.execute(select)
        fetch = SQL("FETCH FORWARD %s FROM %s", SAVED_AT_ONCE, cursor)
        currency = line.company_id.currency_id
        while rows := self.env.execute_query(fetch):
            yield from self._saved_values(facts, read, rows, len(names), currency)
        self.env.cr.execute(SQL("CLOSE %s", cursor))

    def _currency_field(self, facts):
        return ["currency_id"] if "currency_id" in facts._fields else []

    def _saved_values(self, facts, read, rows, shown, currency):
        """Return rows of the database as a workbook writes them.

        :param read: names of the fields of a row: those that are shown, then why the
            record was left out, and the currency where it has one of its own
        :param int shown: how many of them are shown
        :param currency: of records that have none of their own
        """
        columns = [
            self._saved_column(facts, name, values)
            for name, values in zip(read, zip(*rows, strict=True), strict=True)
        ]
        reasons = columns[shown]
        own = columns[shown + 1] if len(columns) > shown + 1 else [None] * len(rows)
        written = []
        for name, values in zip(read[:shown], columns, strict=False):
            written.append(values)
            if name in MONEY:
                written.append([each or currency.name for each in own])
        return zip(*written, reasons, strict=True)

    def _saved_column(self, facts, name, values):
        field = facts._fields[name]
        if field.type == "many2one":
            related = self.env[field.comodel_name].sudo().browse({*values} - {None})
            names = {one.id: one.display_name for one in related}
            related.invalidate_recordset()
            return [names.get(value) for value in values]
        if field.type == "selection":
            words = dict(field._description_selection(self.env))
            return [words.get(value) for value in values]
        if field.type == "boolean":
            yes, no = self.env._("Yes"), self.env._("No")
            return [yes if value else no for value in values]
        if field.type in ("float", "integer"):
            # What is not known is no number, and nothing where it cannot be unknown.
            convert = field.convert_to_record
            return [convert(value, facts) for value in values]
        return values


def _kind(field):
    """Return how a workbook writes what a field has."""
    if field.name.endswith("_share"):
        return "share"
    if field.name in MONEY:
        return "price"
    return KINDS.get(field.type, "text")
