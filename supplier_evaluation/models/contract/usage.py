from odoo import api, models
from odoo.tools import SQL

from ...tools.optional_numbers import OptionalFloat
from .supplier_contract import HELD

#: What is read of orders: it may wait to be written.
READ = {
    "purchase.order": ["state", "partner_id", "company_id", "date_approve"],
    "purchase.order.line": ["order_id", "product_id", "product_uom_qty"],
    "supplier.contract": ["state", "commercial_partner_id", "date_from", "date_to"],
    "supplier.contract.line": ["contract_id", "product_id", "categ_id"],
    "product.template": ["categ_id"],
}
# An order line belongs to the line of its product, else to that of its nearest
# category. Versions of one contract share what was ordered in their time.
BOUGHT = """
    SELECT found.line_id, found.product_id, SUM(found.quantity)
      FROM (SELECT term.id AS line_id, bought.product_id,
                   bought.product_uom_qty AS quantity,
                   RANK() OVER (
                       PARTITION BY bought.id
                       ORDER BY term.product_id IS NULL,
                                LENGTH(theirs.parent_path) DESC) AS place
              FROM supplier_contract contract
              JOIN (VALUES %(zones)s) zone (company_id, tz)
                ON zone.company_id = contract.company_id
              JOIN supplier_contract_line term ON term.contract_id = contract.id
              JOIN res_partner vendor
                ON vendor.commercial_partner_id = contract.commercial_partner_id
              JOIN purchase_order po
                ON po.partner_id = vendor.id
               AND po.company_id = contract.company_id
               AND po.state = 'purchase'
              JOIN purchase_order_line bought ON bought.order_id = po.id
              JOIN product_product product ON product.id = bought.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              LEFT JOIN product_category ours ON ours.id = template.categ_id
              LEFT JOIN product_category theirs ON theirs.id = term.categ_id
             WHERE contract.state IN %(states)s
               AND contract.company_id IN %(companies)s
               AND contract.commercial_partner_id IN %(vendors)s
               AND (COALESCE(po.date_approve, po.date_order)
                    AT TIME ZONE 'UTC' AT TIME ZONE zone.tz)::date
                   BETWEEN contract.date_from
                   AND COALESCE(LEAST(contract.date_to, contract.date_closed),
                                'infinity')
               AND (term.product_id = bought.product_id
                    OR STARTS_WITH(ours.parent_path, theirs.parent_path))) found
     WHERE found.place = 1 AND found.line_id IN %(lines)s
     GROUP BY found.line_id, found.product_id
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
        statement = SQL(
            BOUGHT,
            zones=zones,
            states=HELD,
            companies=tuple(companies.ids),
            vendors=tuple(self.contract_id.commercial_partner_id.ids),
            lines=tuple(self.ids),
        )
        return self.env.execute_query(statement)
