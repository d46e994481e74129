"""What is expected of order lines on the day on which they are written."""

import logging

import psycopg2

from odoo import api, fields, models

from ...forecast import Key
from ...tools.wording import listed
from .forecasting import KEY, OpenLine, expect

_logger = logging.getLogger(__name__)
# What goes wrong where what was learned is not whole, or does not fit the line. What
# concerns the database as a whole, rights or the order itself is not among it.
DATA_ERRORS = (
    ArithmeticError,
    LookupError,
    TypeError,
    ValueError,
    psycopg2.DataError,
    psycopg2.IntegrityError,
)

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

        Nobody orders less because a forecast cannot be made: where what was learned is
        not whole, it is said in the log, and the next night forecasts the lines anew.

        Where nothing was learned, nothing is asked.

        :param lines: order lines of confirmed orders of one company
        """
        if not self._has_learned(lines.company_id.id):
            return
        # What the order itself still has to write is not about the forecast.
        self.env.flush_all()
        try:
            with self.env.cr.savepoint(flush=False):
                self._make_ordered(lines)
                self.env.flush_all()
        except DATA_ERRORS:
            _logger.exception(
                "No forecast was made of what was ordered by %s: what was learned of "
                "past deliveries does not fit. The orders are confirmed; the next "
                "round by night learns and forecasts anew.",
                listed(self.env, lines.order_id.mapped("name")),
            )
        self.invalidate_model()
        self.env["supplier.delivery.forecast.level"].invalidate_model()
        self.env["supplier.delivery.forecast.first"].invalidate_model()
        lines.invalidate_recordset(SHOWN)
        lines.order_id.invalidate_recordset(["late_hint", "is_late_known"])

    def _make_ordered(self, lines):
        told, lesson = self._told(lines)
        if not told:
            return
        own, company = self.sudo(), lines.company_id
        already = own._said_already([opened.line_id for opened, *_ in told.values()])
        expected = {
            opened: found
            for opened, found, _said in told.values()
            if already.get(opened.line_id) != (opened.key, opened.promised)
        }
        if not expected:
            return
        today = company._supplier_day(fields.Datetime.now())
        own._store(company, expected, lesson, today, whole=False)
        self.env["supplier.delivery.forecast.first"].sudo()._keep(
            company,
            {
                opened: (found, said)
                for opened, found, said in told.values()
                if opened in expected
            },
        )

    def _said_already(self, line_ids):
        """Return of which lines there is a forecast, and was one when it was ordered.

        :return: ``{id of the line: (Key, promised day)}`` as they were forecast
        """
        kept = self.search_fetch(
            [
                ("purchase_line_id", "in", line_ids),
                ("purchase_line_id.late_first_ids", "!=", False),
            ],
            ["purchase_line_id", *KEY, "date_promised"],
        )
        return {
            forecast.purchase_line_id.id: (
                Key(*(forecast[name].id or None for name in KEY)),
                forecast.date_promised,
            )
            for forecast in kept
        }


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
