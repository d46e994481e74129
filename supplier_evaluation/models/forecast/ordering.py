"""What is expected of order lines on the day on which they are written."""

from odoo import api, fields, models

from .forecasting import OpenLine, expect

# What an order line shows of its forecasts.
SHOWN = (
    "late_forecast_ids",
    "late_first_ids",
    "late_probability",
    "late_low",
    "late_high",
    "late_days",
    "late_text",
    "late_few_deliveries",
    "late_first_text",
)


class SupplierDeliveryForecast(models.Model):
    """Forecasts on the day: from what was learned last, without reading deliveries."""

    _inherit = "supplier.delivery.forecast"

    @api.model
    def _told(self, lines):
        """Return what is to be expected of order lines, saved or not: one query.

        The lines are of one company. Nothing is written.

        :param lines: order lines of goods
        :return: ``{line: (OpenLine, Lateness, Expectation)}`` and the Lesson or
            ``None``; of what nothing is known, there is nothing
        """
        own = lines.sudo()
        company = own.company_id
        if not company:
            return {}, None
        asked = {line: opened for line in own if (opened := line._as_open_line())}
        if not asked:
            return {}, None
        lesson = self.sudo()._last_lesson(
            company,
            own.partner_id.commercial_partner_id._origin,
            own.product_id._origin,
        )
        if not lesson:
            return {}, None
        today = company._supplier_day(fields.Datetime.now())
        expected = self._expected(dict.fromkeys(asked.values()), lesson)
        told = {
            line: (opened, found, expect(opened, found, today))
            for line, opened in asked.items()
            if (found := expected.get(opened))
        }
        return told, lesson

    @api.model
    def _forecast_ordered(self, lines):
        """Make the forecasts of lines that were just ordered, and keep them as first.

        :param lines: order lines of confirmed orders of one company
        """
        told, lesson = self._told(lines)
        if not told:
            return
        own, company = self.sudo(), lines.company_id
        now = fields.Datetime.now()
        expected = {opened: found for opened, found, _said in told.values()}
        own._store(company, expected, lesson, company._supplier_day(now), whole=False)
        self.env["supplier.delivery.forecast.first"].sudo()._keep(
            company, {opened: (found, said) for opened, found, said in told.values()}
        )
        self.invalidate_model()
        self.env["supplier.delivery.forecast.level"].invalidate_model()
        lines.invalidate_recordset(SHOWN)
        lines.order_id.invalidate_recordset(["late_hint"])


def open_line(line):
    """Return an order line, saved or not, as one of which something is to come.

    :param line: order line, as whoever may read all of it
    :rtype: OpenLine or None
    """
    product, order = line.product_id, line.order_id
    promised = line.date_promised or line.date_planned
    vendor = order.partner_id.commercial_partner_id
    digits = line.env["decimal.precision"].precision_get("Product Unit")
    if (
        not (product and promised and vendor)
        or line.display_type
        or line.is_downpayment
        or product.type != "consu"
        or line.product_qty - line.qty_received <= 10**-digits / 2
    ):
        return None
    return OpenLine(
        # A line that is not saved yet has no number: one of its own tells it apart.
        line._origin.id or str(line.id),
        order._origin.id,
        vendor._origin.id,
        product._origin.id,
        product.categ_id._origin.id or None,
        line.company_id._supplier_day(promised),
    )
