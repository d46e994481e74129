"""How the scorecards of an evaluation are stored: anew, or only what differs.

Computed again, most suppliers are as they were. What is the same stays the same record:
links to it and what was said of it remain, and the database has little to write.
"""

from odoo.tools import SQL

from ....tools.bulk import bulk_copy, copy_rows
from ....tools.streams import drop_answers, keep_answer, study_answers
from ..columns import COLUMNS, CORRECTED, SCORECARD

# What two sums of the same numbers may differ by, as a part of them.
NOISE = "1e-10"


def store_of(evaluation, shapes):
    """Return how scorecards are stored: with those of before in mind, if there are any.

    :param evaluation: whose scorecards
    :param dict shapes: for each kind of parts, what is read there of every scorecard,
        in its order: ``{model: (column, values)}``
    """
    env = evaluation.env
    env.flush_all()
    own = SQL(
        "SELECT FROM supplier_scorecard WHERE evaluation_id = %s LIMIT 1", evaluation.id
    )
    if env.execute_query(own):
        return StoreChanges(evaluation, shapes)
    return StoreAll(evaluation)


class StoreAll:
    """Nothing was computed before: every row is a new one.

    :param evaluation: whose scorecards
    """

    new_id = SQL("nextval(pg_get_serial_sequence('supplier_scorecard', 'id'))")
    card_id = new_id
    joins = ()

    def __init__(self, evaluation):
        self.env = evaluation.env
        self.evaluation = evaluation
        self._is_first = True

    def add(self, name, rows):
        """Store rows of a model."""
        bulk_copy(self.env[name], COLUMNS[name], rows)
        if self._is_first:
            self._is_first = False
            forget_plans(self.env)

    def close(self):
        """Store what is not stored yet, and forget what was read before."""
        self.env.invalidate_all()


