from math import isclose

from odoo import fields, models
from odoo.tools import SQL

from ...tools.streams import drop_answers, id_array, keep_answer, study_answers
from .supplier_fact_change import Pending

NO_ROW = SQL()


class SupplierFactSumMixin(models.AbstractModel):
    """A row of facts as it will always be asked for: what does not depend on who asks.

    It is what the live query says of the document when nothing is left to happen.
    Before ``last_event`` it may have been different.
    """

    _name = "supplier.fact.sum.mixin"
    _description = "Sums of a Document"
    _log_access = False

    # The documents of which rows are made, and the column with the id of one.
    _documents = None
    _document_column = "id"

    partner_id = fields.Integer(required=True, index=True)
    company_id = fields.Integer(required=True)
    last_event = fields.Datetime(
        required=True, help="What happened later changes nothing."
    )

    def _live(self, pending):
        """Return the SQL of the rows of some documents, with a column for each field.

        :param Pending pending: which documents, and which moves may be returns of them
        """
        raise NotImplementedError

    def _columns(self, row=NO_ROW):
        """Return the columns that are stored.

        :param SQL row: what comes before each
        """
        names = [name for name, field in self._fields.items() if field.store]
        return SQL(", ").join(SQL("%s%s", row, SQL.identifier(name)) for name in names)

    def _differing(self, ids):
        """Return the ids of the documents of which the live query says something else.

        :param list ids: of documents
        """
        stored = SQL(
            "SELECT %s FROM %s WHERE %s = ANY(%s)",
            self._columns(),
            SQL.identifier(self._table),
            SQL.identifier(self._document_column),
            id_array(ids),
        )
        kept = {row["id"]: row for row in self.env.execute_query_dict(stored)}
        asked = self._live(Pending.of(self._documents, ids))
        live = SQL("SELECT %s FROM (%s) live", self._columns(), asked)
        made = {row["id"]: row for row in self.env.execute_query_dict(live)}
        return {
            (kept.get(key) or made[key])[self._document_column]
            for key in kept.keys() | made.keys()
            if not _is_same_row(kept.get(key), made.get(key))
        }

    def _refresh(self, pending):
        """Write the rows of some documents anew.

        :param Pending pending: which documents, and which moves may be returns of them
        """
        self.env["supplier.fact.mixin"]._read_without_compiling()
        if pending.lines is None:
            self._forget(pending)
            self._insert(self._rows(pending))
        elif self._concerns(pending):
            self._replace(pending, self._rows(pending))

    def _rows(self, pending):
        return SQL("SELECT %s FROM (%s) live", self._columns(), self._live(pending))

    def _concerns(self, pending):
        """Whether any of the documents is one of which there are rows here."""
        return bool(pending.ids(self._documents))

    def _forget(self, pending, but=None):
        """Delete the rows that are written anew.

        :param SQL but: query of the ids of those that stay
        """
        stay = SQL("AND NOT EXISTS (%s)", but) if but else SQL()
        self.env.cr.execute(
            SQL(
                "DELETE FROM %s stored WHERE (%s) %s",
                SQL.identifier(self._table),
                self._written_anew(pending),
                stay,
            )
        )

    def _insert(self, rows):
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) %s",
                SQL.identifier(self._table),
                self._columns(),
                rows,
            )
        )

    def _replace(self, pending, live):
        """Write those rows that are not what they were.

        With a line that changed come those that share with it, and most of them are as
        before: to compare a row takes less than to write it and its indexes.

        :param SQL live: query of the rows as they are now
        """
        fresh = keep_answer(self.env, live)
        study_answers(self.env, [SQL("%s (id)", fresh)])
        same = SQL(
            "fresh.id = stored.id AND (%s) IS NOT DISTINCT FROM (%s)",
            self._columns(SQL("fresh.")),
            self._columns(SQL("stored.")),
        )
        self._forget(pending, SQL("SELECT FROM %s fresh WHERE %s", fresh, same))
        self._insert(
            SQL(
                "SELECT %s FROM %s fresh"
                " WHERE NOT EXISTS (SELECT FROM %s stored WHERE %s)",
                self._columns(),
                fresh,
                SQL.identifier(self._table),
                same,
            )
        )
        drop_answers(self.env, [fresh])

    def _written_anew(self, pending):
        """Return the condition on those rows."""
        return SQL(
            "%s = ANY(%s)",
            SQL.identifier(self._document_column),
            id_array(pending.ids(self._documents)),
        )


def _is_same_row(one, other):
    if one is None or other is None:
        return False
    return all(is_same(value, other[name]) for name, value in one.items())


def is_same(one, other):
    """Whether two values of a sum are the same; floats may be added in another order.

    >>> is_same(0.1 + 0.2, 0.3), is_same([{"moved": 1.0}], [{"moved": 2.0}])
    (True, False)
    """
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    return one == other
