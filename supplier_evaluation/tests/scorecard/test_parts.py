from datetime import date

from odoo.tests import tagged
from odoo.tools import SQL

from ...models.scorecard.columns import DIMENSION_COLUMNS, LINE_COLUMNS, PARTS
from ...models.scorecard.seal import verify_seals
from .common import ThreeSuppliersCommon

CODES = ["otd", "days_late", "lot_acceptance", "price_variance"]
AROUND = ("scale_low_value", "scale_low_score", "scale_high_value", "scale_high_score")


@tagged("post_install", "-at_install")
class TestParts(ThreeSuppliersCommon):
    """What a scorecard consists of, beside the others and the period before.

    Of one that is punctual, one that is two days late, one with a single line, one half
    of whose orders came, and one of whom nothing came. Prices have no reference.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls._create_template("Parts", CODES)
        cls.half_supplier = cls._create_supplier("Half")
        cls.silent_supplier = cls._create_supplier("Silent")
        line = cls._order(10, 5, "2026-03-10", partner=cls.half_supplier)
        cls._receive(line, "2026-03-10")
        cls._order(10, 5, "2026-03-10", partner=cls.half_supplier)
        cls._order(10, 5, "2026-03-10", partner=cls.silent_supplier)
        cls.evaluation = cls._evaluate()

    def _line(self, code, partner=None, evaluation=None):
        card = self._card(evaluation or self.evaluation, partner)
        return card.line_ids.filtered(lambda line: line.kpi_id.code == code)

    def _dimension(self, name, partner=None, evaluation=None):
        card = self._card(evaluation or self.evaluation, partner)
        return card.dimension_ids.filtered(lambda part: part.dimension == name)

    def _evaluate_april(self):
        return self._evaluate(
            date_from=date(2026, 4, 1), date_to=date(2026, 4, 30), cutoff="2026-05-05"
        )

    def _override(self, line, score):
        line.write(
            {
                "is_overridden": True,
                "override_score": score,
                "override_reason": "Our dock was closed",
            }
        )

    def _stored(self):
        """All that is stored of the parts, as it is stored."""
        self.env.invalidate_all()
        cards = self.evaluation.scorecard_ids
        return (
            cards.line_ids.sorted("id").read(LINE_COLUMNS),
            cards.dimension_ids.sorted("id").read(DIMENSION_COLUMNS),
        )

    def assertUnknown(self, record, *names):
        for name in names:
            self.assertIs(record[name], False, name)

    # ------------------------------------------------------------
    # Dimensions and points lost
    # ------------------------------------------------------------

    def assertAddsUp(self, card):
        missing = 100 - card.score
        for parts in (card.line_ids, card.dimension_ids):
            self.assertAlmostEqual(sum(parts.mapped("loss")), missing, delta=0.02)
        weights = card.dimension_ids.mapped("weight")
        self.assertAlmostEqual(sum(weights), 100, delta=0.02)
        weighed = sum(part.weight * part.score for part in card.dimension_ids) / 100
        self.assertAlmostEqual(weighed, card.score, delta=0.02)
        for part in card.dimension_ids:
            own = card.line_ids.filtered(
                lambda line, part=part: line.dimension == part.dimension
            )
            lost, weight = sum(own.mapped("loss")), sum(own.mapped("effective_weight"))
            self.assertAlmostEqual(part.loss, lost, delta=0.02)
            self.assertAlmostEqual(part.weight, weight, delta=0.02)

    def test_dimensions_add_up(self):
        self.assertEqual(len(self.evaluation.scorecard_ids), 5)
        for card in self.evaluation.scorecard_ids:
            with self.subTest(supplier=card.partner_name):
                self.assertEqual(
                    card.dimension_ids.mapped("dimension"),
                    list(dict.fromkeys(card.line_ids.mapped("dimension"))),
                )
                self.assertAddsUp(card)

    def test_dimension(self):
        """Delivery is two of four equal weights; one has no data."""
        part = self._dimension("delivery", self.late_supplier)
        otd = self._line("otd", self.late_supplier)
        late = self._line("days_late", self.late_supplier)
        self.assertEqual((otd.score, late.value, late.score), (0, 2, 98))
        self.assertEqual((part.score, part.has_score), (49, True))
        self.assertAlmostEqual(part.weight, 200 / 3, delta=0.01)
        self.assertAlmostEqual(part.loss, 102 / 3, delta=0.01)
        self.assertEqual(part.coverage, 100)
        self.assertLess(part.score_low, part.score)
        self.assertEqual(part.display_name, "Delivery")

    def test_dimension_without_data(self):
        part = self._dimension("cost")
        self.assertFalse(part.has_score)
        self.assertUnknown(part, "score", "score_low", "score_high", "loss")
        self.assertEqual((part.weight, part.coverage), (0, 0))
        self.assertUnknown(part, "peer_median", "previous_score")

    def test_dimension_with_some_data(self):
        template = self._create_template("Some", ["otd", "ack_rate", "lead_time"])
        evaluation = self._evaluate(template)
        part = self._dimension("delivery", self.silent_supplier, evaluation)
        self.assertFalse(
            self._line("lead_time", self.silent_supplier, evaluation).has_value
        )
        self.assertAlmostEqual(part.coverage, 200 / 3, delta=0.01)
        self.assertEqual(part.weight, 100)

    # ------------------------------------------------------------
    # The period before
    # ------------------------------------------------------------

    def test_previous_scores(self):
        self.evaluation.action_publish()
        newcomer = self._create_supplier("New")
        for partner in (self.late_supplier, newcomer):
            for day in ("2026-03-25", "2026-04-02"):
                line = self._order(10, 5, "2026-04-12", day, partner=partner)
                self._receive(line, "2026-04-12")
        april = self._evaluate_april()
        otd = self._line("otd", self.late_supplier, april)
        self.assertEqual((otd.score, otd.previous_score), (100, 0))
        self.assertIsNot(otd.previous_score, False)
        price = self._line("price_variance", self.late_supplier, april)
        self.assertTrue(price.has_value)
        self.assertUnknown(price, "previous_score")
        part = self._dimension("delivery", self.late_supplier, april)
        self.assertEqual((part.score, part.previous_score), (100, 49))
        for each in (
            self._line("otd", newcomer, april),
            self._dimension("delivery", newcomer, april),
        ):
            self.assertUnknown(each, "previous_score")

    def test_certain_change(self):
        """Only what exceeds the interval is news."""
        card = self._card(self.evaluation)
        card.write({"score": 75, "score_low": 70, "score_high": 80})
        for trend, direction, is_firm in (
            (5.01, "up", True),
            (-5.01, "down", True),
            (5, "up", False),
            (-0.9, "down", False),
            (0, "flat", False),
            (False, "new", False),
        ):
            with self.subTest(trend=trend):
                card.write({"trend": trend, "trend_direction": direction})
                self.assertEqual(card.is_trend_firm, is_firm)
        card.write({"trend": 0.4, "trend_direction": "flat", "score_low": 80})
        self.assertFalse(card.is_trend_firm)

    # ------------------------------------------------------------
    # The others
    # ------------------------------------------------------------

    def test_others(self):
        """On time: 100, 0, 100, 50 and 0; each sees the median of the other four."""
        medians = {
            self.supplier: 25,
            self.late_supplier: 75,
            self.small_supplier: 25,
            self.half_supplier: 50,
            self.silent_supplier: 75,
        }
        for partner, expected in medians.items():
            with self.subTest(supplier=partner.name):
                line = self._line("otd", partner)
                self.assertEqual((line.peer_median, line.peer_value), (expected,) * 2)

    def test_others_by_value_and_by_score(self):
        """Days late: 0, 2, 0, 13 and 26 or so; the scores are 100 less that."""
        values = {
            partner: self._line("days_late", partner).value
            for partner in self.evaluation.scorecard_ids.partner_id
        }
        others = sorted(value for key, value in values.items() if key != self.supplier)
        line = self._line("days_late")
        self.assertAlmostEqual(line.peer_value, (others[1] + others[2]) / 2, 4)
        self.assertAlmostEqual(line.peer_median, 100 - line.peer_value, 2)

    def test_who_has_no_data_sees_the_others(self):
        line = self._line("lot_acceptance", self.silent_supplier)
        self.assertFalse(line.has_value)
        self.assertEqual((line.peer_median, line.peer_value), (100, 100))
        self.assertEqual(
            self._dimension("quality", self.silent_supplier).peer_median, 100
        )

    def test_alone(self):
        self.template.partner_domain = str([("id", "=", self.late_supplier.id)])
        alone = self._evaluate(date_from=date(2026, 3, 2))
        self.assertEqual(alone.scorecard_ids.partner_id, self.late_supplier)
        for line in alone.scorecard_ids.line_ids:
            self.assertUnknown(line, "peer_median", "peer_value")
        for part in alone.scorecard_ids.dimension_ids:
            self.assertUnknown(part, "peer_median")

    # ------------------------------------------------------------
    # The scale
    # ------------------------------------------------------------

    def test_points_of_the_scale(self):
        cases = {
            ("otd", self.half_supplier): (0, 0, 100, 100, 100),
            ("otd", self.supplier): (100, 100, 100, 100, 100),
            ("otd", self.late_supplier): (0, 0, 0, 0, 100),
            ("days_late", self.late_supplier): (0, 100, 100, 0, 0),
        }
        for (code, partner), expected in cases.items():
            with self.subTest(code=code, supplier=partner.name):
                line = self._line(code, partner)
                stored = [line[name] for name in (*AROUND, "target_value")]
                self.assertEqual(stored, list(expected))
        empty = self._line("price_variance")
        self.assertUnknown(empty, *AROUND)
        self.assertIsInstance(empty.target_value, float)

    # ------------------------------------------------------------
    # Override
    # ------------------------------------------------------------

    def test_override(self):
        """The supplier's points lost and dimensions, and the medians of all others."""
        before = self._stored()
        line = self._line("otd", self.late_supplier)
        own = line.peer_median, line.peer_value
        self._override(line, 60)
        card = self._card(self.evaluation, self.late_supplier)
        self.assertAddsUp(card)
        self.assertAlmostEqual(line.loss, 40 / 3, delta=0.01)
        part = self._dimension("delivery", self.late_supplier)
        self.assertEqual((part.score, part.score_low), (79, 79))
        self.assertEqual((line.peer_median, line.peer_value), own)
        golden = self._line("otd")
        self.assertEqual((golden.peer_median, golden.peer_value), (55, 25))
        delivery = self._dimension("delivery")
        others = sorted(
            self._dimension("delivery", partner).score
            for partner in self.evaluation.scorecard_ids.partner_id - self.supplier
        )
        self.assertAlmostEqual(delivery.peer_median, (others[1] + others[2]) / 2, 2)
        line.write({"is_overridden": False})
        for stored, computed in zip(self._stored(), before, strict=True):
            self.assertEqual(stored, computed)

    def test_several_overrides_at_once(self):
        lines = self._line("otd") | self._line("otd", self.small_supplier)
        self._override(lines, 0)
        self.assertEqual(self._line("otd", self.silent_supplier).peer_median, 0)
        for card in self.evaluation.scorecard_ids:
            self.assertAddsUp(card)

    def test_override_leaves_other_evaluations(self):
        other = self._evaluate(date_from=date(2026, 3, 2))
        self._override(self._line("otd", self.late_supplier, other), 100)
        self.assertEqual(self._line("otd", None, other).peer_median, 75)
        self.assertEqual(self._line("otd").peer_median, 25)

    # ------------------------------------------------------------
    # Where they belong
    # ------------------------------------------------------------

    def assertState(self, evaluation, state):
        cards = evaluation.scorecard_ids
        self.assertEqual(evaluation.state, state)
        for records in (cards, cards.line_ids, cards.dimension_ids):
            self.assertEqual(set(records.mapped("state")), {state})

    def test_state_follows(self):
        self.assertState(self.evaluation, "computed")
        self.evaluation.action_compute()
        self.assertState(self.evaluation, "computed")
        self.evaluation.action_publish()
        self.assertState(self.evaluation, "published")
        action = self.evaluation.action_revise()
        revision = self.evaluation.browse(action["res_id"])
        revision.action_compute()
        self.assertState(self.evaluation, "published")
        revision.action_publish()
        self.assertState(revision, "published")
        self.assertState(self.evaluation, "superseded")
        self.assertFalse(verify_seals(self.company))

    def test_where_parts_belong(self):
        for part in (self._line("otd"), self._dimension("delivery")):
            self.assertEqual(part.partner_id, self.supplier)
            self.assertEqual(part.company_id, self.company)
            self.assertEqual(part.template_id, self.template)
            self.assertEqual(part.date_to, date(2026, 3, 31))

    def test_moved_by_sql(self):
        """No seal has it, so it is compared with what is sealed."""
        self.evaluation.action_publish()
        self.assertFalse(verify_seals(self.company))
        other = self._create_template("Other", ["otd"])
        moves = [
            (self.env[model]._table, column, value)
            for model in PARTS
            for column, value in (
                ("partner_id", self.silent_supplier.id),
                ("template_id", other.id),
                ("date_to", date(2026, 4, 30)),
                ("state", "computed"),
            )
        ]
        moves.append(("supplier_scorecard", "state", "superseded"))
        for table, column, value in moves:
            with self.subTest(table=table, column=column):
                savepoint = self.env.cr.savepoint()
                self.env.flush_all()
                self.env.cr.execute(
                    SQL(
                        "UPDATE %(table)s SET %(column)s = %(value)s"
                        " WHERE id = (SELECT MIN(id) FROM %(table)s"
                        " WHERE company_id = %(company)s)",
                        table=SQL.identifier(table),
                        column=SQL.identifier(column),
                        value=value,
                        company=self.company.id,
                    )
                )
                self.env.invalidate_all()
                self.assertRegex(verify_seals(self.company) or "", "where they belong")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_parts_follow_merged_vendors(self):
        self.evaluation.action_publish()
        target = self._create_supplier("Merged")
        parts = self._line("otd"), self._dimension("delivery")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.supplier | target).ids, target)
        self.env.invalidate_all()
        for part in parts:
            self.assertEqual(part.partner_id, target)
        for model in PARTS:
            left = self.env[model].search([("partner_id", "=", self.supplier.id)])
            self.assertFalse(left)
        self.assertFalse(verify_seals(self.company))

    def test_latest(self):
        """Of each template, what was published last."""
        lines = self.env["supplier.scorecard.line"]
        domain = [("is_latest", "=", True), ("company_id", "=", self.company.id)]
        self.assertFalse(lines.search(domain))
        self.evaluation.action_publish()
        found = lines.search(domain)
        self.assertEqual(found, self.evaluation.scorecard_ids.line_ids)
        self.assertTrue(all(found.mapped("is_latest")))
        others = [("is_latest", "=", False), ("company_id", "=", self.company.id)]
        part = self._evaluate(date_from=date(2026, 3, 2))
        part_lines = part.scorecard_ids.line_ids
        self.assertEqual(lines.search(others), part_lines)
        self.assertFalse(any(part_lines.mapped("is_latest")))
        both = [("is_latest", "in", [True, False]), domain[1]]
        self.assertEqual(set(lines.search(both)), set(found | part_lines))
        runs = self.env["supplier.evaluation"].search(both)
        self.assertEqual(runs, self.evaluation | part)
        april = self._evaluate_april()
        self.assertEqual(lines.search(domain), found)
        april.action_publish()
        self.assertEqual(lines.search(domain), april.scorecard_ids.line_ids)

    def test_below_the_minimum(self):
        """With a gate, and with data; what a manager decides counts."""
        self.template.line_ids[0].write({"has_gate": True, "minimum_score": 50})
        gated = self._evaluate(date_from=date(2026, 3, 2))
        lines = gated.scorecard_ids.line_ids
        own = [("evaluation_id", "=", gated.id)]
        below = lines.search([*own, ("is_below_minimum", "=", True)])
        self.assertEqual(below.partner_id, self.late_supplier | self.silent_supplier)
        self.assertEqual(below.kpi_id.code, "otd")
        self.assertEqual(lines.filtered("is_below_minimum"), below)
        others = lines.search([*own, ("is_below_minimum", "=", False)])
        self.assertEqual(others, lines - below)
        self._override(below[0], 50)
        left = lines.search([*own, ("is_below_minimum", "=", True)])
        self.assertEqual(left, below[1:])
