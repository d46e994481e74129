"""Imports a history file: what is new is created, what changed is written."""

import logging
from dataclasses import dataclass, field
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import get_month_names

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import babel_locale_parse

from .lookup import HistoryLookup
from .messages import Messages
from .plan import HistoryPlan
from .reader import HistoryFileError, read_table, write_rejected
from .rows import ReadOptions, RowReader
from .targets import missing_targets
from .twins import orders_in_odoo

_logger = logging.getLogger(__name__)
DELIMITERS = {"tab": "\t"}
PREVIEW_LINES = 10


class Rejection(NamedTuple):
    """A row that was left out. The header of the file is row 1."""

    row: int
    reason: str
    raw: tuple


@dataclass
class HistoryReport:
    """What an import did, or would do. Lines are order lines, not rows."""

    dry_run: bool = False
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped_rows: int = 0
    order_dates_ignored: int = 0
    rejected: list = field(default_factory=list)
    suppliers_created: list = field(default_factory=list)
    line_ids: list = field(default_factory=list)
    orders_in_odoo: set = field(default_factory=set)
    preview: list = field(default_factory=list)
    header: tuple = ()
    learned: dict = field(default_factory=dict)

    def rejected_csv(self):
        """The rejected rows as a file that can be corrected and imported."""
        return write_rejected(self.header, self.rejected)


def open_table(env, content, options):
    """Read a file.

    :param options: record with ``encoding`` and ``delimiter``
    :raise UserError: with what is wrong, and the mend
    """
    delimiter = DELIMITERS.get(options.delimiter, options.delimiter)
    try:
        return read_table(content, options.encoding, delimiter)
    except HistoryFileError as error:
        raise UserError(Messages(env, {}).file(error)) from error


