from dataclasses import dataclass, field, replace

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.streams import id_array
from .documents import BUILDING, DOCUMENTS
from .watch import EVERYTHING, Watch, drop_watches, watch_taxes

# More orders or bills than these are faster to ask about without sums.
MANY_ORDERS = 100_000
# Where the goods of subcontractors are; subcontracting may not be installed.
OWN_PLACE = "TO_JSONB({row}) -> 'property_stock_subcontractor'"
ALL_PLACES = "TO_JSONB({row}) -> 'subcontracting_location_id'"
PARTNERS = Watch(
    table="res_partner",
    columns=("commercial_partner_id", "tz", OWN_PLACE),
    notes={
        "partner": "{row}.id",
        EVERYTHING: "(CASE WHEN {old} IS DISTINCT FROM {new} THEN {{row}}.id"
        " WHEN OLD.tz IS DISTINCT FROM NEW.tz"
        " THEN (SELECT MIN(c.partner_id) FROM res_company c"
        " WHERE c.partner_id = {{row}}.id"
        " AND (EXISTS (SELECT FROM purchase_order o WHERE o.company_id = c.id)"
        " OR EXISTS (SELECT FROM stock_move m WHERE m.company_id = c.id))) END)".format(
            old=OWN_PLACE.format(row="OLD"), new=OWN_PLACE.format(row="NEW")
        ),
    },
    events="UPDATE",
)
# A subcontractor that comes or goes with a place of its own: what was moved there was
# with us before, or is since.
PLACES = Watch(
    table="res_partner",
    columns=(OWN_PLACE,),
    notes={EVERYTHING: "{row}.id"},
    matters="EXISTS (SELECT FROM JSONB_EACH_TEXT("
    f"NULLIF({OWN_PLACE}, 'null'::jsonb)) own"
    " JOIN stock_move m"
    " ON own.value::integer IN (m.location_id, m.location_dest_id))",
    events="INSERT OR DELETE",
    of="place",
)
# A line that came, went, or shares with others what comes of its product, or did.
OF_ORDER = (
    "TG_OP <> 'UPDATE' OR OLD.order_id IS DISTINCT FROM NEW.order_id"
    " OR OLD.product_id IS DISTINCT FROM NEW.product_id"
    " OR OLD.has_twin_line IS DISTINCT FROM NEW.has_twin_line"
)
# By what of lines and orders a sum is what it is.
LINES = Watch(
    table="purchase_order_line",
    columns=(
        "company_id",
        "date_promise_broken",
        "date_promise_cancelled",
        "date_promise_excused",
        "date_promise_frozen",
        "date_promise_rebased_late",
        "date_promised",
        "discount",
        "display_type",
        "has_twin_line",
        "is_downpayment",
        "kit_parts",
        "order_id",
        "price_promised",
        "price_subtotal",
        "price_unit",
        "price_weighed",
        "product_id",
        "product_qty",
        "product_type_promised",
        "product_uom_id",
        "product_uom_qty",
        "quantity_promised",
        "supplier_exclusion",
    ),
    notes={
        "line": "{row}.id",
        "order": f"CASE WHEN {OF_ORDER} THEN {{row}}.order_id END",
        "given": "CASE WHEN TG_OP = 'UPDATE'"
        " AND OLD.order_id IS DISTINCT FROM NEW.order_id THEN {row}.id END",
    },
)
ORDERS = Watch(
    table="purchase_order",
    columns=(
        "acknowledged",
        "acknowledged_on_receipt",
        "company_id",
        "currency_id",
        "currency_rate",
        "date_acknowledged",
        "date_approve",
        "date_order",
        "name",
        "partner_id",
        "state",
    ),
    notes={
        "order": "{row}.id",
        "name": "CASE WHEN (OLD.name, OLD.company_id)"
        " IS DISTINCT FROM (NEW.name, NEW.company_id) THEN {row}.id END",
    },
)


@dataclass(frozen=True)
class Pending:
    """What the sums do not tell, and is asked of the records themselves.

    :param list orders: ids of purchase orders
    :param list moves: ids of stock moves that may be returns of these orders
    :param list lines: ids of the order lines whose sums are made anew; None for all
    :param list ordered: those of them that were ordered otherwise; None for all
    :param list bills: ids of vendor bills and refunds
    """

    orders: list
    moves: list
    lines: list | None = None
    ordered: list | None = None
    bills: list = field(default_factory=list)

    @classmethod
    def of(cls, documents, ids):
        """Return what is about documents of one kind only.

        :param Documents documents: the kind
        :param list ids: their ids
        """
        return replace(cls([], []), **{documents.name: ids})

    def ids(self, documents):
        """Return the ids of the documents of a kind."""
        return getattr(self, documents.name)


