"""The sheets with the records that were counted: the figures can be added up again."""

from dataclasses import dataclass, field
from datetime import datetime

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.models import BaseModel

from ...tools.wording import listed
from .workbook import Column

# With more records than these, a workbook is no place for them.
MOST = 100_000


@dataclass
class Source:
    """KPIs that count the same records.

    :param scope: the question that was asked
    :param kpis: as they were computed
    :param list names: of the KPIs
    :param int least: how many records there are at least
    """

    scope: object
    kpis: list = field(default_factory=list)
    names: list = field(default_factory=list)
    least: int = 0

    @property
    def measures(self):
        """Fields that are summed, divided by or averaged, each once."""
        names = dict.fromkeys(
            kpi[name]
            for kpi in self.kpis
            for name in ("numerator", "denominator", "unweighted")
        )
        return [name for name in names if name and name != "weight"]


class CountedRecords:
    """A sheet for each kind of record that an evaluation counted.

    They are read now, with the question of the evaluation, by whoever exports them.
    """

    def __init__(self, env, cards):
        self.env = env
        self.cards = cards
        self.left = MOST
        #: What the cover says of each kind: ``(name of the records, remark)``.
        self.remarks = []

    def add_to(self, book):
        """Add the sheets, as far as the records are few enough and may be read."""
        for source in self._sources():
            kpi = source.kpis[0]
            records = kpi._records(source.scope)
            label = self.env["ir.model"]._get(kpi.fact_model).name
            if not records.has_access("read"):
                remark = self.env._("You may not read these records.")
            else:
                remark = self._write_source(book, source, records, label)
            self.remarks.append((label, remark))

    def _sources(self):
        """Return what was counted, once for all the KPIs that share it."""
        sources = {}
        [evaluation] = self.cards.evaluation_id
        counted = self._counted()
        for line in self.cards[:1].line_ids:
            kpi, problem = self._kpi(line)
            if problem:
                self.remarks.append((line.kpi_id.name, problem))
                continue
            key = (kpi.fact_model, kpi.domain, kpi.date_field, kpi.partner_field)
            source = sources.setdefault(key, Source(evaluation._run_scope()))
            source.kpis.append(kpi)
            source.names.append(line.kpi_id.name)
            source.least = max(source.least, counted.get(line.kpi_id, 0))
        return list(sources.values())

    def _kpi(self, line):
        """Return the KPI of a line as it was computed, and why it cannot be asked."""
        try:
            kpi = line._kpi_as_computed()
        except UserError as error:
            return None, str(error)
        return kpi, kpi._definition_problem()

    def _counted(self):
        """Return how many records each KPI counted."""
        lines = self.env["supplier.scorecard.line"]
        domain = [("scorecard_id", "in", self.cards.ids)]
        return dict(lines._read_group(domain, ["kpi_id"], ["n:sum"]))

    def _write_source(self, book, source, records, label):
        """Add one sheet; return what the cover says of it."""
        # Where they are known to be too many, they are not even read.
        rows = self._rows(source, records) if source.least <= self.left else None
        if rows is None or len(rows) > self.left:
            return self.env._(
                "Left out: with them, there would be more than %(limit)s records. "
                "Open them from a scorecard.",
                limit=MOST,
            )
        self.left -= len(rows)
        table = book.add_table(label, self._columns(source, records))
        for row in rows:
            table.append(row)
        table.finish()
        return self.env._(
            "Records: %(count)s (%(kpis)s)",
            count=len(rows),
            kpis=listed(self.env, source.names),
        )

    def _columns(self, source, records):
        return [
            Column(self.env._("Supplier"), 36),
            Column(self.env._("Record"), 30),
            Column(self.env._("Date"), 12, "date"),
            Column(self.env._("Weight"), 12, "number"),
            *(
                Column(
                    records._fields[name]._description_string(self.env),
                    14,
                    "text" if records._fields[name].relational else "number",
                )
                for name in source.measures
            ),
        ]

    def _rows(self, source, records):
        """Return the rows of one kind, in the order of the ranking.

        One more than there is room for tells that there are too many.
        """
        read = self._facts if source.kpis[0]._has_facts() else self._records
        suppliers = self.cards.partner_id.sudo()
        place = {partner.id: number for number, partner in enumerate(suppliers)}
        names = dict(zip(suppliers.ids, suppliers.mapped("display_name"), strict=True))
        rows = sorted(read(source, records), key=lambda row: place[row[0]])
        return [(names[row[0]], *row[1:]) for row in rows]

    def _facts(self, source, records):
        """Read facts with one query, past the cache: each read would make them anew."""
        domain = source.kpis[0]._facts_domain(source.scope)
        domain &= Domain("partner_id", "in", self.cards.partner_id.ids)
        query = records._search(domain, limit=self.left + 1)
        names = ("partner_id", _title(records), "date", "weight", *source.measures)
        columns = [records._field_to_sql(records._table, name, query) for name in names]
        rows = self.env.execute_query(query.select(*columns))
        return self._named(rows, [records._fields[name] for name in names])

    def _named(self, rows, fields_):
        """Put names in place of the ids of related records, but for the supplier's."""
        names = {}
        for index, column in enumerate(fields_[1:], start=1):
            if column.relational:
                ids = {row[index] for row in rows if row[index]}
                # They are counted, not opened: who reads the facts may know them.
                related = self.env[column.comodel_name].sudo().browse(ids)
                names[index] = {one.id: one.display_name for one in related}
        if not names:
            return rows
        return [
            tuple(
                names[index].get(value) if index in names else value
                for index, value in enumerate(row)
            )
            for row in rows
        ]

    def _records(self, source, records):
        """Read ordinary records, which have no weight."""
        kpi = source.kpis[0]
        path = f"{kpi.partner_field}.commercial_partner_id"
        domain = kpi._facts_domain(source.scope)
        domain &= Domain(path, "in", self.cards.partner_id.ids)
        company = self.cards.company_id
        for record in records.search(domain, limit=self.left + 1):
            day = record[kpi.date_field]
            if isinstance(day, datetime):
                day = company._supplier_day(day)
            values = [record[name] for name in source.measures]
            yield (
                record.sudo().mapped(path).id,
                record.display_name,
                day,
                None,
                *(
                    listed(self.env, one.mapped("display_name"))
                    if isinstance(one, BaseModel)
                    else one
                    for one in values
                ),
            )


def _title(records):
    """Return the field that names a fact: its name, or the record it is named after."""
    related = records._fields["name"].related
    return related.partition(".")[0] if related else "name"
