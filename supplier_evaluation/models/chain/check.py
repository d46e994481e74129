"""Whether a company's chain of seals holds, and the records are what was sealed."""

from collections import defaultdict
from dataclasses import dataclass

from odoo import fields
from odoo.tools import SQL

from ...tools.wording import listed
from .content import digests_of, parsed, said, seal_of, sealed_models, texts_of, to_seal
from .supplier_chain_waiting import CHANGED, GONE, MERGED

# So many blocks are held at once.
PAGE = 1000


@dataclass(frozen=True)
class Broken:
    """The first thing in a chain that is not as it was sealed.

    :param text: what is wrong, in words
    :param number: of the block; 0: the record is in none
    :param res_model: model of the record; empty: it is about the block alone
    """

    text: str
    number: int = 0
    res_model: str = ""
    res_id: int = 0


@dataclass(frozen=True)
class Block:
    """A block as it is stored, and what else is known of its record.

    :param last: number of the last block of the record
    :param end: kind of that
    :param waits: kinds of what waits to be sealed of the record
    """

    number: int
    date: object
    kind: str
    res_model: str
    res_id: int
    content: str
    seal: str
    last: int
    end: str
    waits: list

    @property
    def is_last(self):
        return self.number == self.last

    @property
    def record(self):
        return self.res_model, self.res_id


def verify_chain(company):
    """Check the chain of a company from its beginning, and the records behind it.

    The blocks are read in pages, with a fixed number of statements for each.

    :return: the first record that is not what was sealed, or None
    :rtype: Broken or None
    """
    company.env.flush_all()
    check = _Check(company)
    return check.blocks() or check.rows_without_block()


