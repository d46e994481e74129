"""Makes the demo's history and lets the scheduled action evaluate every month."""

from __future__ import annotations

import sys
from datetime import date, datetime, time, timedelta, timezone
from random import Random
from time import monotonic
from zoneinfo import ZoneInfo

from tools.demo.catalogue import COMPANIES, PRODUCTS
from tools.demo.deals import Year
from tools.demo.suppliers import SUPPLIERS
from tools.demo.timeline import Timeline
from tools.demo.trading import Trading
from tools.demo.world import World

SEED = 19
MONTHS = 12
ZONES = {company.name: ZoneInfo(company.tz) for company in COMPANIES}


def main(env, args):
    History(env, datetime.now(timezone.utc).replace(tzinfo=None)).make()
    env["ir.config_parameter"].set_param(args["key"], args["mark"])
    env.cr.commit()


class History:
    """Everything that happened from a year ago until `now`, as it happened."""

    def __init__(self, env, now: datetime):
        self.env = env
        self.now = now
        self.template = env.ref(
            "supplier_evaluation.supplier_scorecard_template_delivery"
        )
        self.months = self._months()
        self.timeline = Timeline()
        # Exchange rates begin before the first orders do.
        rates = [_add_months(self.months[0], number - 2) for number in range(16)]
        self.world = World(env, [month for month in rates if month <= now.date()])
        self.trading = {
            name: Trading(env, company)
            for name, company in self.world.companies.items()
        }
        # An attribute keeps the real clock while Odoo's is frozen.
        self.clock = monotonic
        self.started = monotonic()
        self.done = dict.fromkeys(("orders", "receipts", "returns"), 0)

    def make(self) -> None:
        due = [*self.months]
        while due[-1] < self.now.date():
            due.append(_add_months(due[-1], 1))
        year = Year(due, MONTHS, Random(SEED))
        for supplier in SUPPLIERS:
            for deal in year.deals(supplier):
                self.timeline.at(_at(deal.company, deal.ordered, 9), self._order, deal)
        self.template.write({"date_start": self.months[0], "auto_publish": True})
        for month in self.months:
            self.timeline.at(self._closing(month), self._evaluate, month)
        self.timeline.run(self.now)
        self.env.cr.commit()

    # ---- what happens ---------------------------------------------------------------

    def _order(self, deal):
        trading = self.trading[deal.company]
        partner = self.world.partners[deal.supplier.name]
        currency = self.world.currency(
            deal.supplier.currency or trading.company.currency_id.name
        )
        order = trading.order(
            partner.child_ids or partner,
            currency,
            _at(deal.company, deal.promised, 17),
            [self._line(line, currency, deal.ordered) for line in deal.lines],
        )
        self.done["orders"] += 1
        self._plan(deal, order, trading)

    def _line(self, line, currency, day):
        code, in_other_unit, quantity, factor = line
        product = self.world.products[code]
        uom = product.uom_id
        price = PRODUCTS[code].price * factor * self.world.rate(currency.name, day)
        if in_other_unit:
            uom = self.env.ref(f"uom.product_uom_{PRODUCTS[code].buy_uom}")
            price *= uom.factor / product.uom_id.factor
        return product, uom, quantity, round(price, 2)

    def _plan(self, deal, order, trading):
        """Enter what becomes of the order into the timeline."""
        plan, at = deal.plan, self.timeline.at

        def instant(days, hour):
            day = deal.promised + timedelta(days=days)
            return _at(deal.company, max(day, deal.ordered + timedelta(days=1)), hour)

        if plan.cancelled:
            at(instant(-4, 15), trading.cancel, order)
        for arrival in plan.arrivals:
            at(instant(arrival.days, 11), self._receive, trading, order, arrival)
        if plan.returned:
            at(instant(4, 14), self._send_back, trading, order, plan.returned)
        if new := plan.new_date:
            move = (order, instant(new.days, 17), new.reason, new.note)
            at(instant(-5, 10), trading.move_promise, *move)
        if plan.waived:
            at(instant(1, 10), trading.waive, order, plan.waived)

    def _receive(self, trading, order, arrival):
        trading.receive(order, arrival.share)
        self.done["receipts"] += 1

    def _send_back(self, trading, order, share):
        trading.send_back(order, share)
        self.done["returns"] += 1

    def _evaluate(self, month):
        """What the scheduler does every night."""
        self.env["supplier.evaluation"]._cron_evaluate_closed_periods()
        if self.template.last_error:
            raise RuntimeError(f"Evaluation failed: {self.template.last_error}")
        done = ", ".join(f"{number} {what}" for what, number in self.done.items())
        _tell(f"{month:%Y-%m} evaluated ({done}; {self.clock() - self.started:.0f} s)")

    # ---- when -----------------------------------------------------------------------

    def _months(self) -> list[date]:
        """The last twelve months that are closed, grace days included."""
        last = self.now.date().replace(day=1)
        while self._closing(last) > self.now:
            last = _add_months(last, -1)
        return [_add_months(last, number - MONTHS + 1) for number in range(MONTHS)]

    def _closing(self, month: date) -> datetime:
        """When the month can be evaluated in every company."""
        day = _add_months(month, 1) + timedelta(days=self.template.grace_days)
        return max(_at(company.name, day, 1) for company in COMPANIES)


def _at(company: str, day: date, hour: int) -> datetime:
    """An instant (naive UTC) by the clock of a company."""
    local = datetime.combine(day, time(hour), ZONES[company])
    return local.astimezone(timezone.utc).replace(tzinfo=None)


def _add_months(month: date, number: int) -> date:
    index = month.year * 12 + month.month - 1 + number
    return date(index // 12, index % 12 + 1, 1)


def _tell(text: str) -> None:
    print(f"    {text}", file=sys.stderr, flush=True)