class StoreChanges(StoreAll):
    """There are scorecards: the database compares, and writes what differs.

    It takes all rows first, and then a handful of statements. One that changes keeps
    its id. The parts of a scorecard do so as long as they are of the same KPIs, in the
    same order: their ids are what orders them.
    """

    card_id = SQL("COALESCE(stored.id, %s)", StoreAll.new_id)

    def __init__(self, evaluation, shapes):
        super().__init__(evaluation)
        self.shapes = shapes
        self.joins = (
            SQL(
                "LEFT JOIN supplier_scorecard stored"
                " ON stored.evaluation_id = %s"
                " AND stored.partner_id = asked.partner_id",
                evaluation.id,
            ),
        )
        self.fresh = {name: self._make_table(name) for name in COLUMNS}

    def _make_table(self, name):
        """Make a table that takes the rows of a model; return its name."""
        return keep_answer(
            self.env,
            SQL(
                "SELECT %s FROM %s WHERE FALSE",
                _list(COLUMNS[name]),
                SQL.identifier(self.env[name]._table),
            ),
        )

    def add(self, name, rows):
        """Take rows of a model, to compare them when all are there."""
        copy_rows(self.env.cr, self.fresh[name], COLUMNS[name], rows)

    def close(self):
        """Delete what is gone, update what differs, insert what is new."""
        tables = list(self.fresh.values())
        self._study()
        self._delete_gone()
        forget_plans(self.env)
        self._update(SCORECARD, SQL("stored.id = fresh.id"))
        self._insert(SCORECARD, "id")
        for name, (column, values) in self.shapes.items():
            self._delete_of_another_shape(name, column, values)
            same = SQL(
                "stored.scorecard_id = fresh.scorecard_id AND stored.%s = fresh.%s",
                SQL.identifier(column),
                SQL.identifier(column),
            )
            self._update(name, same)
            self._insert(name, "scorecard_id")
        drop_answers(self.env, tables)
        return super().close()

    def _study(self):
        """Let the database count the rows, by the columns with which it joins them."""
        keys = {SCORECARD: ["id"]}
        for name, (column, _values) in self.shapes.items():
            keys[name] = ["scorecard_id", column]
        study_answers(
            self.env,
            [
                SQL("%s (%s)", table, _list(keys[name]))
                for name, table in self.fresh.items()
            ],
        )

    def _delete_gone(self):
        """Delete the scorecards of suppliers who take part no longer."""
        gone = self.env.execute_query(
            SQL(
                "SELECT id FROM supplier_scorecard WHERE evaluation_id = %s"
                " EXCEPT SELECT id FROM %s",
                self.evaluation.id,
                self.fresh[SCORECARD],
            )
        )
        if gone:
            self.evaluation._delete_scorecards([card_id for (card_id,) in gone])

    def _delete_of_another_shape(self, name, column, values):
        """Delete the parts of scorecards that have others, or in another order.

        :param str name: model of the parts
        :param str column: what a part is of
        :param values: of what the parts of every scorecard are, in their order
        """
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM %(parts)s WHERE scorecard_id IN (
                    SELECT part.scorecard_id
                      FROM %(cards)s card
                      JOIN %(parts)s part ON part.scorecard_id = card.id
                     GROUP BY part.scorecard_id
                    HAVING array_agg(part.%(column)s::text ORDER BY part.id)
                           IS DISTINCT FROM %(values)s::text[])
                """,
                parts=SQL.identifier(self.env[name]._table),
                cards=self.fresh[SCORECARD],
                column=SQL.identifier(column),
                values=[str(value) for value in values],
            )
        )

    def _update(self, name, same):
        """Update the stored rows that differ from the fresh ones.

        :param str name: a model
        :param SQL same: whether a stored row and a fresh one are of the same
        """
        model = self.env[name]
        # What somebody corrected by hand is computed again as well.
        corrected = CORRECTED.get(name, ())
        new = [SQL("fresh.%s", SQL.identifier(column)) for column in COLUMNS[name]]
        new += [SQL("NULL")] * len(corrected)
        pairs = [
            (column, value)
            for column, value in zip((*COLUMNS[name], *corrected), new, strict=True)
            if column != "id"
        ]
        stamp = _stamp(model, ("write_uid", "write_date"))
        written = [*pairs, *stamp.items()]
        self.env.cr.execute(
            SQL(
                "UPDATE %(table)s stored SET %(set)s FROM %(fresh)s fresh"
                " WHERE %(same)s AND (%(differs)s)",
                table=SQL.identifier(model._table),
                set=SQL(", ").join(
                    SQL("%s = %s", SQL.identifier(column), value)
                    for column, value in written
                ),
                fresh=self.fresh[name],
                same=same,
                differs=SQL(" OR ").join(
                    _differs(model._fields[column], value) for column, value in pairs
                ),
            )
        )

    def _insert(self, name, key):
        """Insert the fresh rows of which none is stored, in the order they came.

        :param str key: the column by which a row of the same scorecard is found
        """
        model = self.env[name]
        stamp = _stamp(model, ("create_uid", "write_uid", "create_date", "write_date"))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO %(table)s (%(columns)s)
                SELECT %(values)s
                  FROM %(fresh)s fresh
                 WHERE NOT EXISTS (SELECT FROM %(table)s stored
                                    WHERE stored.%(key)s = fresh.%(key)s)
                 ORDER BY fresh.ctid
                """,
                table=SQL.identifier(model._table),
                columns=_list((*COLUMNS[name], *stamp)),
                values=SQL(", ").join([_list(COLUMNS[name]), *stamp.values()]),
                fresh=self.fresh[name],
                key=SQL.identifier(key),
            )
        )


def forget_plans(env):
    """Let PostgreSQL check foreign keys by what the tables are now.

    It plans that once a session. Where the session saw a handful of scorecards first,
    each line would look for its own among all of them, one by one: minutes for 5,000
    suppliers, hours for 50,000.
    """
    env.cr.execute("DISCARD PLANS")


def _differs(field, value):
    """Return whether a stored value is another one, beyond how a sum was added up.

    The database adds up in another order each time, which moves the last of sixteen
    digits. What is stored is never farther from what is measured than that.
    """
    stored = SQL("stored.%s", SQL.identifier(field.name))
    distinct = SQL("%s IS DISTINCT FROM %s", stored, value)
    if field.type != "float":
        return distinct
    return SQL(
        "(%s AND COALESCE(ABS(%s - %s) > %s * ABS(%s), TRUE))",
        distinct,
        stored,
        value,
        SQL(NOISE),
        value,
    )


def _list(columns):
    return SQL(", ").join(SQL.identifier(column) for column in columns)


def _stamp(model, columns):
    """Return who writes, and when: ``{column: SQL}``, nothing where it is not kept."""
    if not model._log_access:
        return {}
    cr = model.env.cr
    return {
        column: SQL("%s", cr.now() if column.endswith("date") else model.env.uid)
        for column in columns
    }
