from odoo.tools import SQL

from ....models.scorecard.columns import (
    COLUMNS,
    CORRECTED,
    DIMENSION,
    LINE,
    SCORECARD,
)
from ..common import ThreeSuppliersCommon


class AgainCommon(ThreeSuppliersCommon):
    """What is stored of an evaluation, and what a computation from nothing stores."""

    def _stored(self, evaluation):
        """Return all that is stored, without ids: ``{supplier: rows}``."""
        self.env.flush_all()
        stored = {}
        for name in (SCORECARD, LINE, DIMENSION):
            columns = [
                column
                for column in (*COLUMNS[name], *CORRECTED.get(name, ()))
                if column not in ("id", "scorecard_id")
            ]
            for partner_id, *row in self._rows(evaluation, name, columns):
                stored.setdefault(partner_id, []).append(
                    (name, *map(_without_noise, row))
                )
        return stored

    def _rows(self, evaluation, name, columns):
        card = SQL.identifier("id" if name == SCORECARD else "scorecard_id")
        return self.env.execute_query(
            SQL(
                """
                SELECT partner_id, %s FROM %s
                 WHERE %s IN (SELECT id FROM supplier_scorecard
                               WHERE evaluation_id = %s)
                 ORDER BY partner_id, id
                """,
                SQL(", ").join(SQL.identifier(column) for column in columns),
                SQL.identifier(self.env[name]._table),
                card,
                evaluation.id,
            )
        )

    def _versions(self, evaluation):
        """Return which row of the database says what: ``{(model, id): version}``."""
        self.env.flush_all()
        return {
            (name, row_id): (place, written)
            for name in (SCORECARD, LINE, DIMENSION)
            for _partner, row_id, place, written in self._rows(
                evaluation, name, ("id", "ctid", "xmin")
            )
        }

    def _from_nothing(self, evaluation):
        """Return what is stored when it is computed with nothing stored before."""
        with self.env.cr.savepoint() as savepoint:
            evaluation.sudo()._delete_scorecards()
            evaluation.action_compute()
            stored = self._stored(evaluation)
            savepoint.rollback()
        self.env.invalidate_all()
        return stored

    def assertAsFromNothing(self, evaluation):
        """Figures are those of a first computation, the order of the parts as well."""
        self.assertEqual(self._stored(evaluation), self._from_nothing(evaluation))


def _without_noise(value):
    """Return a value without the digits that depend on how the database adds up."""
    is_number = isinstance(value, float) or type(value).__name__ == "Decimal"
    return f"{value:.9g}" if is_number else value
