from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .common import ForecastCommon

NOW = "2026-05-10 02:00:00"


@tagged("post_install", "-at_install")
class TestExpectedScore(ForecastCommon):
    """May while it runs: one line came on time, and others are still to come."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.scorecard.template"].search([]).active = False
        cls.template = cls._create_template(
            "Monthly", ["otd"], weighting="line", date_start=date(2026, 5, 1)
        )
        cls._receive(cls._order(10, 5, "2026-05-04"), "2026-05-04")
        cls.env.flush_all()

    def _card(self):
        with freeze_time(NOW):
            self.env["supplier.evaluation"]._look_at_running(
                self.template, self.company, date(2026, 5, 1), date(2026, 5, 31)
            )
            self.forecasts._make(self.company)
        self.env.invalidate_all()
        return self.env["supplier.scorecard"].search(
            [
                ("template_id", "=", self.template.id),
                ("partner_id", "=", self.supplier.id),
            ]
        )

    def _read(self, card, name="expected_score"):
        with freeze_time(NOW):
            return self._as(card, "buyer")[name]

    def test_open_lines_count_with_their_probability(self):
        lines = [self._order(10, 5, "2026-05-20"), self._order(10, 5, "2026-05-31")]
        self._order(10, 5, "2026-06-01")
        card = self._card()
        self.assertEqual(card.score, 100)
        shares = [1 - self._of(line).probability for line in lines]
        expected = 100 * (1 + sum(shares)) / 3
        self.assertTrue(50 < expected < 100)
        self.assertAlmostEqual(self._read(card), expected, delta=0.01)
        self.assertIn("their probability: 2", self._read(card, "expected_text"))
        with freeze_time(NOW):
            action = self._as(card, "buyer").action_open_expected()
        found = self.forecasts.search(action["domain"])
        self.assertEqual(found.purchase_line_id, lines[0] | lines[1])

    def test_every_delivery_figure(self):
        """On time, in full and days late are projected; what is else stays."""
        self.template = self._create_template(
            "Several",
            ["otd", "otif", "days_late", "lead_time"],
            weighting="line",
            date_start=date(2026, 5, 1),
        )
        line = self._order(10, 5, "2026-05-20")
        card = self._card()
        forecast = self._of(line)
        share, days = forecast.probability, forecast.days_when_late
        by_code = {one.kpi_id.code: one for one in card.line_ids}
        rules = {
            rule.code: rule for rule in card.evaluation_id.template_id._line_rules()
        }
        values = {
            "otd": [100 * (2 - share) / 2, 50, 100],
            "otif": [100 * (2 - share) / 2, 50, 100],
            "days_late": [share * days / 2, days / 2, 0],
        }
        total = sum(one.weight for one in card.line_ids)
        stays = by_code["lead_time"].weight * by_code["lead_time"].score
        expected = [
            (
                stays
                + sum(
                    by_code[code].weight * rules[code].scale.score(ends[place])
                    for code, ends in values.items()
                )
            )
            / total
            for place in range(3)
        ]
        names = ("expected_score", "expected_low", "expected_high")
        for name, value in zip(names, expected, strict=True):
            self.assertAlmostEqual(self._read(card, name), value, delta=0.02, msg=name)
        projected = 100 * (1 - by_code["lead_time"].weight / total)
        self.assertAlmostEqual(self._read(card, "expected_share"), projected, delta=0.1)
        self.assertIn(f"in {projected:.0f} % of", self._read(card, "expected_text"))
        by_code["otd"].sudo().write(
            {"is_overridden": True, "override_score": 50, "override_reason": "Strike"}
        )
        self.env.invalidate_all()
        self.assertLess(self._read(card, "expected_share"), projected - 1)

    def test_by_value(self):
        self.template.weighting = "value"
        line = self._order(30, 5, "2026-05-20")
        card = self._card()
        share = 1 - self._of(line).probability
        self.assertAlmostEqual(
            self._read(card), 100 * (50 + 150 * share) / 200, delta=0.01
        )

    def test_what_is_not_running_expects_nothing(self):
        self._order(10, 5, "2026-05-20")
        card = self._card()
        with freeze_time("2026-06-05 02:00:00"):
            self.env.invalidate_all()
            self.assertIs(self._as(card, "buyer").expected_score, False)

    def test_nothing_is_still_to_come(self):
        self._order(10, 5, "2026-05-06")  # overdue: it counts as late already
        card = self._card()
        self.assertIs(self._read(card), False)
        self.assertFalse(self._read(card, "expected_text"))
