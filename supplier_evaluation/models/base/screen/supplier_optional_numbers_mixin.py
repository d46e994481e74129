from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ....tools.optional_numbers import OptionalNumber


class SupplierOptionalNumbersMixin(models.AbstractModel):
    """A model with numbers that may be unknown, by which it can be sorted."""

    _name = "supplier.optional.numbers.mixin"
    _description = "Record With Numbers That May Be Unknown"

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Put those without a number last, from either end."""
        field = self._fields.get(field_name)
        if isinstance(field, OptionalNumber) and not nulls.code:
            nulls = SQL("NULLS LAST")
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)

    def _read_group_orderby(self, order, groupby_terms, query):
        """Put groups without a number last, too."""
        parts = [self._unknown_last(part) for part in (order or "").split(",")]
        return super()._read_group_orderby(",".join(parts), groupby_terms, query)

    def _unknown_last(self, part):
        """Return a part of an order that says where those without a number are."""
        name = part.partition(":")[0].split()
        field = self._fields.get(name[0]) if name else None
        if isinstance(field, OptionalNumber) and "nulls" not in part.lower():
            return f"{part} NULLS LAST"
        return part

    def filtered_domain(self, domain):
        """Resolve what is negated first, as a search does: Python's own "not" would
        take those without a number for those on the other side.
        """
        return super().filtered_domain(Domain(domain).optimize(self))
