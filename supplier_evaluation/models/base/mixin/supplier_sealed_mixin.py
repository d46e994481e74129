from odoo import api, models


class SupplierSealedMixin(models.AbstractModel):
    """What the chain of seals covers: what a row says soon after it was written.

    A model made of this one has a ``company_id``, and nothing more to do. It says so
    where it is otherwise: which columns are none of its (:meth:`_sealed_columns`), that
    rows are sealed at a later step than when they are made (``_sealed_when``), or which
    columns a later step fills (``_sealed_anew``). Such steps call :meth:`_seal_soon`.
    """

    _name = "supplier.sealed.mixin"
    _description = "Record That the Chain of Seals Covers"
    # A column that is neither empty nor 0 where a row is to be sealed; None: always.
    _sealed_when = None
    # Columns that a later step of ours changes, and the row is sealed again.
    _sealed_anew = ()
    # Of what a row consists: ``{model: (its link to the row, its columns)}``. These
    # rows are sealed together with it, by one digest for each model.
    _sealed_parts = {}
    # By which column rows from before the chain are put in order.
    _sealed_order = "date"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if not self._sealed_when:
            records._seal_soon()
        return records

    @api.model
    def _sealed_columns(self):
        """Return the names of the columns that are compared with the seal.

        All that is stored, but for what Odoo notes of any record. A link that is
        emptied when its record is deleted is none of them: people and suppliers are
        sealed by their names anyway. A link to many records may be named, too: it is
        compared by their ids.

        :rtype: list[str]
        """
        return sorted(
            name
            for name, field in self._fields.items()
            if field.store
            and field.column_type
            and name not in models.MAGIC_COLUMNS
            and not (field.type == "many2one" and field.ondelete == "set null")
        )

    def _seal_soon(self, changed=False):
        """Note that these are to be sealed; the room of the chain does it.

        :param bool changed: whether they have been before, and a step changed them
        """
