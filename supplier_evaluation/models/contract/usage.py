from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.optional_numbers import OptionalFloat
from .supplier_contract import HELD

#: What is read of orders: it may wait to be written.
READ = {
    "purchase.order": [
        "state",
        "partner_id",
        "company_id",
        "date_approve",
        "date_order",
    ],
    "purchase.order.line": [
        "date_promise_frozen",
        "order_id",
        "product_id",
        "product_uom_id",
        "product_uom_qty",
        "qty_received",
    ],
    "supplier.contract": [
        "commercial_partner_id",
        "company_id",
        "date_closed",
        "date_effective",
        "date_from",
        "date_to",
        "name",
        "state",
    ],
    "supplier.contract.line": ["contract_id", "product_id", "categ_id"],
    "product.template": ["categ_id", "uom_id"],
    "res.partner": ["commercial_partner_id"],
}
# What was bought, by the day of its contract: see ``_contract_day``. Of a cancelled
# order, what came before.
BOUGHT = """
    SELECT l.id, l.product_id, template.categ_id, po.company_id,
           vendor.commercial_partner_id AS vendor_id,
           CASE WHEN po.state = 'purchase' THEN l.product_uom_qty
                ELSE l.qty_received * unit.factor / own.factor END AS quantity,
           (LEAST(GREATEST(l.date_promise_frozen,
                           COALESCE(po.date_approve, po.date_order)), %(now)s)
            AT TIME ZONE 'UTC' AT TIME ZONE zone.tz)::date AS day
      FROM purchase_order po
      JOIN (VALUES %(zones)s) zone (company_id, tz) ON zone.company_id = po.company_id
      JOIN res_partner vendor ON vendor.id = po.partner_id
      JOIN purchase_order_line l ON l.order_id = po.id
      JOIN product_product product ON product.id = l.product_id
      JOIN product_template template ON template.id = product.product_tmpl_id
      JOIN uom_uom own ON own.id = template.uom_id
      JOIN uom_uom unit ON unit.id = l.product_uom_id
     WHERE vendor.commercial_partner_id IN %(vendors)s
       AND (po.state = 'purchase' OR po.state = 'cancel' AND l.qty_received > 0)
"""
# Contract lines, each with the time that its contract shares with its other versions.
TERM = """
    SELECT term.id, term.product_id, term.categ_id, term.contract_id,
           contract.company_id, contract.commercial_partner_id AS vendor_id,
           contract.name, contract.date_from, contract.date_effective,
           COALESCE(LEAST(contract.date_to, contract.date_closed), 'infinity') AS until
      FROM supplier_contract contract
      JOIN supplier_contract_line term ON term.contract_id = contract.id
     WHERE contract.state IN %(states)s
       AND contract.company_id IN %(companies)s
       AND contract.commercial_partner_id IN %(vendors)s
"""
# What is about the product comes before what is about its nearest category. Each is
# found by what it is equal to: contracts can have thousands of lines.
FOUND = """
    SELECT bought.*, term.id AS term_id, term.contract_id, term.name,
           bought.day >= term.date_effective AS counts, 1000 AS nearness
      FROM bought
      JOIN term ON term.product_id = bought.product_id
               AND term.company_id = bought.company_id
               AND term.vendor_id = bought.vendor_id
               AND bought.day BETWEEN term.date_from AND term.until
     UNION ALL
    SELECT bought.*, term.id, term.contract_id, term.name,
           bought.day >= term.date_effective, up.depth::integer
      FROM bought
      JOIN product_category category ON category.id = bought.categ_id
     CROSS JOIN LATERAL UNNEST(
               STRING_TO_ARRAY(TRIM(TRAILING '/' FROM category.parent_path), '/'))
           WITH ORDINALITY up (categ_id, depth)
      JOIN term ON term.categ_id = up.categ_id::integer
               AND term.company_id = bought.company_id
               AND term.vendor_id = bought.vendor_id
               AND bought.day BETWEEN term.date_from AND term.until
"""
# Of each contract the nearest line counts, unless one of another contract is nearer.
# Versions of one contract share what was ordered in their time.
USED = """
    WITH bought AS MATERIALIZED (%(bought)s),
         term AS NOT MATERIALIZED (%(term)s),
         found AS MATERIALIZED (
             SELECT DISTINCT ON (f.id, f.contract_id) f.*
               FROM (%(found)s) f
              ORDER BY f.id, f.contract_id, f.nearness DESC)
    SELECT found.term_id, found.product_id, SUM(found.quantity)
      FROM found
     WHERE found.term_id IN %(lines)s
       AND NOT EXISTS (
           SELECT FROM found other
            WHERE other.id = found.id
              AND other.name <> found.name
              AND other.counts
              AND other.nearness > found.nearness)
     GROUP BY found.term_id, found.product_id
"""


class SupplierContractLine(models.Model):
    """How much of a line was ordered in the time of the contract."""

    _inherit = "supplier.contract.line"

    quantity_used = OptionalFloat(
        string="Ordered",
        digits="Product Unit",
        compute="_compute_quantity_used",
        help="In confirmed orders of the time of the contract, in the line's unit.",
    )
    quantity_left = OptionalFloat(
        string="Left",
        digits="Product Unit",
        compute="_compute_quantity_used",
        help="Negative: more was ordered than agreed.",
    )

    @api.depends("quantity", "uom_id", "state")
    def _compute_quantity_used(self):
        used = self._origin._used()
        for line in self:
            quantity = used.get(line._origin.id, False)
            line.quantity_used = quantity
            has_left = line.quantity is not False and quantity is not False
            line.quantity_left = has_left and line.quantity - quantity

    def _used(self):
        """Return what was ordered, in the unit of each line.

        One statement for all of them. What cannot be turned into the unit of the line
        does not count.

        :return: ``{line id: quantity}`` of the lines of contracts that counted once
        """
        lines = self.sudo().filtered(lambda line: line.contract_id.state in HELD)
        if not lines:
            return {}
        used = dict.fromkeys(lines.ids, 0.0)
        rows = lines._bought()
        products = self.env["product.product"].sudo()
        products = products.browse({product_id for _line, product_id, _sum in rows})
        # All of them are read together, whichever is looked at first.
        own = {line.id: line for line in lines}
        units = {product.id: product.uom_id for product in products}
        for line_id, product_id, quantity in rows:
            own_quantity = own[line_id]._in_own_unit(units[product_id], quantity)
            used[line_id] += own_quantity or 0.0
        return used

    def _in_own_unit(self, unit, quantity):
        """Return a quantity in the unit of the line; None if it cannot be turned."""
        self.ensure_one()
        own = self.uom_id
        if not unit or not own or not unit._has_common_reference(own):
            return None
        return unit._compute_quantity(quantity, own, round=False)

    def _bought(self):
        """Return ``(line id, product id, quantity in the product's unit)`` rows."""
        for model, names in READ.items():
            self.env[model].flush_model(names)
        companies = self.contract_id.company_id
        zones = SQL(", ").join(
            SQL("(%s, %s)", company.id, company._supplier_tz()) for company in companies
        )
        vendors = tuple(self.contract_id.commercial_partner_id.ids)
        statement = SQL(
            USED,
            bought=SQL(BOUGHT, zones=zones, vendors=vendors, now=fields.Datetime.now()),
            term=SQL(
                TERM, states=HELD, companies=tuple(companies.ids), vendors=vendors
            ),
            found=SQL(FOUND),
            lines=tuple(self.ids),
        )
        return self.env.execute_query(statement)
