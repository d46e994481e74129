"""Numbers that may be unknown. Odoo reads an unset number as 0; no data is not 0."""

from odoo import fields
from odoo.fields import Domain
from odoo.orm.domains import field_type_optimization
from odoo.orm.utils import COLLECTION_TYPES
from odoo.tools import SQL


class OptionalNumber:
    """An unset number is no number: it reads as ``False`` and is shown as nothing.

    A comparison with a number finds those who have one, also where it is negated: who
    has no score is neither below 80 nor above it, nor is it "not 80". Who has none is
    found by ``= False``, who has one by ``!= False``. Averages leave the unset out.
    """

    # Screens read it: emptied there, the number is unset, and not 0.
    _description_may_be_unknown = True

    def convert_to_cache(self, value, record, validate=True):
        if value is None or value is False:
            return None
        return super().convert_to_cache(value, record, validate)

    def convert_to_column(self, value, record, values=None, validate=True):
        if value is None or value is False:
            return None
        return super().convert_to_column(value, record, values, validate)

    def convert_to_record(self, value, record):
        return False if value is None else value

    def convert_to_export(self, value, record):
        return "" if value is False else super().convert_to_export(value, record)

    def to_sql(self, model, alias):
        """Return the number, or NULL: a field for each company falls back on 0."""
        if not self.company_dependent:
            return super().to_sql(model, alias)
        return SQL(
            "(%s->>%s)::%s",
            SQL.identifier(alias, self.name, to_flush=self),
            str(model.env.company.id),
            SQL(self._column_type[1]),
        )

    def _condition_to_sql(self, field_expr, operator, value, model, alias, query):
        number = model._field_to_sql(alias, field_expr, query)
        if operator in ("<", "<=", ">", ">="):
            # Compared with NULL, nothing is found.
            compared = self.convert_to_column(value, model, validate=False)
            return SQL("%s %s %s", number, SQL(operator), compared)
        if operator not in ("in", "not in") or not isinstance(value, COLLECTION_TYPES):
            return super()._condition_to_sql(
                field_expr, operator, value, model, alias, query
            )
        numbers, has_unset = _split(value)
        found = SQL("%s IS NULL", number) if has_unset else SQL("FALSE")
        if numbers:
            columns = tuple(self.convert_to_column(one, model) for one in numbers)
            found = SQL("(%s OR COALESCE(%s IN %s, FALSE))", found, number, columns)
        return found if operator == "in" else SQL("NOT %s", found)

    def filter_function(self, records, field_expr, operator, value):
        getter = self.expression_getter(field_expr)
        if operator == "in":
            numbers, has_unset = _split(value)

            def is_one_of(record):
                own = getter(record)
                return has_unset if own is False else own in numbers

            return is_one_of
        if operator not in ("<", "<=", ">", ">="):
            return super().filter_function(records, field_expr, operator, value)
        compare = super().filter_function(records, field_expr, operator, value)
        return lambda record: getter(record) is not False and compare(record)


def _split(values):
    """Return the numbers among the values, and whether "unset" is one of them."""
    numbers = {one for one in values if one is not False and one is not None}
    return numbers, any(one is False or one is None for one in values)


class OptionalFloat(OptionalNumber, fields.Float):
    """A float that may be unknown."""


class OptionalInteger(OptionalNumber, fields.Integer):
    """An integer that may be unknown."""


@field_type_optimization(["float", "integer"])
def _compare_with_known_numbers(condition, model):
    """Say "not 80" as "below or above 80": so it finds nobody without a number.

    Odoo negates a predicate of Python outside the field, which cannot tell then.
    """
    # Odoo asks this of every number that anybody searches for: the quick answer first.
    if condition.operator != "not in":
        return condition
    if not isinstance(condition._field(model), OptionalNumber):
        return condition
    if not isinstance(condition.value, COLLECTION_TYPES):
        return condition
    numbers, _has_unset = _split(condition.value)
    if not numbers:
        return condition
    name = condition.field_expr
    return Domain.AND(
        Domain(name, "<", number) | Domain(name, ">", number) for number in numbers
    )
