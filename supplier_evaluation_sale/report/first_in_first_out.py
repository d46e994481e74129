"""SQL that says which of the goods that came are those that went: first in, first out.

What came and what went is laid side by side, each in the order of its time, like two
rulers: where a piece of one lies beside a piece of the other, these goods are the same.
"""

from odoo.tools import SQL

# Goods are told apart by three numbers: only those with the same are laid side by side.
KEY = ("k1", "k2", "k3")
# Quantities are sums of binary floats: this many digits of them say something.
DIGITS = 6


def _key(alias):
    return SQL(", ").join(SQL.identifier(alias, name) for name in KEY)


def _place(alias, number):
    """Where a row stands, as one value: PostgreSQL may join by some of several."""
    return SQL("ARRAY[%s, %s]::bigint[]", _key(alias), SQL(number))


def rulers(rows):
    """Lay out what came and what went: ``k1, k2, k3, is_in, id, at, upto, place``.

    :param SQL rows: of ``k1, k2, k3, is_in, id, about, kind, at, quantity``; the ``id``
        tells what came, or what went, apart; ``about`` and ``kind`` go along
    """
    return SQL(
        """
        SELECT r.*, %(place)s AS place
          FROM (
               SELECT r.k1, r.k2, r.k3, r.is_in, r.id, r.about, r.kind, r.at,
                      ROUND(SUM(r.quantity::numeric) OVER ruler, %(digits)s) AS upto,
                      ROW_NUMBER() OVER ruler AS number
                 FROM (%(rows)s) r
                WHERE ROUND(r.quantity::numeric, %(digits)s) > 0
               WINDOW ruler AS (
                      PARTITION BY r.k1, r.k2, r.k3, r.is_in ORDER BY r.at, r.id)
               ) r
        """,
        rows=rows,
        place=_place("r", "r.number"),
        digits=DIGITS,
    )


def side_by_side(ruler):
    """List which of what came is what went.

    ``in_id, in_about, in_kind, out_id, out_about, quantity, came_at``. What went before
    it came is not told: the stock was below zero then, and whose goods they were is not
    known.

    :param SQL ruler: name of the rows of :func:`rulers`
    """
    return SQL(
        """
        SELECT came.id AS in_id, came.about AS in_about, came.kind AS in_kind,
               went.id AS out_id, went.about AS out_about, came.at AS came_at,
               piece.quantity::float8 AS quantity
          FROM (
               SELECT mark.upto - LAG(mark.upto, 1, 0::numeric) OVER ruler AS quantity,
                      %(in_place)s AS in_place,
                      %(out_place)s AS out_place
                 FROM (
                      SELECT %(key)s, r.upto,
                             COUNT(*) FILTER (WHERE r.is_in) AS came,
                             COUNT(*) FILTER (WHERE NOT r.is_in) AS went
                        FROM %(ruler)s r
                       GROUP BY %(key)s, r.upto
                      ) mark
               WINDOW ruler AS (PARTITION BY %(mark_key)s ORDER BY mark.upto)
               ) piece
          JOIN %(ruler)s came ON came.is_in AND came.place = piece.in_place
          JOIN %(ruler)s went ON NOT went.is_in AND went.place = piece.out_place
         WHERE came.at <= went.at
        """,
        key=_key("r"),
        mark_key=_key("mark"),
        ruler=ruler,
        in_place=_place("mark", "SUM(mark.came) OVER ruler - mark.came + 1"),
        out_place=_place("mark", "SUM(mark.went) OVER ruler - mark.went + 1"),
    )
