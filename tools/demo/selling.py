"""What customers order, from the order to the delivery, and what they had of whom."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from odoo import Command

from .catalogue import HERE, PRODUCTS
from .clock import add_months, by_clock
from .customers import CUSTOMERS, MARKUP, OPEN, PAST, QUOTATION, sales
from .suppliers import SUPPLIERS
from .trading import QUIET

# What counts in the scorecards of what customers had: KPI, weight, and its scale. Who
# delivered takes part; of whom customers had nothing, too little is known for a rank.
SCALES = (
    ("customer_impact", 50, ((0, 100), (10, 60), (50, 0))),
    ("order_accuracy", 30, ((40, 0), (80, 60), (100, 100))),
    ("otd", 20, ((50, 0), (80, 60), (95, 90), (100, 100))),
)
# So many months are evaluated, the newest last.
MONTHS = 3


class Selling:
    """The sales desk of one company, and its storekeepers.

    :param trading: who orders of suppliers, receives and bills there
    :param service: what is said there
    :param world: products and suppliers
    """

    def __init__(self, trading, service, world, timeline):
        self.trading, self.service = trading, service
        self.world, self.timeline = world, timeline
        self.words = service.words
        self.company = trading.company
        context = {
            "allowed_company_ids": self.company.ids,
            "lang": trading.env.lang,
            **QUIET,
        }
        self.env = trading.env(user=service.people["sales"], su=False, context=context)
        self.done = 0
        everything = [*(sale for *_when, sale in (*PAST, *OPEN)), QUOTATION]
        self._offer(everything)
        self.customers = {name: self._customer(name) for name in CUSTOMERS}

    # ---- what is sold, and to whom --------------------------------------------------

    def _offer(self, everything):
        """Sell these products; what is not in stock is ordered when it is sold."""
        routes = self._routes()
        lead_days = {each.name: each.lead_days for each in SUPPLIERS}
        for sale in everything:
            product = self.world.products[sale.code]
            product.write(
                {
                    "sale_ok": True,
                    "list_price": round(PRODUCTS[sale.code].price * MARKUP, 2),
                }
            )
            if sale.supplier and not product.seller_ids:
                seller = {
                    "partner_id": self.world.partners[sale.supplier].id,
                    "price": PRODUCTS[sale.code].price,
                    "currency_id": self.company.currency_id.id,
                    "delay": lead_days[sale.supplier],
                }
                product.write(
                    {
                        "route_ids": [Command.set(routes.ids)],
                        "seller_ids": [Command.create(seller)],
                    }
                )

    def _routes(self):
        """Make to order, and buy."""
        env = self.world.env
        to_order = env.ref("stock.route_warehouse0_mto")
        to_order.active = True
        return to_order | env.ref("purchase_stock.route_warehouse0_buy")

    def _customer(self, name):
        # Nobody has an address in this domain: the demo can write to nobody.
        return self.world.env["res.partner"].create(
            {
                "name": self.words(name),
                "is_company": True,
                "customer_rank": 1,
                "email": f"office@{name.split()[0].lower()}.example",
                "comment": self.words(
                    "Demo customer: %(character)s.",
                    character=self.words(CUSTOMERS[name]),
                ),
            }
        )

    # ---- when -----------------------------------------------------------------------

    def plan(self, month: date, today: date, bills: list) -> None:
        """Enter all orders into the timeline.

        :param month: the first day of the newest closed month
        :param bills: where bills of suppliers wait until somebody enters them
        """
        self.bills = bills
        for wanted, sale in sales(month, today):
            sold = by_clock(HERE, wanted - timedelta(days=sale.sold), 8)
            self.timeline.at(sold, self._sell, sale, wanted)
        asked = by_clock(HERE, today - timedelta(days=3), 10)
        self.timeline.at(asked, self._order, QUOTATION, today + timedelta(days=30))

    def _sell(self, sale, wanted):
        """A customer orders; what follows is entered into the timeline."""
        order = self._order(sale, wanted)
        order.action_confirm()
        self.done += 1

        def instant(days, hour):
            return by_clock(HERE, wanted + timedelta(days=days), hour)

        at = self.timeline.at
        if sale.supplier:
            promise = instant(sale.promised, 17)
            at(instant(sale.bought, 9), self._buy, order, promise)
        for days, share in sale.came:
            at(instant(days, 11), self._receive, order, share)
        for days in sale.left:
            at(instant(days, 15), self._ship, order)
        if sale.billed:
            at(instant(sale.left[-1], 17), self._bill, order)
        if sale.complaint:
            at(instant(4, 10), self._complain, order, sale.complaint)

    # ---- what happens ---------------------------------------------------------------

    def _order(self, sale, wanted):
        line = {
            "product_id": self.world.products[sale.code].id,
            "product_uom_qty": sale.quantity,
        }
        return self.env["sale.order"].create(
            {
                "partner_id": self.customers[sale.customer].id,
                "company_id": self.company.id,
                "user_id": self.env.uid,
                "commitment_date": by_clock(HERE, wanted, 12),
                "order_line": [Command.create(line)],
            }
        )

    def _bought(self, order):
        """What was ordered of suppliers for a customer's order."""
        moves = order.with_env(self.trading.env).order_line.move_ids
        return moves.created_purchase_line_ids.order_id

    def _buy(self, order, promise):
        """Our buyer confirms what Odoo proposed when the customer ordered."""
        request = self._bought(order)
        request.order_line.date_planned = promise
        request.button_confirm()

    def _receive(self, order, share):
        bought = self._bought(order)
        self.trading.receive([(bought, share)])
        if "assigned" not in bought.picking_ids.mapped("state"):
            now = datetime.now()
            self.bills.append((bought, now.date(), f"{now:%y%m}-{bought.id}", _agreed))

    def _ship(self, order):
        """Send what is there; the rest waits."""
        waiting = order.with_env(self.trading.env).picking_ids.filtered(
            lambda each: each.state not in ("done", "cancel")
        )
        waiting.action_assign()
        self.trading._validate(waiting)

    def _bill(self, order):
        """The customer gets a bill, which is due at once."""
        bill = order.with_env(self.trading.env)._create_invoices()
        bill.invoice_date = datetime.now().date()
        bill.action_post()

    def _complain(self, order, complaint):
        """A customer calls: the button on the order makes an incident of it."""
        action = order.with_env(self.service.env).action_report_supplier_incident()
        incidents = self.service.env["supplier.incident"]
        incidents.with_context(**action["context"]).create(
            {
                "title": self.words(complaint.title),
                "description": self.words(complaint.description),
                "incident_type": complaint.kind,
                "severity": complaint.severity,
                "quantity": complaint.quantity,
                "responsibility": complaint.responsibility,
                "reporter_id": self.env.uid,
                "user_id": self.service.people["quality"].id,
                "state": "waiting",
            }
        )

    # ---- what customers had of suppliers --------------------------------------------

    def judge(self, months: list[date]) -> None:
        """Evaluate the newest months by what customers had of each supplier."""
        kpis = {
            kpi.code: kpi.id
            for kpi in self.world.env["supplier.kpi"].search(
                [("code", "in", [code for code, *_scale in SCALES])]
            )
        }
        template = self.world.env["supplier.scorecard.template"].create(
            {
                "name": self.words("What customers had of suppliers"),
                "company_id": self.company.id,
                "period": "month",
                "is_scheduled": False,
                "auto_publish": True,
                # It is beside what suppliers are judged by, and changes no grade.
                "sets_vendor_score": False,
                "sequence": 90,
                "line_ids": [
                    Command.create(
                        {
                            "kpi_id": kpis[code],
                            "weight": weight,
                            "point_ids": [
                                Command.create({"value": value, "score": score})
                                for value, score in points
                            ],
                        }
                    )
                    for code, weight, points in SCALES
                ],
            }
        )
        runs = self.world.env["supplier.evaluation"]
        for month in months[-MONTHS:]:
            last = add_months(month, 1) - timedelta(days=1)
            runs._evaluate_period(template, self.company, month, last)


def _agreed(price: float) -> float:
    return price
