from odoo import api, models
from odoo.tools import SQL, ormcache


class Base(models.AbstractModel):
    """Screens hear which numbers may be unknown, of whatever model they show."""

    _inherit = "base"

    def _get_view_field_attributes(self):
        return [*super()._get_view_field_attributes(), "may_be_unknown"]

    def _forget_answers(self):
        """Have whatever a cache keeps asked anew: now, and by others after the commit.

        Until then others do not see what changed, and may have kept the old answer.
        """
        registry = self.env.registry
        registry.clear_cache()

        @self.env.cr.postcommit.add
        def forget_again():
            registry.clear_cache()
            registry.signal_changes()


class SupplierUsedMixin(models.AbstractModel):
    """A model that every order or receipt asks, which most companies do not use.

    Whether there is a record at all is kept: where there is none, nothing is searched.
    """

    _name = "supplier.used.mixin"
    _description = "Records That Others Ask For"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if records and not self._is_used():
            self._forget_answers()
        return records

    @api.model
    @ormcache()
    def _is_used(self):
        """Whether there is a record, archived or not, of whatever company.

        What was deleted since may still count: that costs a search, and nothing else.
        """
        table = SQL.identifier(self._table)
        return bool(self.env.execute_query(SQL("SELECT FROM %s LIMIT 1", table)))
