"""Makes the demo's history and lets the scheduled action evaluate every month.

An imported module, and no script: only of those is the clock set.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from functools import partial
from random import Random

from odoo import Command

from tools.console import step
from tools.demo import course, quiet, sequel
from tools.demo.afterwards import conclude
from tools.demo.catalogue import COMPANIES, HERE, PRODUCTS
from tools.demo.clock import ZONES, add_months, by_clock
from tools.demo.deals import Year
from tools.demo.expecting import Expecting
from tools.demo.following import Following
from tools.demo.qualifying import Qualifying
from tools.demo.reviewing import DAYS, LATE, LATE_DAY, Reviewing
from tools.demo.selling import Selling
from tools.demo.service import Service
from tools.demo.suppliers import SUPPLIERS
from tools.demo.timeline import Timeline
from tools.demo.trading import Trading
from tools.demo.words import Words
from tools.demo.world import World, speaking

SEED = 19
MONTHS = 12


class History:
    """Everything that happened from a year ago until `now`, as it happened.

    :param words: the language in which everybody speaks
    """

    def __init__(self, env, now: datetime, words: Words):
        self.env = env = speaking(env, words.lang)
        self.words = words
        self.now = now
        self.template = self._general()
        self.months = self._months()
        self.timeline = Timeline(env)
        # Exchange rates begin before the first orders do.
        rates = [add_months(self.months[0], number - 2) for number in range(16)]
        self.world = World(
            env, [month for month in rates if month <= now.date()], words
        )
        companies = self.world.companies.items()
        self.trading = {
            name: Trading(env, company, self.world.people["manager"])
            for name, company in companies
        }
        self.services = {
            name: Service(env, company, self.world.people, words)
            for name, company in companies
        }
        self.bills = {name: [] for name in self.trading}
        self.reviewing = Reviewing(
            env, self.template, self.services, self.months, Random(SEED)
        )
        self.qualifying = Qualifying(
            env, self.services[HERE], self.world.partners, Random(SEED)
        )
        self.following = Following(
            env,
            self.services[HERE],
            self.world.partners,
            self.world.products,
            words,
        )
        self.selling = Selling(
            self.trading[HERE], self.services[HERE], self.world, self.timeline
        )
        kinds = "orders receipts returns bills payments messages incidents"
        self.done = dict.fromkeys(kinds.split(), 0)

    def make(self) -> None:
        self.reviewing.prepare(self.world.people)
        self.timeline.at(self._start(), self._hand_in, None)
        due = [*self.months]
        while due[-1] < self.now.date():
            due.append(add_months(due[-1], 1))
        year = Year(due, MONTHS, Random(SEED))
        for supplier in SUPPLIERS:
            for deal in year.deals(supplier):
                ordered = by_clock(deal.company, deal.ordered, 9)
                self.timeline.together(ordered, self._order, deal, deal.company)
        for days in {paper.entered for each in SUPPLIERS for paper in each.papers}:
            if days is not None:
                instant = self.now - timedelta(days=days)
                self.timeline.at(instant, self._hand_in, days)
        self._qualify()
        self._watch()
        self.selling.plan(self.months[-1], self.now.date(), self.bills[HERE])
        for month in due:
            self._books(month)
        self.template.date_start = self.months[0]
        for month in self.months:
            self._reviews(month)
            self.timeline.at(self._closing(month), self._evaluate)
        with (
            step("A year of orders, receipts and evaluations") as progress,
            quiet.unread(),
            quiet.nothing_reordered(self.env),
            quiet.nothing_distributed(),
        ):
            self.timeline.run(self.now, partial(self._tell, progress))
        self.selling.judge(self.months)
        self._publish_what_waits()
        self.qualifying.enforce(self.world.products)
        conclude(self.following, self.template, self.qualifying.partners)
        self.env.cr.commit()

    def _general(self):
        """The preset that looks at everything, every month; no other is scheduled."""
        name = "supplier_evaluation.supplier_scorecard_template"
        self.env.ref(f"{name}_delivery").is_scheduled = False
        template = self.env.ref(f"{name}_general")
        review = {"value": 0, "score": 0}, {"value": 100, "score": 100}
        template.write(
            {
                "is_scheduled": True,
                "auto_publish": True,
                "period": "month",
                "line_ids": [
                    Command.create(
                        {
                            "kpi_id": self.env.ref(
                                "supplier_evaluation.supplier_kpi_review"
                            ).id,
                            "sequence": 115,
                            "weight": 10,
                            "point_ids": [Command.create(point) for point in review],
                        }
                    )
                ],
            }
        )
        return template

    def _books(self, month):
        """Bills are entered twice a month, and paid when the second are."""
        last = add_months(month, 1) - timedelta(days=1)
        for company in self.bills:
            for day in (month.replace(day=15), last):
                self.timeline.at(by_clock(company, day, 20), self._enter_bills, company)
            self.timeline.at(
                by_clock(company, last, 21), self._pay_bills, company, last
            )

    def _reviews(self, month):
        """On the first of the next month people are asked, later they answer."""
        first = add_months(month, 1)
        self.timeline.at(by_clock(HERE, first, 8), self.reviewing.ask)
        for role, day in DAYS.items():
            instant = by_clock(HERE, first.replace(day=day), 14)
            self.timeline.at(instant, self.reviewing.answer, month, role)
        late = partial(self.reviewing.answer, month, LATE[1], late=True)
        self.timeline.at(by_clock(HERE, first.replace(day=LATE_DAY), 9), late)

    def _qualify(self):
        """Certifications and stages; the policies come when all orders are placed."""
        at, today = self.timeline.at, self.now.date()

        def instant(days, hour):
            return by_clock(HERE, today - timedelta(days=days), hour)

        for name, deed in course.steps():
            action = getattr(self.qualifying, deed.what)
            at(instant(deed.ago, 10), action, name, *deed.args)
        tightened = instant(course.ISO_9001_SINCE, 9)
        at(tightened, self.qualifying.ask_for_iso_9001)
        for days in course.NIGHTS:
            at(instant(days, 2), self.qualifying.night)

    def _watch(self):
        """Rules are looked at since a few months; corrective actions are older."""
        at, today = self.timeline.at, self.now.date()

        def instant(days, hour):
            return by_clock(HERE, today - timedelta(days=days), hour)

        own = self.following
        for name, code, begun, done, cause, answer in sequel.ACTIONS:
            at(instant(begun, 11), own.begin, name, code, answer)
            at(instant(done, 11), own.implement, name, cause, answer)
        for days in sequel.NIGHTS:
            at(instant(days, 4), own.night)
            at(instant(days, 9), own.morning)
        at(instant(10, 10), own.settle)

    # ---- what happens ---------------------------------------------------------------

    def _order(self, deals, company):
        trading = self.trading[company]
        orders = trading.order([self._request(deal, trading) for deal in deals])
        self.done["orders"] += len(orders)
        for deal, order in zip(deals, orders, strict=True):
            self._plan(deal, order, trading)

    def _request(self, deal, trading):
        partner = self.world.partners[deal.supplier.name]
        own = trading.company.currency_id.name
        currency = self.world.currency(deal.supplier.currency or own)
        lines = [self._line(line, currency, deal.ordered) for line in deal.lines]
        promise = by_clock(deal.company, deal.promised, 17)
        return partner.child_ids or partner, currency, promise, lines, deal.discount

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
            return by_clock(
                deal.company, max(day, deal.ordered + timedelta(days=1)), hour
            )

        if plan.cancelled:
            at(instant(-4, 15), trading.cancel, order)
        for arrival in plan.arrivals:
            arrived = instant(arrival.days, 11), self._receive, (order, arrival.share)
            self.timeline.together(*arrived, trading)
        if plan.returned:
            at(instant(4, 14), self._send_back, trading, order, plan.returned)
        if new := plan.new_date:
            move = (order, instant(new.days, 17), new.reason, self.words(new.note))
            at(instant(-5, 10), trading.move_promise, *move)
        if plan.waived:
            at(instant(1, 10), trading.waive, order, self.words(plan.waived))
        self._plan_business(deal, order, instant)

    def _plan_business(self, deal, order, instant):
        """Enter what is said, billed and complained about."""
        at, arrivals = self.timeline.at, deal.plan.arrivals
        if deal.asked:
            asked = by_clock(deal.company, deal.ordered, 15)
            body = self.words(
                "Please confirm the day and the quantities of %(order)s.",
                order=order.name,
            )
            at(asked, self._ask, deal, order, body)
            self._answer_later(
                deal, order, asked, deal.answer, self.words("Confirmed.")
            )
        if deal.bill and arrivals:
            days = max(arrivals[-1].days, 4 if deal.plan.returned else 0)
            entered = instant(days + deal.bill.days, 16)
            at(entered, self._bill, deal, order)
        if deal.incident:
            days = arrivals[0].days + 1 if arrivals else 10
            at(instant(days, 15), self._report, deal, order)

    def _answer_later(self, deal, document, asked, hours, body):
        if hours is None:
            return
        service = self.services[deal.company]
        partner = document.partner_id
        instant = asked + timedelta(hours=hours)
        self.timeline.at(instant, service.answer, document, partner, body)
        self.done["messages"] += 1

    def _ask(self, deal, document, body):
        self.services[deal.company].ask(document, document.partner_id, body)
        self.done["messages"] += 1

    def _bill(self, deal, order):
        """The vendor's bill comes; it waits until somebody enters it."""
        today = datetime.now(ZONES[deal.company]).date()
        number = f"{today:%y%m}-{order.id}"
        self.bills[deal.company].append((order, today, number, deal.bill.price))

    def _enter_bills(self, company):
        bills = self.bills[company]
        if bills:
            self.trading[company].enter_bills(bills)
            self.done["bills"] += len(bills)
            bills.clear()

    def _pay_bills(self, company, day):
        for supplier in SUPPLIERS:
            if supplier.overdue is not None and company in dict(supplier.orders):
                due = day - timedelta(days=supplier.overdue)
                partner = self.world.partners[supplier.name]
                self.done["payments"] += self.trading[company].pay(partner, due) > 0

    def _report(self, deal, order):
        """Open an incident, write to the supplier; it answers and mends, or not."""
        trouble, service = deal.incident, self.services[deal.company]
        now = datetime.now(timezone.utc).replace(tzinfo=None)
        rate = self.world.rate(service.company.currency_id.name, now.date())
        due = now.date() + timedelta(days=trouble.due)
        cost = round(trouble.cost * rate, 2)
        incident = service.report(order, trouble, cost, due)
        self.done["incidents"] += 1
        asked = now + timedelta(minutes=30)
        described = self.words(trouble.description)
        self.timeline.at(asked, self._ask, deal, incident, described)
        answer = self.words("We look into it.")
        self._answer_later(deal, incident, asked, trouble.answered, answer)
        if trouble.answered is not None:
            answered = asked + timedelta(hours=trouble.answered)
            self.timeline.at(answered, service.take_up, incident)
        if trouble.resolved is not None:
            resolved = now + timedelta(days=trouble.resolved)
            self.timeline.at(resolved, service.resolve, incident)

    def _hand_in(self, days):
        """Enter the documents that were entered so many days ago."""
        for supplier in SUPPLIERS:
            partner = self.world.partners[supplier.name]
            for number, paper in enumerate(supplier.papers, 1):
                if paper.entered == days:
                    name = f"{partner.id:03}-{number}"
                    self.services[HERE].hand_in(partner, paper, name, self.now.date())

    def _receive(self, arrivals, trading):
        trading.receive(arrivals)
        self.done["receipts"] += len(arrivals)

    def _send_back(self, trading, order, share):
        trading.send_back(order, share)
        self.done["returns"] += 1

    def _evaluate(self):
        """What the scheduler does every night."""
        self.env["supplier.evaluation"]._cron_evaluate_closed_periods()
        self._publish_what_waits()
        Expecting(self.following).learn()

    def _publish_what_waits(self):
        """What a manager left something out of, somebody else publishes."""
        computed = self.env["supplier.evaluation"].search(
            [("state", "=", "computed"), ("is_preview", "=", False)], order="date_to"
        )
        admin = self.env.ref("base.user_admin")
        for run in computed.filtered("left_out_rows"):
            run.with_user(admin).with_company(run.company_id).action_publish()

    def _tell(self, progress, share):
        self.done["reviews"] = self.reviewing.done
        self.done["sales"] = self.selling.done
        done = ", ".join(f"{number} {what}" for what, number in self.done.items())
        progress.update(f"{date.today():%Y-%m-%d}: {done}", share)

    # ---- when -----------------------------------------------------------------------

    def _months(self) -> list[date]:
        """The last twelve months that are closed, grace days included."""
        last = self.now.date().replace(day=1)
        while self._closing(last) > self.now:
            last = add_months(last, -1)
        return [add_months(last, number - MONTHS + 1) for number in range(MONTHS)]

    def _start(self) -> datetime:
        """Before the first order of any supplier."""
        return by_clock(HERE, add_months(self.months[0], -2), 8)

    def _closing(self, month: date) -> datetime:
        """When the month can be evaluated in every company."""
        day = add_months(month, 1) + timedelta(days=self.template.grace_days)
        return max(by_clock(company.name, day, 1) for company in COMPANIES)
