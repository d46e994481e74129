"""The demo's suppliers, before any of them meets Odoo."""

import unittest
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

from tools.demo import course, papers
from tools.demo.catalogue import COMPANIES, HERE, PEOPLE, PRODUCTS, RATES
from tools.demo.deals import Year
from tools.demo.opinions import ROLES, rate
from tools.demo.reviewing import DAYS, LATE, OPEN
from tools.demo.suppliers import SUPPLIERS
from tools.demo.trouble import Trouble

MONTHS = [date(2025, month, 1) for month in range(1, 13)]
# With fewer counted lines a score is provisional.
MINIMUM_LINES = 5


def deals_of(supplier, seed=1):
    return list(Year(MONTHS, len(MONTHS), Random(seed)).deals(supplier))


def orders_of(name, seed=1):
    """The orders of a supplier that are neither cancelled nor waived, by due date."""
    [supplier] = (each for each in SUPPLIERS if each.name == name)
    deals = (deal for deal in deals_of(supplier, seed) if deal.bill)
    return sorted(deals, key=lambda deal: deal.promised)


def price_of(deal):
    return deal.lines[0][3]


class TestScripts(unittest.TestCase):
    def test_they_hold_no_clock(self):
        """What is run by its path is no module, and keeps the real clock."""
        demo = Path(__file__).parents[1] / "demo"
        for name in ("load", "make", "show"):
            with self.subTest(name):
                self.assertNotIn("Timeline", (demo / f"{name}.py").read_text())
        self.assertIn("Timeline", (demo / "story.py").read_text())


class TestSuppliers(unittest.TestCase):
    def test_names_exist(self):
        companies = {company.name for company in COMPANIES}
        for supplier in SUPPLIERS:
            with self.subTest(supplier.name):
                self.assertLessEqual(set(supplier.products), PRODUCTS.keys())
                self.assertLessEqual({name for name, _n in supplier.orders}, companies)
                self.assertIn(supplier.currency, {"", *RATES})
                self.assertLessEqual(supplier.lines[1], len(supplier.products))

    def test_each_has_a_character_of_its_own(self):
        self.assertEqual(len(SUPPLIERS), 12)
        self.assertEqual(len({supplier.character for supplier in SUPPLIERS}), 12)


class TestDeals(unittest.TestCase):
    def test_same_seed_same_year(self):
        for supplier in SUPPLIERS:
            with self.subTest(supplier.name):
                self.assertEqual(deals_of(supplier), deals_of(supplier))

    def test_days(self):
        for deal in (deal for each in SUPPLIERS for deal in deals_of(each)):
            with self.subTest(deal=deal):
                self.assertLess(deal.ordered, deal.promised)
                self.assertLess(deal.ordered.weekday(), 5)
                self.assertLess(deal.promised.weekday(), 5)
                self.assertIn(deal.promised.replace(day=1), MONTHS)

    def test_enough_lines_to_be_ranked(self):
        for supplier in SUPPLIERS:
            lines = Counter()
            for deal in deals_of(supplier):
                goods = [line for line in deal.lines if line[0] != "SV-CAL"]
                if not (deal.plan.cancelled or deal.plan.waived):
                    lines[deal.company, deal.promised.month] += len(goods)
            enough = min(lines.values()) >= MINIMUM_LINES
            with self.subTest(supplier.name):
                self.assertEqual(enough, supplier.name != "Pocket Springs")

    def test_characters_change_over_the_year(self):
        late = {
            supplier.name: [
                any(arrival.days > 0 for arrival in deal.plan.arrivals)
                for deal in deals_of(supplier)
                if deal.plan.arrivals and deal.company == supplier.orders[0][0]
            ]
            for supplier in SUPPLIERS
        }
        for name, first, last in (
            ("Downhill Castings", False, True),
            ("Phoenix Machining", True, False),
            ("Twoday Fasteners", True, True),
            ("Branch Office Optics", False, False),
        ):
            with self.subTest(name):
                self.assertEqual((late[name][0], late[name][-1]), (first, last))