class _Check:
    def __init__(self, company):
        self.company = company
        self.env = company.env
        self.now_called = self._merged()

    # ------------------------------------------------------------
    # Blocks, and the rows behind them
    # ------------------------------------------------------------

    def blocks(self):
        """Follow the chain; return what is broken first, or None."""
        number, seal = 0, ""
        for page in self._pages():
            sound, broken = [], None
            for block in page:
                number += 1
                seal = self._seal_of(seal, block)
                if broken := self._of_block(block, number, seal):
                    break
                sound.append(block)
            # What somebody else wrote into a block is not even read.
            rows, digests = self._rows_of(sound), self._digests_of(sound)
            for block in sound:
                row = rows.get(block.record)
                if problem := self._of_row(block, row, digests):
                    return problem
            if broken:
                return broken
        return None

    def _pages(self):
        last = 0
        while page := self._page(last):
            yield page
            last = page[-1].number

    def _page(self, last):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT block.number, block.date, block.kind, block.res_model,
                       block.res_id, block.content, block.seal,
                       last.number, last.kind,
                       ARRAY(SELECT kind FROM supplier_chain_waiting waiting
                              WHERE waiting.res_model = block.res_model
                                AND waiting.res_id = block.res_id)
                  FROM (SELECT * FROM supplier_chain_block
                         WHERE company_id = %s AND number > %s
                         ORDER BY number LIMIT %s) block
                 CROSS JOIN LATERAL (
                       SELECT number, kind FROM supplier_chain_block
                        WHERE res_model = block.res_model
                          AND res_id = block.res_id
                          AND company_id = block.company_id
                        ORDER BY number DESC LIMIT 1) last
                 ORDER BY block.number
                """,
                self.company.id,
                last,
                PAGE,
            )
        )
        return [Block(*row) for row in rows]

    def _seal_of(self, previous, block):
        return seal_of(
            previous,
            (
                self.company.id,
                block.number,
                fields.Datetime.to_string(block.date),
                block.kind,
                block.res_model,
                block.res_id,
                block.content,
            ),
        )

    def _of_block(self, block, number, seal):
        if block.number != number:
            return Broken(
                self.env._(
                    "The sealed record number %s is missing: it was deleted, or "
                    "numbers were changed.",
                    number,
                ),
                number,
            )
        if block.seal != seal:
            return Broken(
                self.env._(
                    "The sealed record number %(number)s (%(what)s) does not match its "
                    "seal: it was changed, moved or put in afterwards.",
                    number=number,
                    what=self._name(*block.record),
                ),
                number,
                *block.record,
            )
        return None

    def _rows_of(self, page):
        """Return ``{record: {column: text}}`` of what blocks of a page are about."""
        ids, columns = defaultdict(set), defaultdict(set)
        for block in page:
            row = parsed(block.content).get("row")
            if block.res_model in self.env and (row or block.kind == GONE):
                ids[block.res_model].add(block.res_id)
                columns[block.res_model].update(row or ())
        rows = {}
        for name, of_model in ids.items():
            model = self.env[name]
            there = sorted(column for column in columns[name] if _has(model, column))
            for row_id, values in texts_of(model, there, of_model).items():
                rows[name, row_id] = values
        return rows

    def _digests_of(self, page):
        """Return the digests of what the rows of a page consist of.

        :return: ``{(part, columns, id of the row): digest}``
        """
        ids = defaultdict(set)
        for block in page:
            for part, said_of in (parsed(block.content).get("parts") or {}).items():
                if block.res_model in self.env and part in self.env:
                    key = block.res_model, part, tuple(said_of["columns"])
                    ids[key].add(block.res_id)
        digests = {}
        for (name, part, columns), of_rows in ids.items():
            link, _names = self.env[name]._sealed_parts.get(part, (None, ()))
            model = self.env[part]
            if link and all(_has(model, column) for column in columns):
                made = digests_of(model, link, columns, of_rows)
                for row_id in of_rows:
                    digests[part, columns, row_id] = made.get(row_id)
        return digests

    def _of_row(self, block, row, digests):
        """Compare a row with what was sealed of it.

        :param dict row: what it says now; None where there is none
        :param dict digests: see :meth:`_digests_of`
        """
        if block.kind == GONE:
            return self._of_gone(block, row)
        content = parsed(block.content)
        if "row" not in content or block.res_model not in self.env:
            return None
        if row is None or content["row"] is None:
            is_told = GONE in (block.end, *block.waits)
            return None if is_told else self._missing(block)
        changed = self._labels(
            block.res_model, self._changed(block, content, row)
        ) + self._changed_parts(block, content, digests)
        if not changed:
            return None
        return Broken(
            self.env._(
                "%(what)s, sealed as number %(number)s, was changed afterwards: "
                "%(columns)s.",
                what=self._name(*block.record),
                number=block.number,
                columns=listed(self.env, changed),
            ),
            block.number,
            *block.record,
        )

    def _of_gone(self, block, row):
        if row is None or not block.is_last:
            return None
        return Broken(
            self.env._(
                "%(what)s was deleted, says number %(number)s, and is there again.",
                what=self._name(*block.record),
                number=block.number,
            ),
            block.number,
            *block.record,
        )

    def _missing(self, block):
        return Broken(
            self.env._(
                "%(what)s, sealed as number %(number)s, was deleted.",
                what=self._name(*block.record),
                number=block.number,
            ),
            block.number,
            *block.record,
        )

    def _changed(self, block, content, row):
        """Return the names of the columns that are not as they were sealed.

        What a later step changes is compared with the last block only.
        """
        is_later = not block.is_last or CHANGED in block.waits
        anew = content["anew"] if is_later else ()
        changed = []
        for name, sealed in content["row"].items():
            if name in row and name not in anew:
                if name in content["partners"]:
                    sealed = self._now_called(sealed)
                if said(row[name]) != sealed:
                    changed.append(name)
        return changed

    def _changed_parts(self, block, content, digests):
        """Return what parts are called that are not as they were sealed."""
        return [
            self.env["ir.model"]._get(part).name
            for part, sealed in (content.get("parts") or {}).items()
            for key in [(part, tuple(sealed["columns"]), block.res_id)]
            if key in digests and digests[key] != sealed["sha256"]
        ]

    # ------------------------------------------------------------
    # Suppliers that became one
    # ------------------------------------------------------------

    def _merged(self):
        """Return ``{vendor: the one into which it was merged}``, ids as text."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT content FROM supplier_chain_block
                 WHERE company_id = %(company)s AND kind = %(merged)s
                   AND kind IN ('covers', 'merged')
                 UNION ALL
                SELECT content FROM supplier_chain_waiting
                 WHERE company_id = %(company)s AND kind = %(merged)s
                """,
                company=self.company.id,
                merged=MERGED,
            )
        )
        return {
            source: merge.get("into")
            for (content,) in rows
            for merge in [parsed(content)]
            for source in merge.get("merged", ())
        }

    def _now_called(self, partner):
        seen = set()
        while partner in self.now_called and partner not in seen:
            seen.add(partner)
            partner = self.now_called[partner]
        return partner

    # ------------------------------------------------------------
    # Rows that are in no block
    # ------------------------------------------------------------

    def rows_without_block(self):
        """Return the first row that was not written by the add-on, or None."""
        for model in sealed_models(self.env):
            found = self.env.execute_query(
                SQL(
                    """
                    SELECT t.id FROM %(table)s t
                     WHERE t.company_id = %(company)s AND %(to_seal)s
                       AND NOT EXISTS (SELECT FROM supplier_chain_block
                                        WHERE res_model = %(model)s
                                          AND res_id = t.id
                                          AND company_id = t.company_id)
                       AND NOT EXISTS (SELECT FROM supplier_chain_waiting
                                        WHERE res_model = %(model)s
                                          AND res_id = t.id)
                     ORDER BY t.id LIMIT 1
                    """,
                    table=SQL.identifier(model._table),
                    company=self.company.id,
                    to_seal=to_seal(model),
                    model=model._name,
                )
            )
            for (row_id,) in found:
                return Broken(
                    self.env._(
                        "%s was never sealed and does not wait for it: it was put in "
                        "by hand, or its seals were deleted.",
                        self._name(model._name, row_id),
                    ),
                    0,
                    model._name,
                    row_id,
                )
        return None

    # ------------------------------------------------------------
    # Words
    # ------------------------------------------------------------

    def _name(self, model, row_id):
        """Return what a record is called: the name of its model, and its id."""
        label = self.env["ir.model"]._get(model).name if model in self.env else model
        return self.env._("%(model)s, id %(id)s", model=label, id=row_id)

    def _labels(self, model, names):
        known = self.env[model]._fields
        return [known[name]._description_string(self.env) for name in names]


def _has(model, column):
    field = model._fields.get(column)
    is_kept = field and (field.column_type or field.type == "many2many")
    return bool(is_kept and field.store)
