from dataclasses import dataclass

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.bulk import bulk_copy
from .content import as_content, contents_of, covers, seal_of
from .supplier_chain_waiting import ADDED, BEFORE, CHANGED, COVERS, GONE

# The process that makes the chains longer has this lock.
LOCK = 7_326_515_012
# How many records are sealed in one transaction.
AT_ONCE = 1000
COLUMNS = (
    "company_id",
    "number",
    "date",
    "kind",
    "res_model",
    "res_id",
    "content",
    "seal",
)


@dataclass(frozen=True)
class Noted:
    """Something that waits for its seal."""

    company_id: int
    kind: str
    res_model: str
    res_id: int
    content: str | None

    @property
    def record(self):
        return self.res_model, self.res_id


class SupplierChainBlock(models.Model):
    """How chains grow: a while after something was written, by one process."""

    _inherit = "supplier.chain.block"

    @api.model
    def _cron_seal(self):
        """Seal what waits for it, in portions.

        :raises Exception: what the database says of records that cannot be sealed
        """
        cron = self.env["ir.cron"]
        while self._seal_next():
            if not cron._commit_progress(AT_ONCE, remaining=AT_ONCE):
                return

    @api.model
    def _seal_next(self):
        """Seal the next portion of what waits.

        Who writes later is in the next one, even with a lower number: it is taken by
        being there, not by its number.

        :return: whether there is more; not, when another process is at it
        :rtype: bool
        """
        self.env.flush_all()
        [(is_ours,)] = self.env.execute_query(
            SQL("SELECT pg_try_advisory_xact_lock(%s)", LOCK)
        )
        if not is_ours:
            return False
        noted = self._take_noted()
        if noted:
            self._append_blocks(self._to_seal(noted))
        return len(noted) == AT_ONCE

    def _take_noted(self):
        rows = self.env.execute_query(
            SQL(
                """
                  WITH next AS (SELECT id FROM supplier_chain_waiting
                                 ORDER BY id LIMIT %s),
                       taken AS (DELETE FROM supplier_chain_waiting
                                  WHERE id IN (SELECT id FROM next) RETURNING *)
                SELECT company_id, kind, res_model, res_id, content
                  FROM taken ORDER BY id
                """,
                AT_ONCE,
            )
        )
        return [Noted(*row) for row in rows]

    # ------------------------------------------------------------
    # What is sealed
    # ------------------------------------------------------------

    def _to_seal(self, noted):
        """Return the blocks to be, without what need not be sealed.

        :param list noted: what was noted, in its order
        :return: values ``company_id, kind, res_model, res_id, content``
        """
        past = self._past_of(noted)
        going = self._going(noted)
        contents = self._contents(noted)
        blocks = []
        for each in noted:
            kind = self._kind_of(each, past.get(each.record, ()))
            content = each.content or contents.get(each.record)
            is_missing = content == as_content(row=None)
            if not kind or (is_missing and each.record in going):
                # Sealed already, or all that it said is said when it goes.
                continue
            past.setdefault(each.record, []).append(kind)
            if kind in (ADDED, BEFORE, CHANGED):
                # What else was noted of it meanwhile says the same.
                past[each.record].append("now")
            blocks.append((each.company_id, kind, *each.record, content))
        return blocks

    def _kind_of(self, noted, past):
        """Return as what something is sealed, or None.

        :param past: kinds of the blocks that the record has
        """
        if noted.kind in (ADDED, BEFORE):
            return None if past else noted.kind
        if noted.kind == CHANGED:
            if not past:
                return ADDED
            if "now" in past or GONE in past or noted.res_model not in self.env:
                return None
            return CHANGED if self.env[noted.res_model]._sealed_anew else None
        if noted.kind == GONE and GONE in past:
            return None
        return noted.kind

    def _contents(self, noted):
        """Return ``{record: what it says}``, with a query for each model."""
        ids = {}
        for each in noted:
            if each.content is None:
                ids.setdefault(each.res_model, {})[each.res_id] = True
        contents = {}
        for name, of_model in ids.items():
            said = dict.fromkeys(of_model, as_content(row=None))
            if name in self.env:
                said = contents_of(self.env[name], list(of_model))
            for row_id, content in said.items():
                contents[name, row_id] = content
        return contents

    def _past_of(self, noted):
        """Return ``{record: kinds of its blocks}`` of those that have some."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT res_model, res_id, ARRAY_AGG(kind)
                  FROM supplier_chain_block
                 WHERE (res_model, res_id) IN (%s)
                 GROUP BY res_model, res_id
                """,
                _records(noted),
            )
        )
        return {(model, row_id): kinds for model, row_id, kinds in rows}

    def _going(self, noted):
        """Return the records of which it is noted that they went."""
        rows = self.env.execute_query(
            SQL(
                "SELECT res_model, res_id FROM supplier_chain_waiting"
                " WHERE kind = %s AND (res_model, res_id) IN (%s)",
                GONE,
                _records(noted),
            )
        )
        return {*rows, *(each.record for each in noted if each.kind == GONE)}

    # ------------------------------------------------------------
    # The chain
    # ------------------------------------------------------------

    def _append_blocks(self, blocks):
        """Make the chains longer, each by its blocks.

        :param blocks: values ``company_id, kind, res_model, res_id, content``
        """
        if not blocks:
            return
        heads = self._heads({block[0] for block in blocks})
        covered = covers(self.env)
        # As text, for the seal.
        now = fields.Datetime.to_string(fields.Datetime.now())
        rows = []
        for company_id, *block in blocks:
            number, seal, said = heads[company_id]
            new = [block]
            if said != covered:
                new.insert(0, [COVERS, self._name, 0, covered])
            for kind, model, row_id, content in new:
                number += 1
                values = (company_id, number, now, kind, model, row_id, content)
                seal = seal_of(seal, values)
                rows.append((*values, seal))
            heads[company_id] = number, seal, covered
        bulk_copy(self, COLUMNS, rows)
        self.invalidate_model()

    @api.model
    def _heads(self, company_ids):
        """Return the ends of the chains of companies.

        :return: ``{company id: (number, seal, what the chain said that it covers)}``
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT company.id, last.number, last.seal, covers.content
                  FROM UNNEST(%s) AS company (id)
                  LEFT JOIN LATERAL (
                       SELECT number, seal FROM supplier_chain_block
                        WHERE company_id = company.id
                        ORDER BY number DESC LIMIT 1) last ON TRUE
                  LEFT JOIN LATERAL (
                       SELECT content FROM supplier_chain_block
                        WHERE company_id = company.id AND kind = %s
                          AND kind IN ('covers', 'merged')
                        ORDER BY number DESC LIMIT 1) covers ON TRUE
                """,
                list(company_ids),
                COVERS,
            )
        )
        return {
            company_id: (number or 0, seal or "", covers)
            for company_id, number, seal, covers in rows
        }


def _records(noted):
    """Return the query of the records of what was noted."""
    return SQL(
        "SELECT * FROM UNNEST(%s::text[], %s::integer[])",
        [each.res_model for each in noted],
        [each.res_id for each in noted],
    )
