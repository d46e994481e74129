"""What sums are made of, and what a query that takes them needs to know."""

from datetime import datetime

from odoo.tools import SQL

from ...scoring import OpenScope
from ...tools.streams import id_array
from .documents import ORDERS
from .query import FactQuery

# Sums know all that happened; what is open would be so for ever.
FOREVER = datetime(9999, 12, 30)
EVERYTHING_EVER = OpenScope(FOREVER)


class SumQuestion(FactQuery):
    """The question that sums answer: all companies, whatever will have happened."""

    def __init__(self, env):
        super().__init__(env["supplier.fact.mixin"], EVERYTHING_EVER)


class Taken:
    """Which orders or bills a query takes from sums, and which it asks about.

    What was noted of one may have been about another supplier, or may have deleted it:
    its sums are not taken, whether it is asked about or not.

    :param env: environment
    :param scope: the question
    :param list partners: the suppliers that are asked for, None for all
    :param Documents documents: what the facts are made of
    :param list orders: those of them that are asked for, None for all
    """

    def __init__(self, env, scope, partners=None, documents=ORDERS, orders=None):
        self.env = env
        has_zone = documents.by_zone and not scope.is_open
        zone = (scope.company_id, scope.tz) if has_zone else None
        self.pending = env["supplier.fact.change"]._pending(zone)
        self.partners = partners
        self.orders = orders
        self.documents = documents
        self.not_taken = self.asked = self.lines = None
        self.moves = self.pending.moves if self.pending else []

    @classmethod
    def only(cls, pending, documents=ORDERS):
        """Ask about some documents, and about nothing else: their sums are made."""
        taken = cls.__new__(cls)
        taken.pending = pending
        taken.partners = taken.orders = None
        taken.not_taken = taken.asked = pending.ids(documents)
        taken.moves, taken.lines = pending.moves, pending.lines
        return taken

    def ask_about(self, *late):
        """Also ask about documents that look different at the cut-off.

        :param SQL late: queries of their ids
        """
        if self.pending is None:
            return
        noted = self.pending.ids(self.documents)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT asked.id, %(wanted)s
                  FROM (%(ids)s) asked (id)
                  LEFT JOIN %(table)s d ON d.id = asked.id
                  LEFT JOIN res_partner p ON p.id = d.partner_id
                """,
                ids=SQL(" UNION ").join(
                    [SQL("SELECT UNNEST(%s)", id_array(noted)), *late]
                ),
                table=SQL.identifier(self.env[self.documents.model]._table),
                wanted=SQL("d.id IS NOT NULL")
                if self.partners is None
                else SQL("p.commercial_partner_id = ANY(%s)", id_array(self.partners)),
            )
        )
        self.not_taken = [document_id for document_id, _wanted in rows]
        self.asked = self._told([document_id for document_id, wanted in rows if wanted])

    def _told(self, ids):
        """Return those of some documents that are asked for."""
        if self.orders is None:
            return ids
        return sorted(set(self.orders).intersection(ids))

    def of_supplier(self, partner):
        """Whether sums are of a supplier that is asked for.

        :param SQL partner: column with its id
        """
        if self.partners is None:
            return SQL("TRUE")
        return SQL("%s = ANY(%s)", partner, id_array(self.partners))

    @property
    def is_all_live(self):
        """Whether nothing is taken from sums."""
        return self.asked is None

    @property
    def is_asking(self):
        """Whether anything is asked of the records themselves."""
        return self.not_taken != [] or bool(self.moves)

    def live(self, document, line=None):
        """Whether an order or a bill is asked about.

        :param SQL document: column with its id
        :param SQL line: column with the id of a line, if not all are asked about
        """
        if self.is_all_live:
            return SQL("TRUE")
        if line is None or self.lines is None:
            return SQL("%s = ANY(%s)", document, id_array(self.asked))
        # Not the document, too: PostgreSQL would expect next to no lines.
        return SQL("%s = ANY(%s)", line, id_array(self.lines))

    def stored(self, document):
        """Whether the sums of an order or a bill are taken.

        :param SQL document: column with its id
        """
        return _is_none_of(document, self.not_taken)


class TakenLines(Taken):
    """Which order lines a query takes from sums, and which it asks about.

    Of an order of which a change is noted, it asks about all lines. Of one of which
    less was known at the cut-off, about those of which it was: of the others, their
    sums say what they were.
    """

    def ask_about_lines(self, *late):
        """Also ask about order lines that look different at the cut-off.

        :param SQL late: queries of ``order_id, line_id``
        """
        if self.pending is None:
            return
        self.ask_about()
        self.noted = self.not_taken
        rows = self.env.execute_query(SQL(" UNION ").join(late))
        self.late = [line_id for _order_id, line_id in rows]
        orders = {order_id for order_id, _line_id in rows}
        asked = set(self._told(orders))
        late = [line_id for order_id, line_id in rows if order_id in asked]
        self.lines = [*late, *self._lines_of(self.asked)]
        self.not_taken = sorted(orders.union(self.not_taken))
        self.asked = sorted(asked.union(self.asked))

    def _lines_of(self, orders):
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM purchase_order_line WHERE order_id = ANY(%s)",
                id_array(orders),
            )
        )
        return [line_id for (line_id,) in rows]

    def stored_line(self, order, line):
        """Whether the sums of an order line are taken.

        :param SQL order: column with the id of its order
        :param SQL line: column with its own
        """
        return SQL(
            "%s AND %s", _is_none_of(order, self.noted), _is_none_of(line, self.late)
        )


def _is_none_of(column, ids):
    """Whether a column has none of some ids."""
    if not ids:
        return SQL("TRUE")
    # Hashed: an array would be gone through for every row.
    return SQL(
        "NOT EXISTS (SELECT FROM UNNEST(%s) live (id) WHERE live.id = %s)",
        id_array(ids),
        column,
    )
