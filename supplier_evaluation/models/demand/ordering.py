import math
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import float_round

from ...tools.optional_numbers import OptionalFloat


class Hint(NamedTuple):
    """What is there of a product, and by when to order it; ``False``: not known."""

    quantity_there: float | bool = False
    quantity_coming: float | bool = False
    quantity_short: float | bool = False
    date_order_by: date | bool = False
    has_no_offer: bool = False


class SupplierDemand(models.Model):
    """By when to order: what is there and on its way, against what will be needed.

    The demand of a product is taken month by month out of what is on hand and what
    comes by then; of this month, the share of its days that are left. What is not
    covered is short from the first day of its month, and has to be ordered the
    supplier's lead time before, its expected days late and the days that purchasing
    takes.
    """

    _inherit = "supplier.demand"

    quantity_there = OptionalFloat(
        string="On Hand",
        digits="Product Unit",
        compute="_compute_hint",
        help="Of the product in our own stock today, for all its demand together. "
        "Empty: no stock is kept of it, or the month is over.",
    )
    quantity_coming = OptionalFloat(
        string="On Its Way",
        digits="Product Unit",
        compute="_compute_hint",
        help="What was ordered or is produced and did not come yet, for all demand of "
        "the product together.",
    )
    quantity_short = OptionalFloat(
        string="Not Covered",
        digits="Product Unit",
        compute="_compute_hint",
        help="What neither is there nor comes by the end of the month, when the demand "
        "of the months before is met. Of this month the days that are left count.",
    )
    date_order_by = fields.Date(
        string="Order By",
        compute="_compute_hint",
        search="_search_date_order_by",
        help="The first day of the month, less the lead time in the vendor's price "
        "list, the days late that are expected of the supplier and product, and the "
        "days that purchasing takes. Empty: all is covered, or no offer holds.",
    )
    has_no_offer = fields.Boolean(
        string="Without an Offer",
        compute="_compute_hint",
        help="The supplier has no price for this quantity on the day on which to "
        "order, so nobody knows its lead time.",
    )

    @api.depends(
        "product_id", "partner_id", "company_id", "month", "quantity", "uom_id"
    )
    def _compute_hint(self):
        # What is typed in is told when it is saved.
        hints = {}
        for company, demands in self._origin.sudo().grouped("company_id").items():
            hints.update(demands._hints(company))
        for demand in self:
            demand.update(hints.get(demand._origin.id, Hint())._asdict())

    @api.model
    def _search_date_order_by(self, operator, value):
        """Find by the days on which to order, in demand from this month on."""
        # The day of a company may be one before that of whoever asks.
        day = fields.Date.context_today(self) - timedelta(days=1)
        coming = self.search([("month", ">=", day.replace(day=1))])
        found = coming.filtered_domain([("date_order_by", operator, value)])
        return [("id", "in", found.ids)]

    def _hints(self, company):
        """Return what is there of each demand's product, and by when to order.

        :return: ``{id of a demand: Hint}``, for all coming demand of the products
        """
        today = company._supplier_day(fields.Datetime.now())
        products = self.product_id.filtered("is_storable")
        coming = self.search(
            [
                ("company_id", "=", company.id),
                ("product_id", "in", products.ids),
                ("month", ">=", today.replace(day=1)),
            ],
            order="month, id",
        )
        extra = coming._extra_days(company)
        arriving = products._supplier_arriving(company)
        hints = {}
        for product, demands in coming.grouped("product_id").items():
            stock = product.with_context(allowed_company_ids=company.ids)
            there, on_way = stock.qty_available, stock.incoming_qty
            left, due = there, dict(arriving.get(product, {}))
            for demand in demands:
                need = demand._quantity_left(today)
                if need is None:
                    hints[demand.id] = Hint(there, on_way)
                    continue
                left += sum(due.pop(one) for one in list(due) if one <= demand.month)
                short = float_round(
                    max(0.0, need - left), precision_rounding=product.uom_id.rounding
                )
                # What is short is ordered, and missed only once.
                left = max(0.0, left - need)
                day = short and demand._day_to_order(short, extra[demand], today)
                hints[demand.id] = Hint(
                    there, on_way, short, day or False, bool(short and not day)
                )
        return hints

    def _quantity_left(self, today):
        """Return what is still needed of the month, in the product's unit.

        None: the product is counted in a unit now that says nothing of that.
        """
        self.ensure_one()
        unit = self.product_id.uom_id
        if not self.uom_id._has_common_reference(unit):
            return None
        quantity = self.uom_id._compute_quantity(self.quantity, unit, round=False)
        if self.month > today:
            return quantity
        days = monthrange(today.year, today.month)[1]
        return quantity * (days - today.day + 1) / days

    def _extra_days(self, company):
        """Return how many days are added to each lead time: late, and to purchase.

        :rtype: dict
        """
        late = {
            (partner, product): days
            for partner, product, days in self.env[
                "supplier.delivery.forecast"
            ]._read_group(
                [
                    ("company_id", "=", company.id),
                    ("product_id", "in", self.product_id.ids),
                    ("is_overdue", "=", False),
                ],
                ["partner_id", "product_id"],
                ["expected_days:avg"],
            )
        }
        return {
            demand: math.ceil(late.get((demand.partner_id, demand.product_id)) or 0)
            + math.ceil(company.days_to_purchase)
            for demand in self
        }

    def _day_to_order(self, quantity, extra, today):
        """Return by when to order, by the supplier's first offer that holds then.

        :param float quantity: in the product's unit
        :param int extra: days before the lead time
        :return: a day, or None: no offer holds
        """
        self.ensure_one()
        product = self.product_id
        for offer in product.with_company(self.company_id)._prepare_sellers():
            day = self.month - timedelta(days=offer.delay + extra)
            # What is too late already is ordered today.
            ordered = max(day, today)
            if (
                offer.partner_id.commercial_partner_id == self.partner_id
                and (not offer.product_id or offer.product_id == product)
                and (not offer.date_start or offer.date_start <= ordered)
                and (not offer.date_end or offer.date_end >= ordered)
                and offer._supplier_covers(quantity)
            ):
                return day
        return None
