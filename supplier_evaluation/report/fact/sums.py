"""What sums are made of, and what a query that takes them needs to know."""

from datetime import datetime

from odoo.tools import SQL

from ...scoring import OpenScope
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
    """

    def __init__(self, env, scope, partners=None, documents=ORDERS):
        self.env = env
        has_zone = documents.by_zone and not scope.is_open
        zone = (scope.company_id, scope.tz) if has_zone else None
        self.pending = env["supplier.fact.change"]._pending(zone)
        self.partners = partners
        self.documents = documents
        self.not_taken = self.asked = self.lines = None
        self.moves = self.pending.moves if self.pending else []

    @classmethod
    def only(cls, pending, documents=ORDERS):
        """Ask about some documents, and about nothing else: their sums are made."""
        taken = cls.__new__(cls)
        taken.pending = pending
        taken.not_taken = taken.asked = pending.ids(documents)
        taken.moves, taken.lines = pending.moves, pending.lines
        return taken

    def ask_about(self, *late):
        """Also ask about documents that look different at the cut-off.

        :param SQL late: queries of their ids
        """
        if self.pending is None:
            return
        rows = self.env.execute_query(
            SQL(
                """
                SELECT asked.id, %(wanted)s
                  FROM (SELECT UNNEST(%(pending)s::integer[]) AS id
                         UNION %(late)s) asked
                  LEFT JOIN %(table)s d ON d.id = asked.id
                  LEFT JOIN res_partner p ON p.id = d.partner_id
                """,
                pending=self.pending.ids(self.documents),
                table=SQL.identifier(self.env[self.documents.model]._table),
                late=SQL(" UNION ").join(late),
                wanted=SQL("d.id IS NOT NULL")
                if self.partners is None
                else SQL("p.commercial_partner_id = ANY(%s)", self.partners),
            )
        )
        self.not_taken = [document_id for document_id, _wanted in rows]
        self.asked = [document_id for document_id, wanted in rows if wanted]

    def of_supplier(self, partner):
        """Whether sums are of a supplier that is asked for.

        :param SQL partner: column with its id
        """
        if self.partners is None:
            return SQL("TRUE")
        return SQL("%s = ANY(%s)", partner, self.partners)

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
            return SQL("%s = ANY(%s)", document, self.asked)
        # Not the document, too: PostgreSQL would expect next to no lines.
        return SQL("%s = ANY(%s)", line, self.lines)

    def stored(self, document):
        """Whether the sums of an order or a bill are taken.

        :param SQL document: column with its id
        """
        if not self.not_taken:
            return SQL("TRUE")
        # Hashed: an array would be gone through for every row.
        return SQL(
            "NOT EXISTS (SELECT FROM UNNEST(%s::integer[]) live (id)"
            " WHERE live.id = %s)",
            self.not_taken,
            document,
        )
