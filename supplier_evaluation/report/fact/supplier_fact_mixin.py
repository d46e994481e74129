from lxml.builder import E

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...scoring import FactScope, OpenScope
from ...scoring.scope import CONTEXT_KEY
from ...tools.actions import can_open_form
from ...tools.empty_list import help_for
from .hints import (
    ALL_DAYS,
    DAYS_KEY,
    ORDERS_KEY,
    PARTNERS_KEY,
    PRODUCTS_KEY,
    days_of,
    ids_of,
)

EXCLUSIONS = [
    ("cancelled", "Cancelled"),
    ("not_goods", "Not goods"),
    ("outside_period", "Outside the period"),
    ("no_reference", "No reference"),
    ("duplicate", "In Odoo as well"),
    ("superseded", "A newer one counts"),
    ("responsibility", "Not the supplier's responsibility"),
    ("manual", "Waived by a manager"),
]

# What of a page can be told to the query.
TOLD = ("partner_id", "product_id", "date")
# What a cursor remembers until its transaction ends.
WITHOUT_COMPILING = "supplier_evaluation.without_compiling"


class SupplierFactMixin(models.AbstractModel):
    """What every fact model has: one row per source record.

    A fact counts when its ``exclusion`` is empty. A score reads the same rows
    with the same domain as the list that explains it.
    """

    _name = "supplier.fact.mixin"
    _description = "Supplier Fact"
    _order = "date desc, id desc"

    # The class that makes the query of a model, a FactQuery.
    _fact_query = None
    # Whether a record of this kind makes the supplier take part in an evaluation.
    _fact_enrols = True
    # Whether the records are deliveries, of which a firm score needs enough.
    _fact_is_delivery = False
    # Whether finding a record takes less than making all that a list shows of it.
    _fact_is_found_first = False
    # What of a page is told to the query that makes it.
    _fact_told = TOLD
    # Names of the parts of the facts that a figure can concern, see FactScope.aspect.
    _fact_aspects = ()

    name = fields.Char(string="Record", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Supplier", readonly=True)
    region_group_id = fields.Many2one(related="partner_id.supplier_region_group_id")
    company_id = fields.Many2one("res.company", readonly=True)
    date = fields.Date(
        readonly=True, help="Day in the company's time zone by which it counts."
    )
    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one(
        "product.category", string="Product Category", readonly=True
    )
    weight = fields.Float(
        readonly=True,
        help="What the record weighs in an average: the line's value in company "
        "currency, or 1.",
    )
    weight_square = fields.Float(readonly=True)
    line_count = fields.Integer(string="Records", readonly=True)
    exclusion = fields.Selection(
        selection=EXCLUSIONS,
        readonly=True,
        help="Why the record does not count; empty when it counts.",
    )
    exclusion_reason = fields.Char(string="Reason", readonly=True)
    res_model = fields.Char(string="Document Model", readonly=True)
    res_id = fields.Many2oneReference(
        string="Document", model_field="res_model", readonly=True
    )

    @property
    def _table_query(self) -> SQL:
        self._read_without_compiling()
        return self._fact_query(self).sql()

    def _read_without_compiling(self):
        """Let the database begin at once, until the end of the transaction.

        It takes the rows that it expects for a reason to compile an expression, and of
        long queries it expects more than there are: to compile takes longer than to
        read.
        """
        cache = self.env.cr.cache
        if WITHOUT_COMPILING not in cache:
            self.env.cr.execute("SET LOCAL jit = off")
            cache[WITHOUT_COMPILING] = True

    @api.model
    def _search(self, domain, *args, **kwargs):
        """Tell the query which days, suppliers and products are asked for."""
        asked = list(Domain(domain).optimize(self))
        hints = {
            DAYS_KEY: days_of(asked),
            PARTNERS_KEY: ids_of(asked, "partner_id"),
            PRODUCTS_KEY: ids_of(asked, "product_id"),
            ORDERS_KEY: ids_of(asked, "order_id"),
        }
        facts = self.with_context(**hints)
        return super(SupplierFactMixin, facts)._search(domain, *args, **kwargs)

    @api.model
    @api.private
    @api.readonly
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """Find a page first and then read it, where to make all of a fact is much.

        Also fetch by what record rules tell who may see a record: they read it of
        records that were found, and of these, all facts would be asked.
        """
        if not field_names:
            return super().search_fetch(domain, field_names, offset, limit, order)
        names = [*field_names, "company_id"]
        if not (limit and self._fact_is_found_first):
            return super().search_fetch(domain, names, offset, limit, order)
        find = super().search_fetch
        page = self._find_page(find, domain, offset, limit, order)
        if page:
            super().search_fetch(page._told_by(), names)
        return page

    @api.model
    def _find_page(self, find, domain, offset, limit, order):
        """Return the facts of a page, with what of them can be told to the query.

        :param find: ``search_fetch`` as it is below this model
        """
        return find(domain, self._fact_told, offset, limit, order)

    def _told_by(self):
        """Return the domain of these facts, with all that it can tell the query."""
        return Domain("id", "in", self.ids) & self._telling()

    def _telling(self):
        """Return what these facts can tell the query; others may match it, too."""
        if not self:
            return Domain.FALSE
        domain = Domain.TRUE
        days = self.mapped("date")
        if all(days):
            domain &= Domain("date", ">=", min(days)) & Domain("date", "<=", max(days))
        for name in self._fact_told:
            if name != "date" and all(fact[name] for fact in self):
                domain &= Domain(name, "in", self[name].ids)
        return domain

    @api.model
    def _asked_scope(self):
        """Return the scope in the context; without one, that of an analysis.

        :rtype: FactScope or OpenScope
        :raises UserError: the context holds something else
        """
        context = self.env.context
        values = context.get(CONTEXT_KEY)
        if values is None:
            return OpenScope(self.env.cr.now(), *context.get(DAYS_KEY, ALL_DAYS))
        try:
            scope = FactScope.from_context(values)
            if scope.aspect and scope.aspect not in self._fact_aspects:
                raise ValueError(f"{self._name} has no aspect {scope.aspect!r}")
            return scope
        except ValueError as error:
            raise UserError(
                self.env._(
                    "These figures cannot be shown: the link is damaged. "
                    "Open them again from the scorecard."
                )
            ) from error

    @api.model
    def _fact_definition(self):
        """Say which documents the facts are made of, and what does not count.

        It holds for every KPI about them that does not say otherwise.

        :return: ``(source, exclusion)``, in words of the user's language
        """
        return "", ""

    def _with_fact_scope(self, scope):
        """Return the model with the scope; what another scope read is forgotten."""
        self.invalidate_model()
        return self.with_context(**{CONTEXT_KEY: scope.to_context()})

    @property
    def _fact_ratios(self):
        """Measures that are averaged with weights, whatever they are grouped by.

        :return: ``{field: (field times weight, weight)}``
        """
        return {}

    def _read_group_select(self, aggregate_spec, query):
        """Weigh the average of a share also when a pivot groups it."""
        fname, _sep, func = aggregate_spec.partition(":")
        if func != "avg" or fname not in self._fact_ratios:
            return super()._read_group_select(aggregate_spec, query)
        weighted, weight = (
            self._field_to_sql(self._table, name, query)
            for name in self._fact_ratios[fname]
        )
        return SQL(
            "CASE WHEN SUM(%(weight)s) > 0"
            " THEN SUM(%(weighted)s) / SUM(%(weight)s)"
            " ELSE AVG(%(plain)s) END",
            weight=weight,
            weighted=weighted,
            plain=self._field_to_sql(self._table, fname, query),
        )

    @api.model
    def _count_different(self, domain, groupby, specs):
        """Return the SQL that counts the different records to which facts lead.

        What leads to the same is put together first, by all cores.

        :param domain: of the facts
        :param str groupby: many2one field
        :param specs: aggregates ``field:count_distinct``
        :return: SQL of ``partner_id, a0, a1, …``
        """
        query = self._search(domain)
        fnames = [groupby, *(spec.partition(":")[0] for spec in specs)]
        columns = [self._field_to_sql(self._table, name, query) for name in fnames]
        names = [SQL.identifier(f"f{number}") for number in range(len(fnames))]
        distinct = query.select(
            SQL(
                "DISTINCT %s",
                SQL(", ").join(
                    SQL("%s AS %s", column, name)
                    for column, name in zip(columns, names, strict=True)
                ),
            )
        )
        counts = SQL(", ").join(
            SQL("COUNT(DISTINCT %s) AS %s", name, SQL.identifier(f"a{number}"))
            for number, name in enumerate(names[1:])
        )
        return SQL(
            "SELECT f0 AS partner_id, %s FROM (%s) lead"
            " WHERE f0 IS NOT NULL GROUP BY f0",
            counts,
            distinct,
        )

    # ------------------------------------------------------------
    # Documents
    # ------------------------------------------------------------

    @api.model
    @api.readonly
    def get_empty_list_help(self, help_message):
        return help_for(self.env, super().get_empty_list_help(help_message))

    def action_open_document(self):
        """Open the record that this fact was made of.

        Who may not see all that the form of the document shows gets the form of the
        fact: nobody's way from a figure to its records ends in an error.
        """
        self.ensure_one()
        for document in self._fact_documents():
            if can_open_form(document):
                return _open(document)
        scope = self.env.context.get(CONTEXT_KEY)
        return {
            **_open(self),
            "name": self.name,
            "context": {CONTEXT_KEY: scope} if scope else {},
        }

    def _records_left_out(self):
        """Return what to leave out so that these facts do not count.

        :return: ids by model, empty where a fact always counts
        """
        return {}

    def _fact_documents(self):
        """Return the records that tell about this fact, the best one first."""
        return [self.env[self.res_model].browse(self.res_id)]

    @api.model
    def _get_default_form_view(self):
        """The form has what the list has, shown there or not."""
        listed, _view = self._get_view(view_type="list")
        shown = listed.findall("field")
        for node in shown:
            for attribute in ("optional", "width", "sum"):
                node.attrib.pop(attribute, None)
            if node.attrib.pop("column_invisible", None):
                node.set("invisible", "1")
        note = self.env._(
            "You may not open the document itself. This is what was read of it."
        )
        half = (len(shown) + 1) // 2
        return E.form(
            E.sheet(
                E.div(note, {"class": "alert alert-info", "role": "status"}),
                E.group(E.group(*shown[:half]), E.group(*shown[half:])),
            ),
            create="0",
            edit="0",
            delete="0",
            duplicate="0",
        )


def _open(record):
    return {
        "type": "ir.actions.act_window",
        "res_model": record._name,
        "res_id": record.id,
        "views": [(False, "form")],
    }
