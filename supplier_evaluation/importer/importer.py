"""Imports a history file: what is new is created, what changed is written."""

import logging
from contextlib import contextmanager
from itertools import islice

from odoo.exceptions import UserError

from ..tools.wording import listed
from .changes import HistoryChanges
from .files.prices import currency_words, in_brackets, price_per
from .files.problem import HistoryFileError
from .lookup import HistoryLookup
from .matcher import Candidate
from .messages import Messages
from .options import read_options
from .plan import QUANTITIES, HistoryPlan, NewSuppliers, PlanOptions
from .reader import FileOptions, read_table
from .row import HistoryReport, Rejection
from .rows import RowReader
from .targets import is_running_total, missing_targets, propose_columns
from .twins import order_keys, orders_in_odoo

_logger = logging.getLogger(__name__)
DELIMITERS = {"tab": "\t"}
PREVIEW_LINES = 10


def open_table(env, content, options):
    """Open a file.

    :param options: record with ``encoding``, ``delimiter``, ``sheet``, ``header_row``
        and, if they are known, ``columns``
    :raise UserError: with what is wrong, and the mend
    """
    labels = env["supplier.history.import.line"]._target_labels()
    columns = filter(None, (options.columns or {}).values())
    chosen = FileOptions(
        encoding=options.encoding,
        delimiter=DELIMITERS.get(options.delimiter, options.delimiter),
        sheet=options.sheet or "",
        header_row=options.header_row,
        wanted=tuple(columns),
        labels=labels,
    )
    with telling(env):
        return read_table(content, chosen)


@contextmanager
def telling(env):
    """Say in the user's language why a file cannot be read, or read any further.

    :raise UserError: with what is wrong, and the mend
    """
    try:
        yield
    except HistoryFileError as error:
        raise UserError(Messages(env, {}).file(error)) from error


