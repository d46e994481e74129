import json
from dataclasses import replace

from odoo import models
from odoo.tools import SQL

# What says of a KPI which records it counts.
SOURCE_FIELDS = (
    "fact_model",
    "domain",
    "aspect",
    "partner_field",
    "date_field",
    "company_field",
    "cutoff_field",
)
# Digits of a number that make a difference: sums are added in another order.
DIGITS = 4


class SupplierKpi(models.Model):
    """Which records a KPI counts, and what it reads of each."""

    _inherit = "supplier.kpi"

    def _source_key(self):
        """Return a text that KPIs share which count the same records."""
        self.ensure_one()
        return json.dumps([self[name] or "" for name in SOURCE_FIELDS])

    def _counted_query(self, scope, only=None):
        """Return the query of what KPIs that share a source count of each supplier.

        :param FactScope scope: what is asked
        :param Domain only: which records; all by default
        :return: SQL of ``partner_id, record_ids, digests, checksum``: two arrays, in
            the same order; a digest changes with any number that one of the KPIs
            reads, the checksum with any digest or record
        """
        first = self[0]
        records = first._records(replace(scope, aspect=first.aspect or ""))
        domain = first._facts_domain(scope)
        query = records._search(domain & only if only is not None else domain)
        partner = records._read_group_groupby(
            records._table, first._supplier_path(), query
        )
        record_id = SQL.identifier(records._table, "id")
        digest = self._digest(records, query)
        query.order = None
        query.groupby = partner
        query.having = SQL("%s IS NOT NULL", partner)
        return query.select(
            SQL("%s AS partner_id", partner),
            SQL("ARRAY_AGG(%s::bigint) AS record_ids", record_id),
            SQL("ARRAY_AGG(%s) AS digests", digest),
            SQL(
                "SUM(hashtextextended(%s::text, %s)::numeric) AS checksum",
                record_id,
                digest,
            ),
        )

    def _digest(self, records, query):
        """Return the SQL of a number that stands for what is read of a record."""
        read = [
            _as_text(records, name, query)
            for name in self._read_fields()
            if records._fields[name].store or records._fields[name].related
        ]
        if not read:
            return SQL("0::bigint")
        text = SQL(" || '|' || ").join(read)
        return SQL("hashtextextended(%s, 0)", text)

    def _read_fields(self):
        """Return the names of the fields of a record that the KPIs read."""
        specs = {spec for kpi in self for spec in kpi._question().aggregates()}
        names = {spec.partition(":")[0] for spec in specs}
        known = self.env[self[0].fact_model]._fields
        return sorted(name for name in names if name in known)


def _as_text(records, name, query):
    """Return the SQL of a field as a text; no value is an empty one."""
    column = records._field_to_sql(records._table, name, query)
    if records._fields[name].type in ("float", "monetary"):
        column = SQL("ROUND((%s)::numeric, %s)", column, DIGITS)
    return SQL("COALESCE((%s)::text, '')", column)