class HistoryImporter:
    """Imports one file with one mapping, for the company of the environment."""

    def __init__(self, env, content, filename, mapping):
        self.env = env
        self.company = env.company
        self.filename = filename
        self.mapping = mapping
        self.labels = env["supplier.history.import.line"]._target_labels()
        self.table = open_table(env, content, mapping)
        self._check_mapping()

    def run(self, dry_run=False):
        """Import the good rows, all or none, and report on the others.

        :param bool dry_run: only report
        :return: :class:`HistoryReport`
        """
        reader = RowReader(self.table, self.mapping.columns, self._options())
        rows = list(reader.rows())
        lookup = HistoryLookup(self.env, rows, self.mapping)
        plan = HistoryPlan(rows, reader.positions, lookup, self.mapping)
        report = self._report(rows, reader, dry_run)
        report.orders_in_odoo = orders_in_odoo(self.env, plan.lines)
        if plan.new_suppliers:
            self.env["res.partner"].check_access("create")
        if dry_run:
            report.suppliers_created = [key.new_name for key in self._new_keys(plan)]
            self._apply(plan.lines, report)
        else:
            with self.env.cr.savepoint():
                self._create_suppliers(plan, report)
                self._apply(plan.lines, report)
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

    # ---- what to do ---------------------------------------------------------------

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
            names = ", ".join(self.labels[target] for target in missing)
            raise UserError(self.env._("Choose a column for: %(names)s.", names=names))
        wanted = [*columns.values(), mapping.filter_column]
        absent = [name for name in wanted if name and self.table.index(name) is None]
        if absent:
            raise UserError(
                self.env._(
                    "The file has no column %(names)s. Choose its columns anew, or "
                    "correct its headers.",
                    names=", ".join(f"“{name}”" for name in absent),
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

    def _options(self):
        mapping = self.mapping
        locale = babel_locale_parse(self.env.lang or "en_US")
        months = {
            name.rstrip(".").casefold(): number
            for width in ("wide", "abbreviated")
            for number, name in get_month_names(width, locale=locale).items()
        }
        return ReadOptions(
            decimal=mapping.decimal_separator,
            date_order=mapping.date_order,
            filter_column=mapping.filter_column or "",
            filter_value=mapping.filter_value or "",
            received_equals_ordered=mapping.received_equals_ordered,
            tolerate_order_date=mapping.tolerate_order_date,
            trust_mixed_dates=mapping.trust_mixed_dates,
            learned=mapping.learned or {},
            months=months,
            tz=ZoneInfo(self.company.partner_id.tz or "UTC"),
        )

    def _report(self, rows, reader, dry_run):
        messages = Messages(self.env, self.labels)
        rejected = [
            Rejection(row.number, messages.row(row.problems), row.raw)
            for row in rows
            if row.problems
        ]
        ignored = sum(row.order_date_ignored for row in rows if not row.problems)
        return HistoryReport(
            dry_run=dry_run,
            skipped_rows=reader.skipped,
            order_dates_ignored=ignored,
            rejected=rejected,
            header=self.table.header,
            learned=reader.learned,
        )

    # ---- doing it -----------------------------------------------------------------

    @staticmethod
    def _new_keys(plan):
        return plan.new_suppliers.values()

    def _create_suppliers(self, plan, report):
        keys = self._new_keys(plan)
        partners = self.env["res.partner"].create(
            [
                {
                    "name": key.new_name,
                    "ref": key.ref or False,
                    "is_company": True,
                    "supplier_rank": 1,
                }
                for key in keys
            ]
        )
        ids = dict(zip(plan.new_suppliers, partners.ids, strict=True))
        for line in plan.lines:
            line.supplier = ids.get(line.supplier, line.supplier)
        report.suppliers_created = partners.mapped("name")

    def _apply(self, plans, report):
        """Compare the plans with the lines there are, and write the difference."""
        existing, receipts = self._existing(plans)
        to_create, changes = [], []
        for plan in plans:
            key = (plan.supplier, plan.vals["order_ref"], plan.vals["line_ref"])
            line = existing.get(key)
            if not line:
                outcome = "created"
                to_create.append(plan)
            else:
                vals = self._changed(line, plan.vals)
                commands = self._receipt_commands(plan, receipts.get(line.id, {}))
                outcome = "updated" if vals or commands else "unchanged"
                if outcome == "updated":
                    changes.append((line, vals, commands))
                report.line_ids.append(line.id)
            setattr(report, outcome, getattr(report, outcome) + 1)
            if len(report.preview) < PREVIEW_LINES:
                report.preview.append((outcome, plan))
        if not report.dry_run:
            self._update(changes)
            report.line_ids += self._create(to_create).ids

    def _existing(self, plans):
        """The lines of the same orders, and their receipts by reference."""
        supplier_ids = {p.supplier for p in plans if isinstance(p.supplier, int)}
        lines = self.env["supplier.history.line"].search_fetch(
            [
                ("company_id", "=", self.company.id),
                ("commercial_partner_id", "in", list(supplier_ids)),
                ("order_ref", "in", list({plan.vals["order_ref"] for plan in plans})),
            ]
        )
        receipts = {}
        for receipt in self.env["supplier.history.receipt"].search_fetch(
            [("line_id", "in", lines.ids)],
            ["line_id", "receipt_ref", "date", "quantity"],
        ):
            receipts.setdefault(receipt.line_id.id, {})[receipt.receipt_ref] = receipt
        by_key = {
            (line.commercial_partner_id.id, line.order_ref, line.line_ref): line
            for line in lines
        }
        return by_key, receipts

    @staticmethod
    def _changed(line, vals):
        """The values that differ from what the line holds."""
        changed = {}
        for name, value in vals.items():
            current = line[name]
            if line._fields[name].type == "many2one":
                current = current.id
            if (current or False) != (value or False):
                changed[name] = value
        return changed

    @staticmethod
    def _receipt_commands(plan, known):
        commands = []
        for ref, received in plan.receipts.items():
            receipt = known.get(ref)
            if received is None:
                commands += [Command.delete(receipt.id)] if receipt else []
                continue
            vals = {"date": received[0], "quantity": received[1]}
            if not receipt:
                commands.append(Command.create({"receipt_ref": ref, **vals}))
            elif (receipt.date, receipt.quantity) != received:
                commands.append(Command.update(receipt.id, vals))
        return commands

    def _update(self, changes):
        for line, vals, commands in changes:
            vals = {**vals, "source": self.filename}
            if commands:
                vals["receipt_ids"] = commands
            line.write(vals)

    def _create(self, plans):
        """Create lines, then their receipts: twice as fast as both in one go."""
        lines = self.env["supplier.history.line"].create(
            [
                {
                    **plan.vals,
                    "company_id": self.company.id,
                    "partner_id": plan.supplier,
                    "source": self.filename,
                }
                for plan in plans
            ]
        )
        self.env["supplier.history.receipt"].create(
            [
                {"line_id": line.id, "receipt_ref": ref, "date": day, "quantity": qty}
                for line, plan in zip(lines, plans, strict=True)
                for ref, (day, qty) in plan.received()
            ]
        )
        return lines