class HistoryImporter:
    """Imports one file with one mapping, for the company of the environment.

    :param Environment env: its user needs the right to do so
    :param Columns table: the file, or its headers if :meth:`run` is not called
    :param str filename: becomes the source of the lines
    :param mapping: a ``supplier.history.mapping``, or what has the same fields
    :param suppliers: what finds suppliers by their keys, where that is known better
    :raise UserError: if the mapping cannot work for this file
    """

    def __init__(self, env, table, filename, mapping, suppliers=None):
        self.env = env
        self.company = env.company
        self.filename = filename
        self.mapping = mapping
        self.suppliers = suppliers
        self.labels = env["supplier.history.import.line"]._target_labels()
        self.table = table
        # First and last day of receipt in the whole file, if it comes in parts.
        self.period = None
        self._lookup = None
        self._check_mapping()
        self.reader = RowReader(
            self.table, self._columns(), read_options(self.env, self.mapping)
        )
        self.new_suppliers = NewSuppliers()

    def run(self, dry_run=False, limit=None):
        """Import the good rows, all or none, and report on the others.

        :param bool dry_run: only report
        :param int limit: how many rows to look at; all of them by default
        :return: :class:`HistoryReport`
        """
        report = HistoryReport(
            dry_run=dry_run,
            header=self.table.header,
            other_sheets=self.table.source.other_sheets,
            has_receipts="date_received" in self.reader.positions,
        )
        with telling(self.env):
            kept = self.reader.kept(self.table.rows(), report.left_out)
            rows = list(islice(kept, limit))
        self.reader.settle()
        report.hidden_rows = self.reader.hidden_count
        report.learned = self.reader.learned
        report.presumed_dates = self.reader.presumed_dates
        with self.env.cr.savepoint():
            self.import_rows(rows, report)
        self.look_for_orders(report)
        _logger.info(
            "History file %s: %s created, %s updated, %s unchanged, %s rejected%s",
            self.filename,
            report.created,
            report.updated,
            report.unchanged,
            len(report.rejected),
            " (dry run)" if dry_run else "",
        )
        return report

    def import_rows(self, rows, report):
        """Import some rows; no other rows may be of the same order lines.

        :param rows: :class:`Row` that the reader has kept
        :param HistoryReport report: gets the result
        :return: :class:`HistoryChanges`: what became of each line
        """
        read, gone, lookup = self._read(rows, report)
        plan = HistoryPlan(read, lookup, self._plan_options(lookup))
        if plan.new_suppliers:
            self.env["res.partner"].check_access("create")
        period = self.period or receipt_period(read)
        changes = HistoryChanges(self.env, self.filename, plan.lines, period)
        changes.withdraw(gone, read, lookup.suppliers)
        self._add_result(report, read, plan, changes)
        if not report.dry_run:
            suppliers = self._create_suppliers(plan.new_suppliers)
            report.line_ids += changes.apply(suppliers)
        return changes

    def look_for_orders(self, report):
        """Note which orders of the rows are in Odoo as well, in one question.

        :param HistoryReport report: of all rows that were imported since the last time
        """
        report.orders_in_odoo |= orders_in_odoo(self.env, report.orders)

    # ---- what to do ---------------------------------------------------------------

    def _read(self, rows, report):
        """Read rows; leave out what a status or the name of a supplier leaves out.

        :return: the rows as :class:`HistoryRow`, those of lines that are none any
            longer, and where to look records up
        """
        read, gone = [], []
        for row in map(self.reader.read_row, rows):
            if self.reader.is_left_out(row):
                report.left_out.add("status", row)
                if self.reader.is_withdrawn(row):
                    gone.append(row)
            else:
                read.append(row)
        lookup = self.lookup()
        lookup.look_up(read, self.reader.is_receipt_list)
        for row in [row for row in read if row.may_be_total]:
            if not lookup.is_supplier(row.supplier):
                report.left_out.add("total", row)
                read.remove(row)
        return read, gone, lookup

    def lookup(self):
        """Where records are looked up."""
        self._lookup = self._lookup or HistoryLookup(
            self.env, self.mapping, self.suppliers
        )
        return self._lookup

    def _plan_options(self, lookup):
        mapping = self.mapping
        return PlanOptions(
            positions=self.reader.positions,
            create_suppliers=mapping.create_suppliers,
            default_uom=bool(mapping.uom_id),
            is_receipt_list=self.reader.is_receipt_list,
            price_currency=self._price_currency(lookup),
            price_per=self._price_per(),
            header_units=self._header_units(lookup),
            new_suppliers=self.new_suppliers,
            is_running_total=is_running_total(self._header_of("quantity_received")),
        )

    def _header_of(self, target):
        position = self.reader.positions.get(target)
        return "" if position is None else self.table.header[position]

    def _price_currency(self, lookup):
        """The currency that the header of the prices names, as “Price (TEUR)”."""
        default = self.mapping.currency_id.id
        for text in currency_words(self._header_of("price_unit")):
            found, _multiple = lookup.named_currency(text)
            if found and (not default or found == default):
                return text
        return ""

    def _price_per(self):
        """For how many the header says that the prices are, as “Price (EUR/100)”."""
        return price_per(self._header_of("price_unit"))

    def _header_units(self, lookup):
        """The units that the headers of quantities name, as “Quantity (pcs)”.

        One that the user chose comes first, unless the headers are at odds.
        """
        units = {}
        for target in QUANTITIES:
            words = in_brackets(self._header_of(target))
            for text in filter(lookup.is_unit, words):
                units.setdefault(target, text)
        is_chosen = self.mapping.uom_id and lookup.are_same_unit(*units.values())
        return {} if is_chosen else units

    def _columns(self):
        """The columns of the mapping, and the status if the file has one.

        A mapping that is silent about it is made before there was one, or by a program.
        """
        columns = dict(self.mapping.columns or {})
        if "status" not in columns:
            taken = {*columns.values(), self.mapping.filter_column}
            names = [name for name in self.table.header if name not in taken]
            columns["status"] = propose_columns(names, self.labels).get("status")
        return columns

    def _check_mapping(self):
        """Refuse a mapping that cannot work for this file."""
        mapping, columns = self.mapping, self.mapping.columns or {}
        if mapping.company_id and mapping.company_id != self.company:
            raise UserError(
                self.env._(
                    "The mapping %(mapping)s belongs to the company %(company)s. "
                    "Switch to that company, or choose another mapping.",
                    mapping=mapping.name,
                    company=mapping.company_id.display_name,
                )
            )
        if missing := missing_targets(columns):
            with telling(self.env):
                self.table.check_columns()
            names = listed(self.env, (self.labels[target] for target in missing))
            raise UserError(self.env._("Choose a column for: %(names)s.", names=names))
        wanted = [*columns.values(), mapping.filter_column]
        absent = [name for name in wanted if name and self.table.index(name) is None]
        if absent:
            raise UserError(
                self.env._(
                    "Not among the columns of the file: %(names)s. Choose its columns "
                    "anew, or correct its headers.",
                    names=listed(self.env, (f"“{name}”" for name in absent)),
                )
            )
        self._check_receipt_columns(columns)

    def _check_receipt_columns(self, columns):
        """A receipt is a day and a quantity."""
        has_day = bool(columns.get("date_received"))
        has_quantity = bool(columns.get("quantity_received"))
        if has_quantity and not has_day:
            raise UserError(
                self.env._(
                    "Received quantities need a day: choose a column for Receipt Date."
                )
            )
        if has_day and not has_quantity and not self.mapping.received_equals_ordered:
            raise UserError(
                self.env._(
                    "Choose a column for Received Quantity, or the option Received "
                    "Quantity Is the Ordered One if the file has none."
                )
            )

    # ---- doing it -----------------------------------------------------------------

    def _add_result(self, report, rows, plan, changes):
        messages = Messages(self.env, self.labels)
        for row in rows:
            if row.problems:
                reason = messages.row(row.problems)
                report.rejected.append(Rejection(row.number, reason, row.raw))
            else:
                report.order_dates_ignored += row.order_date_ignored
        for name, count in changes.counts().items():
            setattr(report, name, getattr(report, name) + count)
        report.moved.update(changes.moved)
        report.orders |= order_keys(plan.lines)
        names = [key.new_name for key in plan.new_suppliers.values()]
        report.suppliers_created += names
        report.preview += changes.outcomes[: PREVIEW_LINES - len(report.preview)]

    def _create_suppliers(self, new_suppliers):
        """Create suppliers.

        :param dict new_suppliers: :class:`NewSupplier` -> :class:`SupplierKey`
        :return: :class:`NewSupplier` -> the id
        """
        partners = self.env["res.partner"].create(
            [
                {
                    "name": key.new_name,
                    "ref": key.ref or False,
                    "is_company": True,
                    "supplier_rank": 1,
                }
                for key in new_suppliers.values()
            ]
        )
        for partner in partners:
            self._lookup.suppliers.add(
                Candidate(partner.id, partner.name, partner.ref, partner.vat, True)
            )
        return dict(zip(new_suppliers, partners.ids, strict=True))

    def forget(self):
        """Look everything up again: what was created has been rolled back."""
        self._lookup = None


def receipt_period(rows):
    """The first and the last day of receipt of some rows, or None."""
    days = [row.values.get("date_received") for row in rows if not row.problems]
    days = [day for day in days if day]
    return (min(days), max(days)) if days else None