class TestBusiness(unittest.TestCase):
    def test_prices_tell_a_story(self):
        for name, check in (
            ("Clockwork Bearings", self.assertEqual),
            ("Downhill Castings", self.assertLess),
            ("Phoenix Machining", self.assertGreater),
        ):
            orders = orders_of(name)
            with self.subTest(name):
                check(price_of(orders[0]), price_of(orders[-1]))

    def test_products_have_a_market(self):
        sellers = Counter(
            code
            for supplier in SUPPLIERS
            for code in supplier.products
            if HERE in dict(supplier.orders)
        )
        self.assertGreaterEqual(sum(count > 1 for count in sellers.values()), 6)

    def test_bills(self):
        rounded = {
            round(deal.bill.price(price), 2)
            for deal in orders_of("Plenty Packaging")
            for price in (0.81, 5.4)
        }
        self.assertEqual(rounded, {0.85, 5.4})
        billed = [deal.bill.price(100) for deal in orders_of("Perhaps Motors")]
        self.assertGreater(sum(price > 100 for price in billed), len(billed) / 3)
        self.assertEqual(min(billed), 100)
        self.assertEqual(orders_of("Twoday Fasteners")[0].bill.price(4.23), 4.23)

    def test_discounts_of_one(self):
        giving = {
            each.name
            for each in SUPPLIERS
            if any(deal.discount for deal in orders_of(each.name))
        }
        self.assertEqual(giving, {"Douzaine Étiquettes"})

    def test_answers(self):
        hours = {
            each.name: [deal.answer for deal in orders_of(each.name) if deal.asked]
            for each in SUPPLIERS
        }
        for name in hours:
            months = {deal.promised.month for deal in orders_of(name) if deal.asked}
            with self.subTest(name):
                self.assertEqual(len(months), 12)
        self.assertEqual(set(hours["Twoday Fasteners"]), {48, 53})
        self.assertEqual(set(hours["Neverland Foundry"]), {None})
        self.assertLess(max(hours["Boomerang Ceramics"]), 4)
        down = hours["Downhill Castings"]
        self.assertLess(down[0], 48)
        self.assertGreater(down[-1], 48)


class TestTrouble(unittest.TestCase):
    def test_does_not_count_against_everybody(self):
        for name, responsible in (
            ("Piecemeal Plastics", {"carrier"}),
            ("Plenty Packaging", {"us"}),
            ("Boomerang Ceramics", {"supplier"}),
        ):
            found = {trouble.responsibility for trouble in self.troubles_of(name)}
            with self.subTest(name):
                self.assertEqual(found, responsible)

    def test_downhill(self):
        """Whatever the dice say, one stops a line and one stays open."""
        for seed in range(5):
            troubles = self.troubles_of("Downhill Castings", seed)
            severities = [trouble.severity for trouble in troubles]
            unresolved = [each for each in troubles if each.resolved is None]
            with self.subTest(seed=seed):
                # One for each company.
                self.assertEqual(severities.count("critical"), 2)
                self.assertEqual(len(unresolved), 2)

    def test_order_of_events(self):
        for supplier in SUPPLIERS:
            for trouble in self.troubles_of(supplier.name):
                with self.subTest(supplier.name, title=trouble.title):
                    self.assertLess(trouble.share, 1)
                    if trouble.resolved is not None:
                        self.assertLess(trouble.answered, 24 * trouble.resolved)

    def troubles_of(self, name, seed=1) -> list[Trouble]:
        return [deal.incident for deal in orders_of(name, seed) if deal.incident]


class TestOpinions(unittest.TestCase):
    def test_everybody_has_one_of_everybody(self):
        # The manager only waives what others bought.
        self.assertEqual(set(ROLES) | {"manager", "sales"}, set(PEOPLE))
        self.assertEqual(set(ROLES), set(DAYS))
        rng = Random(1)
        for supplier in SUPPLIERS:
            for role in ROLES:
                answers = {
                    rate(supplier.opinion, role, month / 11, rng) for month in range(12)
                }
                with self.subTest(supplier.name, role=role):
                    self.assertLessEqual(answers, set(range(11)))

    def test_late_and_open_ones_exist(self):
        names = {supplier.name for supplier in SUPPLIERS}
        for name, role in (LATE[:2], *OPEN):
            with self.subTest(name):
                self.assertIn(name, names)
                self.assertIn(role, ROLES)


class TestPapers(unittest.TestCase):
    def test_every_state_is_there(self):
        handed_in = [paper for each in SUPPLIERS for paper in each.papers]
        ends = [paper.until for paper in handed_in if paper.until]
        self.assertTrue(any(-60 < days < 0 for days in ends))
        self.assertTrue(any(0 < days < 30 for days in ends))
        self.assertTrue(any(paper.rejected for paper in handed_in))
        self.assertFalse(all(paper.decided for paper in handed_in))
        required = [each for each in SUPPLIERS if each.tier in papers.REQUIRED_TIERS]
        lacking = [
            supplier.name
            for supplier in required
            if {paper.kind for paper in supplier.papers} != set(papers.REQUIRED)
        ]
        self.assertEqual(lacking, ["Perhaps Motors"])

    def test_a_renewed_paper_was_verified_before(self):
        for supplier in SUPPLIERS:
            kinds = Counter()
            for paper in supplier.papers:
                with self.subTest(supplier.name, kind=paper.kind):
                    self.assertLessEqual(kinds[paper.kind], 1)
                    if kinds[paper.kind]:
                        self.assertIsNotNone(paper.entered)
                kinds[paper.kind] += paper.decided and not paper.rejected


