import json

from odoo import Command
from odoo.tests import HttpCase, tagged

from .cases import make_case
from .common import TrialCommon

# The modules of the browser, as Odoo has them loaded.
COMPARE = """
(async () => {
    const {SupplierWhatIfBoard} = odoo.loader.modules.get(
        "@supplier_evaluation/trial/supplier_what_if_board.esm"
    );
    const cases = %s;
    for (const [number, {expected, lines, ...data}] of cases.entries()) {
        const results = new SupplierWhatIfBoard(data).rescore(lines);
        if (results.length !== expected.length) {
            throw new Error(`${results.length} results for ${expected.length}`);
        }
        for (const [place, result] of results.entries()) {
            for (const [name, value] of Object.entries(expected[place])) {
                if (result[name] !== value) {
                    throw new Error(
                        `case ${number}, supplier ${place}: ${name} is ` +
                        `${result[name]} here and ${value} on the server`
                    );
                }
            }
        }
    }
    console.log("test successful");
})();
"""
BOARD = "@supplier_evaluation/trial/supplier_what_if_board.esm"
READY = f"odoo.loader.modules.get('{BOARD}')"


@tagged("post_install", "-at_install")
class TestSameNumbers(TrialCommon, HttpCase):
    """The browser and the server have the same numbers, to the last digit."""

    def _assert_same(self, cases):
        self.browser_js(
            "/odoo/supplier-what-if",
            COMPARE % json.dumps(cases),
            f"Boolean({READY})",
            login="trial_chief",
        )

    def test_scoring_core(self):
        """Twelve thousand suppliers and twelve KPIs at random: no difference at all."""
        cases = [make_case(seed, suppliers=300) for seed in range(40)]
        found = [each for case in cases for each in case["expected"]]
        for name in ("gated", "provisional"):
            self.assertGreater(sum(each[name] for each in found), 100)
        self.assertTrue(any(each["score"] is None for each in found))
        self._assert_same(cases)

    def test_evaluation(self):
        """An evaluation by another template, and what the browser makes of this one."""
        self._make_it_manifold()
        measured = self._evaluated_again()
        other = self._create_template(
            "Other",
            company_id=self.company.id,
            minimum_lines=4,
            coverage_floor=40,
            gate_grade_id=self.env.ref("supplier_evaluation.supplier_grade_c").id,
        )
        self._set_other_rules(other)
        expected = self._evaluate(other)
        cards = {card.partner_id.name: card for card in expected.scorecard_ids}
        self.assertEqual(len(cards), 9)
        self.assertTrue(any(card.gated for card in cards.values()))
        self.assertTrue(any(card.provisional for card in cards.values()))
        self.assertTrue(
            any(not line.has_value for line in expected.scorecard_ids.line_ids)
        )
        data = self._what_if(evaluation_id=measured.id, template_id=other.id)
        grades = [grade["id"] for grade in data["grades"]]
        case = {
            "columns": data["columns"],
            "rule": data["rule"],
            "thresholds": [grade["min_score"] for grade in data["grades"]],
            "count": len(data["cards"]["ids"]),
            "lines": data["kpis"],
            "expected": [
                self._said(cards[name], grades) for name in data["cards"]["names"]
            ],
        }
        self._assert_same([case])

    def test_overridden_score(self):
        run = self._evaluated_again()
        line = self._card(run, self.late_supplier).line_ids[0]
        line.write(
            {
                "is_overridden": True,
                "override_score": 66.67,
                "override_reason": "Strike",
            }
        )
        data = self._what_if(evaluation_id=run.id)
        grades = [grade["id"] for grade in data["grades"]]
        cards = self.env["supplier.scorecard"].browse(data["cards"]["ids"])
        case = {
            "columns": data["columns"],
            "rule": data["rule"],
            "thresholds": [grade["min_score"] for grade in data["grades"]],
            "count": len(cards),
            "lines": data["kpis"],
            "expected": [
                {
                    **self._said(card, grades),
                    # Composed again, the stored score has two decimals, as ever.
                    "score": card.score,
                }
                for card in cards
            ],
        }
        self._assert_same([case])

    def _said(self, card, grades):
        """What the server stored, in the words of the browser; coverage is a share."""
        self.assertTrue(card)
        return {
            "score": card.score if card.has_score else None,
            "gated": card.gated,
            "provisional": card.provisional,
            "grade": grades.index(card.grade_id.id) if card.grade_id else None,
            "rank": card.rank or None,
        }

    def _make_it_manifold(self):
        """Six more suppliers: late, short, few records, returned, and ties."""
        self.template.line_ids.unlink()
        wide = self._create_template("Wide")
        self.template.line_ids = [
            Command.create(vals) for vals in wide.line_ids.copy_data()
        ]
        for number, (came, count) in enumerate(
            (("10", 5), ("14", 5), ("25", 5), ("10", 1), ("11", 6), ("14", 5))
        ):
            partner = self._create_supplier(f"Manifold {number}")
            for index in range(count):
                line = self._order(
                    7 + number,
                    3.3 + index,
                    "2026-03-10",
                    confirmed="2026-03-01",
                    partner=partner,
                )
                short = number == 2 and index == 0
                picking = self._receive(line, f"2026-03-{came}", 3 if short else None)
                if number in (1, 4) and index == 1:
                    self._return(picking, "2026-03-27", 1 + number)

    def _set_other_rules(self, template):
        for number, line in enumerate(template.line_ids):
            is_rising = line.kpi_id.higher_is_better
            scores = (0, 33.33, 66.67, 100) if is_rising else (100, 71.3, 20, 0)
            line.write(
                {
                    "weight": 3 + number * 1.25,
                    "scale_mode": "step" if number % 4 == 3 else "linear",
                    "has_gate": number % 3 == 0,
                    "minimum_score": 30,
                    "point_ids": [
                        Command.clear(),
                        *(
                            Command.create({"value": value, "score": score})
                            for value, score in zip(
                                (0, 3, 41.5, 99), scores, strict=True
                            )
                        ),
                    ],
                }
            )
