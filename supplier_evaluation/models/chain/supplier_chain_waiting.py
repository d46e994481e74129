from odoo import api, fields, models
from odoo.tools import SQL

from .content import as_content, contents_of, sealed_models, to_seal

# Why something is sealed.
ADDED, BEFORE, CHANGED = "added", "before", "changed"
GONE, MERGED, COVERS = "gone", "merged", "covers"


class SupplierChainWaiting(models.Model):
    """Something that was written and has no seal yet.

    Whoever writes adds a row here and waits for nobody: the chain of a company grows
    one block after the other, and that is done later, by one process. A row that is
    written and not noted here was not written by this add-on.
    """

    _name = "supplier.chain.waiting"
    _description = "Record Not Sealed Yet"
    _log_access = False
    _order = "id"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    kind = fields.Char(required=True)
    res_model = fields.Char(required=True)
    res_id = fields.Integer(required=True)
    content = fields.Text(help="What the block says, where no row will say it.")

    _record_idx = models.Index("(res_model, res_id)")

    @api.model
    def _note(self, kind, model, rows):
        """Note what is to be sealed, in one statement.

        :param str kind: why
        :param str model: name of the model
        :param rows: ``(company id, record id, content or None)`` of each
        """
        if not rows:
            return
        companies, ids, contents = map(list, zip(*rows, strict=True))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO supplier_chain_waiting
                       (kind, res_model, company_id, res_id, content)
                SELECT %s, %s, noted.*
                  FROM UNNEST(%s::integer[], %s::integer[], %s::text[]) AS noted
                """,
                kind,
                model,
                companies,
                ids,
                contents,
            )
        )

    # ------------------------------------------------------------
    # What goes, and what moves
    # ------------------------------------------------------------

    @api.model
    def _note_going(self, records):
        """Note the rows that the database deletes along with records.

        They go legitimately: the chain tells that they went, with what, and who did it,
        and keeps what they said.

        :param records: of one model, about to be deleted
        """
        for model in sealed_models(self.env) if records else ():
            for name, field in model._fields.items():
                if (
                    field.store
                    and field.type == "many2one"
                    and field.ondelete == "cascade"
                    and field.comodel_name == records._name
                ):
                    self._note_going_by(records, model, name)

    def _note_going_by(self, records, model, name):
        model.flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT t.id, t.company_id, t.%s FROM %s t WHERE t.%s = ANY(%s) AND %s",
                SQL.identifier(name),
                SQL.identifier(model._table),
                SQL.identifier(name),
                records.ids,
                to_seal(model),
            )
        )
        if not rows:
            return
        contents = contents_of(model, [row[0] for row in rows])
        self._note(
            GONE,
            model._name,
            [
                (company_id, row_id, self._goodbye(contents[row_id], records, along))
                for row_id, company_id, along in rows
            ],
        )

    def _goodbye(self, content, records, along_id):
        return as_content(
            was=content,
            along=[records._name, str(along_id)],
            by=[str(self.env.uid), self.env.user.sudo().name],
        )

    @api.model
    def _note_merged(self, sources, partner):
        """Note that vendors became one: what is about them says so from now on.

        :param sources: the vendors that were merged into ``partner``
        """
        if not sources:
            return
        companies = self.env.execute_query(
            SQL(
                """
                SELECT id FROM res_company company
                 WHERE EXISTS (SELECT FROM supplier_chain_block
                                WHERE company_id = company.id)
                    OR EXISTS (SELECT FROM supplier_chain_waiting
                                WHERE company_id = company.id)
                 ORDER BY id
                """
            )
        )
        content = as_content(
            merged=[str(source) for source in sorted(sources.ids)],
            into=str(partner.id),
            by=[str(self.env.uid), self.env.user.sudo().name],
        )
        self._note(
            MERGED,
            partner._name,
            [(company_id, partner.id, content) for (company_id,) in companies],
        )

    # ------------------------------------------------------------
    # From before the chain
    # ------------------------------------------------------------

    @api.model
    def _begin(self):
        """Note all rows of what has never been in the chain; with every update.

        Their seals tell of changes since then, and say nothing of the time before: the
        chain calls them so.
        """
        rows = SQL(" UNION ALL ").join(map(self._from_before, sealed_models(self.env)))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO supplier_chain_waiting
                       (kind, res_model, company_id, res_id)
                SELECT %s, res_model, company_id, id
                  FROM (%s) AS old
                 ORDER BY date, res_model, id
                """,
                BEFORE,
                rows,
            )
        )

    def _from_before(self, model):
        """Return the query of a model's rows, if it has never been in the chain."""
        return SQL(
            """
            SELECT %(model)s AS res_model, t.company_id, t.id, t.%(date)s AS date
              FROM %(table)s t
             WHERE NOT EXISTS (SELECT FROM supplier_chain_block
                                WHERE res_model = %(model)s)
               AND NOT EXISTS (SELECT FROM supplier_chain_waiting
                                WHERE res_model = %(model)s)
               AND t.company_id IS NOT NULL
               AND %(to_seal)s
            """,
            model=model._name,
            table=SQL.identifier(model._table),
            to_seal=to_seal(model),
            date=SQL.identifier(model._sealed_order),
        )
