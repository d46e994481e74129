from odoo.tests import tagged

from ...scorecard.common import ThreeSuppliersCommon


class FindingsCommon(ThreeSuppliersCommon):
    """A supplier whose five lines are all late, beside a punctual one."""

    def _texts(self, card, kind=None):
        return [
            finding["text"]
            for finding in card._findings()
            if kind in (None, finding["kind"])
        ]

    def _late_card(self, template=None):
        return self._card(self._evaluate(template), self.late_supplier)


@tagged("post_install", "-at_install")
class TestFindings(FindingsCommon):
    """The sentences say what the numbers say."""

    def test_what_costs_most(self):
        card = self._late_card()
        line = card.line_ids.filtered(lambda one: one.kpi_id.code == "otd")
        [finding] = [one for one in card._findings() if one["kind"] == "loss"]
        self.assertEqual(
            finding["text"],
            "On-time delivery costs most, 50.0 points: it is at 0.0 %, the others at "
            "100.0 % (records: 5).",
        )
        self.assertEqual(finding["line_id"], line.id)
        facts = getattr(line, finding["action"])()
        self.assertEqual(facts["res_model"], "supplier.delivery.fact")

    def test_what_brings_most(self):
        [text] = self._texts(self._late_card(), "good")
        self.assertEqual(
            text,
            "Fill rate brings most, 50.0 of 50.0 points: it is at 100.0 %, as the "
            "others are.",
        )

    def test_others_that_are_like_it(self):
        """The punctual ones are late as well."""
        card = self._late_card()
        line = card.line_ids.filtered(lambda one: one.kpi_id.code == "otd")
        line.peer_value = line.value
        [text] = self._texts(card, "loss")
        self.assertEqual(
            text,
            "On-time delivery costs most, 50.0 points: it is at 0.0 %, as the others "
            "are (records: 5).",
        )

    def test_others_that_are_better(self):
        card = self._late_card()
        line = card.line_ids.filtered(lambda one: one.kpi_id.code == "fill_rate")
        line.peer_value = 90
        [text] = self._texts(card, "good")
        self.assertEqual(
            text,
            "Fill rate brings most, 50.0 of 50.0 points: it is at 100.0 %, the others "
            "at 90.0 %.",
        )

    def test_losses_add_up(self):
        half = self._order(10, 5, "2026-03-10", partner=self.late_supplier)
        self._receive(half, "2026-03-12", quantity=4, backorder=False)
        card = self._late_card()
        [text] = self._texts(card, "loss")[1:]
        self.assertEqual(
            text,
            "Biggest losses: On-time delivery (−50.0) and Fill rate (−5.0): together "
            "100 % of the 55.0 points that are missing.",
        )
        self.assertAlmostEqual(sum(card.line_ids.mapped("loss")), 100 - card.score)

    def test_nothing_is_lost(self):
        card = self._card(self._evaluate())
        kinds = [finding["kind"] for finding in card._findings()]
        self.assertEqual(kinds, ["good"])

    def test_no_score(self):
        card = self._late_card()
        card.has_score = False
        self.assertEqual(
            self._texts(card), ["There is no data for any of the KPIs in this period."]
        )

    def test_no_data(self):
        template = self._create_template("Quality", ["otd", "resolution_rate"])
        card = self._late_card(template)
        line = card.line_ids.filtered(lambda one: not one.has_value)
        [finding] = [one for one in card._findings() if one["kind"] == "no_data"]
        self.assertEqual((finding["line_id"], finding["action"]), (line.id, ""))
        self.assertEqual(
            finding["text"],
            f"There is no data for: {line.kpi_id.name}. That neither brings nor costs "
            "points.",
        )


@tagged("post_install", "-at_install")
class TestMovementFindings(FindingsCommon):
    """Only what moved by more than its interval is told as news."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for partner, days in (
            (cls.late_supplier, (10, 10, 10, 10, 10)),
            (cls.supplier, (10, 10, 10, 10, 12)),
        ):
            for day in days:
                line = cls._order(
                    10, 5, "2026-02-10", confirmed="2026-02-01", partner=partner
                )
                cls._receive(line, f"2026-02-{day}")
        cls._evaluate(
            date_from="2026-02-01", date_to="2026-02-28", cutoff="2026-03-02 16:00:00"
        ).action_publish()

    def test_a_fall(self):
        [finding] = [
            one for one in self._late_card()._findings() if one["kind"] == "fall"
        ]
        self.assertEqual(
            finding["text"],
            "Clearly worse than the last time: On-time delivery (100.0 → 0.0 points).",
        )

    def test_chance_is_no_news(self):
        """From 80 to 100 of five lines: it may well be the same supplier."""
        card = self._card(self._evaluate())
        line = card.line_ids.filtered(lambda one: one.kpi_id.code == "otd")
        self.assertEqual((line.previous_score, line.score), (80, 100))
        self.assertEqual(self._texts(card, "gain"), [])
        self.assertFalse(line._is_news())

    def test_a_gain(self):
        card = self._card(self._evaluate())
        line = card.line_ids.filtered(lambda one: one.kpi_id.code == "otd")
        line.kpi_id.is_share = False
        [text] = self._texts(card, "gain")
        self.assertEqual(
            text,
            "Clearly better than the last time: On-time delivery (80.0 → 100.0 "
            "points).",
        )


@tagged("post_install", "-at_install")
class TestGateFinding(FindingsCommon):
    """Below the minimum: by name, and only what it changes is said to change."""

    def _gate(self, minimum, weight):
        line = self.template.line_ids.filtered(lambda one: one.kpi_id.code == "otd")
        line.write({"has_gate": True, "minimum_score": minimum, "weight": weight})
        return self._texts(self._late_card(), "gate")

    def test_it_changes_the_grade(self):
        """A weight of 2 beside 10 leaves 83.3 points: a B."""
        [text] = self._gate(20, weight=2)
        self.assertEqual(
            text,
            "Below the minimum: On-time delivery (0.0 points, at least 20.0 "
            "needed). So the grade is D instead of B.",
        )

    def test_it_changes_nothing(self):
        """The same weights leave 50.0 points: a D, whatever the minimum."""
        [text] = self._gate(20, weight=10)
        self.assertEqual(
            text,
            "Below the minimum: On-time delivery (0.0 points, at least 20.0 "
            "needed). The grade is D anyway, by the score.",
        )

    def test_it_is_not_said_of_who_reaches_it(self):
        self.assertEqual(self._gate(0, weight=10), [])