class SupplierFactChange(models.Model):
    """Something that changed since the sums of its order were made.

    Written by database triggers. **A sum is what the live query says of an order**; as
    long as a change of the order is noted here, the live query answers for it. So sums
    never have to be up to date for figures to be right.
    """

    _name = "supplier.fact.change"
    _description = "Change Not Yet in the Sums"
    _log_access = False
    _order = "id"

    kind = fields.Char(required=True, help="What changed: a table, in short.")
    res_id = fields.Integer(required=True)

    @api.model
    def _watches(self):
        """Return what the triggers watch, each room adds its own.

        :rtype: list[Watch]
        """
        return [
            PARTNERS,
            PLACES,
            ORDERS,
            LINES,
            Watch.whole(
                "res_company", "account_price_include", "partner_id", ALL_PLACES
            ),
            *watch_taxes("account_tax_purchase_order_line_rel"),
            Watch.whole("res_currency", "rounding"),
            Watch.whole("uom_uom", "factor"),
            Watch(
                table="decimal_precision",
                columns=("digits", "name"),
                notes={EVERYTHING: "{row}.id"},
                matters="{row}.name = 'Product Unit'",
            ),
            Watch(
                table="account_tax_purchase_order_line_rel",
                columns=("account_tax_id", "purchase_order_line_id"),
                notes={"line": "{row}.purchase_order_line_id"},
            ),
            Watch(
                table="product_template",
                columns=("type", "uom_id"),
                notes={"template": "{row}.id"},
                events="UPDATE",
            ),
            Watch(
                table="product_product",
                columns=("product_tmpl_id",),
                notes={"product": "{row}.id"},
                events="UPDATE",
            ),
        ]

    @api.model
    def _watch(self):
        """Make the triggers; called when the add-on is installed or updated.

        What changed while there were none is not known: all sums are made anew. What a
        version before watched and this one does not is not watched any more.
        """
        drop_watches(self.env)
        for watch in self._watches():
            for statement in watch.statements():
                self.env.cr.execute(statement)
        self.env.cr.execute(
            SQL(
                "INSERT INTO supplier_fact_change (kind, res_id) VALUES (%s, 0)",
                EVERYTHING,
            )
        )

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------

    @api.model
    def _pending(self, zone=None):
        """Return what sums do not tell at present.

        :param tuple zone: ``(company id, time zone)`` in which days are asked for
        :return: None when they tell nothing: they were never made, are being made, or
            know the days of another time zone
        :rtype: Pending or None
        """
        noted = self._noted()
        if self._is_unmade(noted) or self._is_elsewhere(zone):
            return None
        pending = self._pending_of(noted)
        most = max(len(pending.ids(documents)) for documents in DOCUMENTS)
        return pending if most < MANY_ORDERS else None

    def _is_unmade(self, noted):
        """Whether sums are to be made anew, or this is going on."""
        return EVERYTHING in noted or not BUILDING.isdisjoint(noted)

    def _noted(self):
        """Return ``{kind: ids}`` of what is noted."""
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT kind, ARRAY_AGG(DISTINCT res_id)"
                    " FROM supplier_fact_change GROUP BY kind"
                )
            )
        )

    def _is_elsewhere(self, zone):
        if zone is None:
            return False
        company_id, tz = zone
        company = self.env["res.company"].sudo().browse(company_id)
        return (company.partner_id.tz or "UTC") != tz

    def _pending_of(self, noted):
        """Return what noted changes are about.

        :param dict noted: see :meth:`_noted`
        """
        return Pending(self._orders_of(noted), [])

    def _orders_of(self, noted):
        """Return the ids of the orders that noted changes are about."""
        if not noted:
            return []
        rows = self.env.execute_query(
            SQL(
                """
                SELECT UNNEST(%(orders)s)
                 UNION
                SELECT order_id FROM purchase_order_line WHERE id = ANY(%(lines)s)
                 UNION
                SELECT id FROM purchase_order WHERE partner_id = ANY(%(partners)s)
                 UNION
                SELECT l.order_id
                  FROM product_product p
                  JOIN purchase_order_line l ON l.product_id = p.id
                 WHERE p.id = ANY(%(products)s)
                    OR p.product_tmpl_id = ANY(%(templates)s)
                """,
                **{
                    f"{kind}s": id_array(noted.get(kind, ()))
                    for kind in ("order", "line", "partner", "product", "template")
                },
            )
        )
        return [order_id for (order_id,) in rows]
