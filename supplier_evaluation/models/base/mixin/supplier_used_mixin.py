from odoo import api, models
from odoo.tools import SQL, ormcache


class SupplierUsedMixin(models.AbstractModel):
    """A model that every order or receipt asks, which most companies do not use.

    Whether there is a record at all is kept: where there is none, nothing is searched.
    """

    _name = "supplier.used.mixin"
    _description = "Records That Others Ask For"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if records._are_the_first():
            self._forget_answers()
        return records

    def _are_the_first(self):
        """Whether there were none before. Other processes may still think so."""
        others = SQL(
            "SELECT FROM %s WHERE id <> ALL(%s) LIMIT 1",
            SQL.identifier(self._table),
            self.ids,
        )
        return bool(self) and not self.env.execute_query(others)

    @api.model
    @ormcache()
    def _is_used(self):
        """Whether there is a record, archived or not, of whatever company.

        What was deleted since may still count: that costs a search, and nothing else.
        """
        table = SQL.identifier(self._table)
        return bool(self.env.execute_query(SQL("SELECT FROM %s LIMIT 1", table)))