class TestCourse(unittest.TestCase):
    # What a step leaves behind.
    STATES = {
        "apply": "submitted",
        "renew": "submitted",
        "review": "review",
        "finish_review": "approval",
        "meet_conditions": "certified",
        "reject": "rejected",
        "suspend": "suspended",
        "revoke": "revoked",
    }

    def state_of(self, name):
        """The state of a supplier's last certification today."""
        state, ago = None, 0
        for step in course.COURSES[name]:
            if step.what == "approve":
                role, *conditions = step.args
                if role == course.APPROVERS[-1][1]:
                    state, ago = "conditional" if conditions else "certified", step.ago
            else:
                state = self.STATES.get(step.what, state)
        over = ago > 31 * course.VALIDITY_MONTHS
        return "expired" if state == "certified" and over else state

    def test_names_exist(self):
        suppliers = {supplier.name for supplier in SUPPLIERS}
        self.assertEqual(course.COURSES.keys(), suppliers)
        self.assertFalse(course.PROSPECTS.keys() & suppliers)
        self.assertIn(course.OVERRIDE[0], suppliers)
        self.assertIn(course.OVERRIDE[1], PRODUCTS)
        roles = {step.args[1] for _name, step in course.steps() if step.what == "move"}
        roles |= {role for _name, role in course.APPROVERS}
        self.assertLessEqual(roles, {"admin", *PEOPLE})

    def test_nobody_decides_twice_or_on_an_own_application(self):
        roles = [role for _name, role in course.APPROVERS]
        self.assertEqual(len(set(roles)), len(roles))
        self.assertNotIn("buyer", roles)

    def test_steps_are_in_order(self):
        courses = {**course.COURSES}
        courses |= {name: steps for name, (_c, steps) in course.PROSPECTS.items()}
        for name, steps in courses.items():
            own = [step for step in steps if step.what not in ("enter", "move")]
            moved = [step for step in steps if step.what in ("enter", "move")]
            for days in ([step.ago for step in part] for part in (own, moved)):
                with self.subTest(name):
                    self.assertEqual(days, sorted(days, reverse=True))

    def test_days_are_in_the_history(self):
        """It begins fourteen months before the newest closed one ends."""
        days = [step.ago for _name, step in course.steps()]
        self.assertGreater(min(days), 0)
        self.assertLess(max(days), 14 * 30 + 2)

    def test_every_state_is_there(self):
        states = {name: self.state_of(name) for name in course.COURSES}
        self.assertEqual(
            {name: state for name, state in states.items() if state},
            {
                "Clockwork Bearings": "certified",
                "Phoenix Machining": "certified",
                "Douzaine Étiquettes": "conditional",
                "Boomerang Ceramics": "suspended",
                "Downhill Castings": "revoked",
                "Twoday Fasteners": "expired",
                "Perhaps Motors": "rejected",
                "Piecemeal Plastics": "review",
                "Branch Office Optics": "approval",
            },
        )

    def test_every_stage_is_there(self):
        last = {}
        for name, step in course.steps():
            if step.what in ("enter", "move"):
                last[name] = step.args[0]
        self.assertEqual(
            set(last.values()),
            {
                "potential",
                "screening",
                "trial",
                "approved",
                "preferred",
                "phasing_out",
                "blocked",
            },
        )
        self.assertEqual(last["Pocket Springs"], "trial")

    def test_certified_suppliers_have_their_papers(self):
        """Of who applies after ISO 9001 is asked for, it is there on that day."""
        for supplier in SUPPLIERS:
            for step in course.COURSES[supplier.name]:
                if step.what not in ("apply", "renew"):
                    continue
                kinds = {
                    paper.kind
                    for paper in supplier.papers
                    if not paper.rejected
                    and (paper.entered is None or paper.entered > step.ago)
                    and (paper.until is None or paper.until > -step.ago)
                }
                needed = {"business_licence"}
                if step.ago < course.ISO_9001_SINCE:
                    needed.add("iso_9001")
                with self.subTest(supplier.name, ago=step.ago):
                    self.assertLessEqual(needed, kinds)

    def test_trials_are_smaller_than_their_limit(self):
        for deal in deals_of(*(s for s in SUPPLIERS if s.name == "Pocket Springs")):
            total = sum(
                PRODUCTS[code].price * factor * quantity
                for code, _other, quantity, factor in deal.lines
            )
            self.assertLess(total, course.TRIAL_LIMIT)


if __name__ == "__main__":
    unittest.main()
