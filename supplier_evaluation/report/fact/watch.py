"""Database triggers that note which records changed, for sums that were made of them.

A trigger sees what a write date does not: a deletion, direct SQL, a COPY. It is part of
the transaction that changes the record, so whoever sees the change sees the note. It
only adds a row to a table that nobody locks.

A function compares the columns, not a ``WHEN`` of the trigger: what a trigger names,
no other add-on could change the type of or drop.
"""

from dataclasses import dataclass, field

from odoo.tools import SQL

CHANGES = "supplier_fact_change"
PREFIX = "supplier_note_"
NOTE = """
    INSERT INTO supplier_fact_change (kind, res_id)
    SELECT DISTINCT noted.kind, noted.res_id
      FROM (VALUES {values}) noted (kind, res_id)
     WHERE noted.res_id IS NOT NULL;
"""
FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF ({old}) IS NOT DISTINCT FROM ({new}) THEN
            RETURN NULL;
        END IF;
        IF {old_matters} OR {new_matters} THEN
            {note_both}
        END IF;
    ELSIF TG_OP = 'INSERT' THEN
        IF {inserted_matters} THEN
            {note_new}
        END IF;
    ELSIF {old_matters} THEN
        {note_old}
    END IF;
    RETURN NULL;
END
$body$
"""
FORGET = "DROP TRIGGER IF EXISTS {name} ON {table}"
TRIGGER = """
CREATE TRIGGER {name} AFTER {events} ON {table}
    FOR EACH ROW EXECUTE FUNCTION {name}()
"""
# The kind of change after which all sums are made anew.
EVERYTHING = "all"


@dataclass(frozen=True, kw_only=True)
class Watch:
    """What is noted when the rows of a table change.

    :param str table: the table
    :param tuple columns: a row that keeps these did not change; names, or expressions
        with ``{row}``
    :param dict notes: what is noted, ``{kind: expression}``; ``{row}`` is the row
    :param str matters: condition on a ``{row}``; others are not noted
    :param str matters_new: a quicker one that is enough for a row that came
    :param str events: those after which the trigger looks
    :param str of: whose facts it is about; a table may be watched for several
    """

    table: str
    columns: tuple
    notes: dict = field(default_factory=dict)
    matters: str = "TRUE"
    matters_new: str = ""
    events: str = "INSERT OR UPDATE OR DELETE"
    of: str = ""

    @classmethod
    def whole(cls, table, *columns, **more):
        """Watch what so much depends on that all sums are made anew."""
        return cls(
            table=table,
            columns=columns,
            notes={EVERYTHING: "{row}.id"},
            events="UPDATE",
            **more,
        )

    @property
    def name(self):
        return PREFIX + "_".join(filter(None, (self.table, self.of)))

    def statements(self):
        """Return the SQL that makes the function and the trigger anew."""
        old, new = self._values("OLD"), self._values("NEW")
        inserted = self.matters_new or self.matters
        function = FUNCTION.format(
            name=self.name,
            old=self._compared("OLD"),
            new=self._compared("NEW"),
            old_matters=f"({self.matters.format(row='OLD')})",
            new_matters=f"({self.matters.format(row='NEW')})",
            inserted_matters=f"({inserted.format(row='NEW')})",
            note_old=NOTE.format(values=old),
            note_new=NOTE.format(values=new),
            note_both=NOTE.format(values=f"{old}, {new}"),
        )
        names = {"name": self.name, "table": self.table, "events": self.events}
        # PostgreSQL 13 replaces no trigger.
        statements = (function, FORGET.format(**names), TRIGGER.format(**names))
        return [SQL(statement.replace("%", "%%")) for statement in statements]

    def _compared(self, row):
        return ", ".join(
            (column if "{row}" in column else f"{{row}}.{column}").format(row=row)
            for column in self.columns
        )

    def _values(self, row):
        return ", ".join(
            f"('{kind}', {expression.format(row=row)}::integer)"
            for kind, expression in self.notes.items()
        )


def watch_taxes(link, of=""):
    """Return the watches of the taxes that lines have, and of which these consist.

    :param str link: the table of the taxes of the lines
    :param str of: see :class:`Watch`
    """
    used = f"EXISTS (SELECT FROM {link} link WHERE link.account_tax_id = {{}})"
    in_used = (
        "EXISTS (SELECT FROM account_tax_filiation_rel part"
        f" JOIN {link} link ON link.account_tax_id = part.parent_tax"
        " WHERE part.child_tax = {row}.id)"
    )
    return [
        Watch.whole(
            "account_tax",
            "amount",
            "amount_type",
            "company_id",
            "price_include_override",
            matters=f"{used.format('{row}.id')} OR {in_used}",
            of=of,
        ),
        Watch(
            table="account_tax_filiation_rel",
            columns=("child_tax", "parent_tax"),
            notes={EVERYTHING: "{row}.parent_tax"},
            matters=used.format("{row}.parent_tax"),
            of=of,
        ),
    ]


def drop_watches(env):
    """Remove every trigger and function of this kind."""
    names = env.execute_query(
        SQL(
            "SELECT proname FROM pg_proc"
            " WHERE prorettype = 'trigger'::regtype AND STARTS_WITH(proname, %s)",
            PREFIX,
        )
    )
    for (name,) in names:
        env.cr.execute(SQL("DROP FUNCTION %s() CASCADE", SQL.identifier(name)))
