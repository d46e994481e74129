import random
from datetime import date, timedelta

from odoo.tests import tagged

from ...models.risk.kinds import ENVIRONMENT_POINTS
from .common import RiskCommon

KPIS = ("legal_cases", "risk_rating", "environment")


@tagged("post_install", "-at_install")
class TestRiskFact(RiskCommon):
    """The three KPIs by their definitions; March 2026, cut-off at its end."""

    def _facts(self, **scope):
        self.env.flush_all()
        facts = self.env["supplier.risk.fact"]._with_fact_scope(self._scope(**scope))
        return facts.search(
            [
                ("partner_id", "=", self.supplier.id),
                ("company_id", "=", self.company.id),
            ]
        )

    def test_nobody_looked_is_no_data(self):
        for code in KPIS:
            self.assertIsNone(self._measure(code))

    def test_looked_and_nothing_found_is_0(self):
        self._check()
        self.assertEqual(self._value("legal_cases"), 0)
        self.assertIsNone(self._measure("environment"), "For that nobody looked.")
        self._check(source="Ministry", has_legal=False, has_environment=True)
        self.assertEqual(self._value("environment"), 0)
        self.assertIsNone(self._measure("risk_rating"))

    def test_looking_is_good_for_a_year(self):
        self._check("2025-04-05")
        self.assertEqual(self._value("legal_cases"), 0)
        self.checks.search([]).unlink()
        self._check("2025-03-31")
        self.assertIsNone(self._measure("legal_cases"))
        self._check("2026-04-05", source="After the cut-off")
        self.assertIsNone(self._measure("legal_cases"))

    def test_lawsuits_count_while_they_are_open(self):
        self._signal(date="2020-01-01")
        ended = self._signal(date="2026-01-01", date_end="2026-03-31")
        later = self._signal(date="2026-01-01", date_end="2026-04-30")
        self._signal(date="2026-04-05", name="After the cut-off")
        self.assertEqual(self._value("legal_cases"), 2)
        exclusions = {one.res_id: one.exclusion for one in self._facts()}
        self.assertEqual(exclusions[ended.id], "outside_period")
        self.assertFalse(exclusions[later.id])

    def test_closing_counts_from_its_instant(self):
        signal = self._signal(date="2026-01-01")
        self._set_state(signal, "closed", "2026-04-10 00:00:00")
        self.assertEqual(self._value("legal_cases"), 1)
        self._set_state(signal, "closed", "2026-03-20 00:00:00")
        self.assertIsNone(self._measure("legal_cases"))

    def test_penalties_count_for_a_year(self):
        self._signal("penalty", "2025-03-31")
        self._signal("penalty", "2025-04-05")
        closed = self._signal("penalty", "2026-03-31")
        self._set_state(closed, "closed", "2026-04-01 00:00:00")
        self.assertEqual(self._value("legal_cases"), 2)

    def test_false_alarms_and_what_is_left_out_do_not_count(self):
        wrong = self._signal()
        self._set_state(wrong, "false_alarm")
        waived = self._signal(name="Waived")
        waived._set_supplier_exclusion("manual", "Our own claim")
        self._check()
        self.assertEqual(self._value("legal_cases"), 0)
        exclusions = {
            one.res_id: one.exclusion
            for one in self._facts()
            if one.res_model == self.signals._name
        }
        self.assertEqual(exclusions, {wrong.id: "cancelled", waived.id: "manual"})

    def test_the_last_rating_of_each_source(self):
        self._rated("AAA", "2026-01-01")
        self._rated("80", "2026-03-01")
        self.assertEqual(self._value("risk_rating"), 80)
        self._rated("60", "2025-06-01", source="Other agency")
        self.assertEqual(self._value("risk_rating"), 70)
        self._rated("10", "2026-04-06", name="After the cut-off")
        self.assertEqual(self._value("risk_rating"), 70)
        superseded = self._facts().filtered(lambda one: one.exclusion == "superseded")
        self.assertEqual(superseded.mapped("rating_score"), [100])

    def test_ratings_grow_old(self):
        self._rated("AAA", "2024-03-31")
        self.assertIsNone(self._measure("risk_rating"))
        self._rated("AAA", "2024-04-05")
        self.assertEqual(self._value("risk_rating"), 100)

    def test_environment_by_severity_and_measures(self):
        self._signal("environment", severity="high")
        taken = self._signal("environment", severity="medium")
        self._set_state(taken, "mitigated")
        self._signal("environment", "2025-03-31", severity="critical")
        self.assertEqual(self._value("environment"), 5)

    def test_other_kinds_are_in_no_figure(self):
        for kind in ("abnormal_operation", "news", "sanctions"):
            self._signal(kind)
        self.assertFalse(self._facts())

    def test_other_companies_are_not_asked(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self._signal(company_id=other.id)
        self.assertIsNone(self._measure("legal_cases"))

    def test_figures_open_what_they_counted(self):
        self._order(10, 5, "2026-03-10")
        self._signal()
        self._check()
        self._rated("A", "2026-03-01")
        template = self._create_template("Risk", ["otd", *KPIS])
        evaluation = self._evaluate(template)
        card = evaluation.scorecard_ids
        self.assertFalse(evaluation.problems)
        for line in card.line_ids.filtered("has_value"):
            action = line.action_open_counted()
            found = (
                self.env[action["res_model"]]
                .with_context(**action["context"])
                .search(action["domain"])
            )
            with self.subTest(kpi=line.kpi_id.code):
                self.assertEqual(len(found), line.n)

    def test_same_as_the_definition(self):
        """Random signals, and the definitions once more in plain Python."""
        rng = random.Random(14)
        first = date(2023, 6, 1)
        kinds = ["litigation", "penalty", "environment", "credit_rating", "news"]
        signals = self.signals
        suppliers = [self._create_supplier(f"Fuzzed {i}") for i in range(12)]
        for number in range(160):
            kind = rng.choice(kinds)
            day = first + timedelta(days=rng.randrange(1080))
            vals = {
                "partner_id": rng.choice(suppliers).id,
                "severity": rng.choice(list(ENVIRONMENT_POINTS)),
                "source": rng.choice(["One", "Two"]),
                "external_ref": str(number),
            }
            if kind == "credit_rating":
                vals["rating"] = str(rng.randrange(101))
            elif rng.random() < 0.4:
                vals["date_end"] = day + timedelta(days=rng.randrange(400))
            signal = self._signal(kind, day, **vals)
            state = rng.choice(["open", "confirmed", "mitigated", "closed"])
            if rng.random() < 0.1:
                state = "false_alarm"
            closed = state == "closed" and f"2026-0{rng.randrange(1, 8)}-15 00:00:00"
            self._set_state(signal, state, closed)
            signals |= signal
        for number in range(10):
            self._check(
                first + timedelta(days=rng.randrange(1080)),
                partner_id=rng.choice(suppliers).id,
                source=str(number),
                has_environment=rng.random() < 0.5,
            )
        scope = self._scope()
        kpis = self.env["supplier.kpi"].search([("code", "in", KPIS)])
        self.env.flush_all()
        measured = kpis._measure(scope)
        last = min(scope.date_to, scope.cutoff_day)
        checks = self.checks.search([("company_id", "=", self.company.id)])
        for supplier in suppliers:
            mine = signals.filtered(lambda one, own=supplier: one.partner_id == own)
            looks = checks.filtered(lambda one, own=supplier: one.partner_id == own)
            expected = _expected(mine, looks, last, scope.cutoff)
            found = {
                code: measure.value
                for code, measure in measured.get(supplier.id, {}).items()
                if measure.value is not None
            }
            self.assertEqual(set(found), set(expected), supplier.name)
            for code, value in expected.items():
                self.assertAlmostEqual(found[code], value, 4, f"{supplier.name} {code}")

    def test_statements_do_not_depend_on_suppliers(self):
        kpis = self.env["supplier.kpi"].search([("code", "in", KPIS)])
        counts = []
        for count in (3, 30):
            for number in range(count):
                supplier = self._create_supplier(f"Measured {count} {number}")
                self._signal(partner_id=supplier.id)
                self._rated("A", "2026-03-01", partner_id=supplier.id)
            kpis._measure(self._scope())
            counts.append(self._statements_of(lambda: kpis._measure(self._scope())))
        self.assertEqual(*counts)


def _expected(signals, checks, last, cutoff):
    """The definitions of the three KPIs, of one supplier, in plain Python."""
    year = date(last.year - 1, last.month, last.day) + timedelta(days=1)
    two_years = date(last.year - 2, last.month, last.day) + timedelta(days=1)
    counted = [
        one for one in signals if one.state != "false_alarm" and one.date <= last
    ]
    looked = [one for one in checks if year <= one.date <= last]
    expected = {}
    cases = [
        one
        for one in counted
        if (one.kind == "penalty" and one.date >= year)
        or (
            one.kind == "litigation"
            and not (one.date_end and one.date_end <= last)
            and not (one.state == "closed" and one.date_closed <= cutoff)
        )
    ]
    if cases or any(one.has_legal for one in looked):
        expected["legal_cases"] = len(cases)
    violations = [
        ENVIRONMENT_POINTS[one.severity]
        / (2 if one.state in ("mitigated", "closed") else 1)
        for one in counted
        if one.kind == "environment" and one.date >= year
    ]
    if violations or any(one.has_environment for one in looked):
        expected["environment"] = sum(violations)
    ratings = {}
    for one in sorted(counted, key=lambda one: (one.date, one.id)):
        if one.kind == "credit_rating":
            ratings[one.source] = one
    scores = [one.rating_score for one in ratings.values() if one.date >= two_years]
    if scores:
        expected["risk_rating"] = sum(scores) / len(scores)
    return expected
