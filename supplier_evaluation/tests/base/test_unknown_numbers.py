import operator

from odoo import Command
from odoo.fields import Domain
from odoo.tests import Form, tagged

from ..scorecard.common import ThreeSuppliersCommon

COMPARISONS = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
NEGATED = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
LIMITS = (-1, 0, 0.0, 49.99, 50, 80, 100, 101)


@tagged("post_install", "-at_install")
class TestUnknownNumbers(ThreeSuppliersCommon):
    """Scores of 100, 50 and 0, a supplier that has none, and an empty contact."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.unscored = cls._create_supplier("Never Scored")
        cls.zero = cls._create_supplier("Zero")
        cls._order(10, 5, "2026-03-10", partner=cls.zero)
        cls.evaluation = cls._evaluate()
        cls.evaluation.action_publish()
        cls.scores = {
            cls.supplier: 100.0,
            cls.late_supplier: 50.0,
            cls.small_supplier: 100.0,
            cls.zero: 0.0,
        }
        cls.vendors = cls.env["res.partner"].union(*cls.scores) | cls.unscored

    def _find(self, domain):
        """Search for vendors, and look among them in Python: both find the same."""
        found = self.vendors.search(
            Domain(domain) & Domain("id", "in", self.vendors.ids)
        )
        self.assertEqual(self.vendors.filtered_domain(domain), found.sorted("id"))
        return found

    def _expect(self, keeps):
        return self.env["res.partner"].union(
            *(vendor for vendor, score in self.scores.items() if keeps(score))
        )

    def _check(self, domain, keeps):
        with self.subTest(domain=domain):
            found = self.vendors & self._find(domain)
            self.assertEqual(found.sorted("id"), self._expect(keeps).sorted("id"))

    # ------------------------------------------------------------
    # Operators
    # ------------------------------------------------------------

    def test_who_has_no_score_is_found_by_no_comparison(self):
        for sign, compare in COMPARISONS.items():
            for limit in LIMITS:
                self._check(
                    [("supplier_score", sign, limit)],
                    lambda score, compare=compare, limit=limit: compare(score, limit),
                )

    def test_nor_by_a_negated_one(self):
        for sign, opposite in NEGATED.items():
            compare = COMPARISONS[opposite]
            for limit in LIMITS:
                condition = ("supplier_score", sign, limit)
                for domain in (["!", condition], ~Domain(*condition)):
                    self._check(
                        domain,
                        lambda score, compare=compare, limit=limit: compare(
                            score, limit
                        ),
                    )

    def test_lists_and_bands(self):
        name = "supplier_score"
        cases = (
            ([(name, "in", [50, 100])], lambda score: score in (50, 100)),
            ([(name, "not in", [50, 100])], lambda score: score not in (50, 100)),
            ([(name, "not in", [50, False])], lambda score: score != 50),
            ([(name, ">=", 0), (name, "<", 80)], lambda score: score < 80),
            (["!", "&", (name, ">", 10), (name, "<", 80)], lambda score: score != 50),
            (["|", (name, "<", 50), (name, ">", 50)], lambda score: score != 50),
            (["!", "|", (name, "<", 50), (name, ">", 50)], lambda score: score == 50),
        )
        for domain, keeps in cases:
            self._check(domain, keeps)

    def test_unset_is_asked_for_by_false(self):
        name = "supplier_score"
        for domain in (
            [(name, "=", False)],
            [(name, "in", [False])],
            ["!", (name, "!=", False)],
        ):
            self.assertEqual(self._find(domain), self.unscored)
        for domain in ([(name, "!=", False)], [(name, "not in", [False])]):
            self._check(domain, lambda score: True)
        either = self._find([(name, "in", [100, False])])
        self.assertEqual(either, self.supplier | self.small_supplier | self.unscored)

    def test_nobody_else_is_found(self):
        """Administrator has no scorecard, whatever is asked about scores."""
        for sign in ("<", "<=", "!=", ">=", "="):
            found = self.env["res.partner"].search([("supplier_score", sign, 0)])
            self.assertLessEqual(found, self.vendors - self.unscored)
        elsewhere = self._create_company("Elsewhere", "UTC", "EUR")
        partners = self.env["res.partner"].with_company(elsewhere)
        self.assertFalse(partners.search([("supplier_score", "<=", 100)]))

    # ------------------------------------------------------------
    # Doors
    # ------------------------------------------------------------

    def test_through_other_records(self):
        orders = self.env["purchase.order"].search(
            [("partner_id", "in", self.vendors.ids)]
        )
        new = orders.create({"partner_id": self.unscored.id})
        ours = Domain("id", "in", (orders | new).ids)
        for domain in (
            [("partner_id.supplier_score", "<", 80)],
            [("partner_id", "any", [("supplier_score", "<", 80)])],
            [("partner_id.supplier_score", "!=", 100)],
        ):
            with self.subTest(domain=domain):
                found = orders.search(ours & Domain(domain))
                self.assertEqual(found.partner_id, self.late_supplier | self.zero)
                self.assertEqual(
                    (orders | new).filtered_domain(domain), found.sorted("id")
                )

    def test_filter_of_a_template(self):
        self.template.partner_domain = "[('supplier_score', '<', 80)]"
        again = self._evaluate(date_from=self.evaluation.date_from.replace(day=2))
        self.assertEqual(again.scorecard_ids.partner_id, self.late_supplier | self.zero)

    def test_sorted_last_from_either_end(self):
        domain = [("id", "in", self.vendors.ids)]
        for order in ("supplier_score", "supplier_score asc", "supplier_score desc"):
            with self.subTest(order=order):
                found = self.vendors.search(domain, order=order)
                self.assertEqual(found[-1], self.unscored)
        vendors = self.vendors.with_context(res_partner_search_mode="supplier")
        for order, first in (
            ("supplier_score", self.late_supplier),
            ("supplier_score desc", self.supplier),
        ):
            with self.subTest(order=order, vendors="chosen"):
                found = vendors.search(domain, order=order)
                self.assertEqual(found[0], first)
                self.assertIn(self.unscored, found[2:])
        first = self.vendors.search(
            [("id", "in", self.vendors.ids)], order="supplier_score", limit=1
        )
        self.assertEqual(first, self.zero)

    def test_averages_leave_it_out(self):
        [(average, count)] = self.vendors._read_group(
            [("id", "in", self.vendors.ids)],
            aggregates=["supplier_score:avg", "supplier_score:min"],
        )
        self.assertEqual((average, count), (62.5, 0.0))
        groups = dict(
            self.vendors._read_group(
                [("id", "in", self.vendors.ids)], ["name"], ["supplier_score:avg"]
            )
        )
        self.assertIn(groups.pop("Never Scored"), (False, None))
        self.assertEqual(groups["Zero"], 0)

    def test_groups_without_a_number_are_last(self):
        domain = [("id", "in", self.vendors.ids)]
        for order in ("supplier_score:avg", "supplier_score:avg desc"):
            groups = self.vendors._read_group(
                domain, ["name"], ["supplier_score:avg"], order=order
            )
            with self.subTest(order=order):
                self.assertEqual(groups[-1][0], "Never Scored")
        groups = self.vendors._read_group(
            domain, ["supplier_score"], ["__count"], order="supplier_score desc"
        )
        self.assertEqual(groups, [(100, 2), (50, 1), (0, 1), (False, 1)])

    def test_filters_of_others(self):
        """A programme's, a saved one, and an automation rule's."""
        domain = [("supplier_score", "<", 80), ("is_company", "=", True)]
        program = self.env["supplier.certification.program"].create(
            {
                "name": "Weak",
                "company_id": self.company.id,
                "partner_domain": str(domain),
            }
        )
        weak = self.late_supplier | self.zero
        self.assertEqual(self._find(program._partner_domain()).sorted("id"), weak)
        saved = self.env["ir.filters"].create(
            {"name": "Weak", "model_id": "res.partner", "domain": str(domain)}
        )
        self.assertEqual(self._find(saved._get_eval_domain()).sorted("id"), weak)
        for vendor in self.vendors:
            self.assertEqual(bool(vendor.filtered_domain(domain)), vendor in weak)

    def test_read_and_exported_as_nothing(self):
        self.assertIs(self.unscored.supplier_score, False)
        [values] = self.unscored.read(["supplier_score"])
        self.assertIs(values["supplier_score"], False)
        exported = (self.unscored | self.zero).export_data(["name", "supplier_score"])
        self.assertEqual(exported["datas"], [["Never Scored", ""], ["Zero", 0.0]])
        form = Form(self.unscored.with_context(res_partner_search_mode="supplier"))
        self.assertIs(form.supplier_score, False)
        order = self.env["purchase.order"].create({"partner_id": self.unscored.id})
        self.assertIs(order.supplier_score, False)

    def test_stored_by_hand_and_forgotten(self):
        """Whichever way it is stored: 0 is a score, unset is none, for each company."""
        elsewhere = self._create_company("Elsewhere", "UTC", "EUR")
        vendor = self.unscored
        for value, expected in ((0, 0.0), (12.345, 12.35), (False, False)):
            vendor._write_guarded({"supplier_score": value})
            vendor.with_company(elsewhere)._write_guarded({"supplier_score": 7})
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(vendor.supplier_score, expected)
            self.assertIs(vendor.supplier_score is False, value is False)
            self.assertEqual(vendor.with_company(elsewhere).supplier_score, 7)
            found = vendor.search(
                [("supplier_score", "=", value), ("id", "=", vendor.id)]
            )
            self.assertEqual(found, vendor)

    # ------------------------------------------------------------
    # Other figures
    # ------------------------------------------------------------

    def test_rank_and_change(self):
        """Who is not ranked is not among the first three; who is new has no change."""
        cards = self.evaluation.scorecard_ids
        small = self._card(self.evaluation, self.small_supplier)
        self.assertNotIn(
            small, cards.search([("id", "in", cards.ids), ("rank", "<=", 3)])
        )
        last = cards.search([("id", "in", cards.ids)], order="rank desc")[-2:]
        self.assertEqual(last.sorted("id"), cards.filtered("provisional").sorted("id"))
        self.assertFalse(cards.search([("id", "in", cards.ids), ("trend", "<=", 0)]))

    def test_lines_without_data(self):
        """A KPI that found nothing has neither a value nor a score below anything."""
        kpi = self.env["supplier.kpi"].search([("code", "=", "response_rate")])
        points = [Command.create(point) for point in self._points(True)]
        self.template.line_ids = [
            Command.create({"kpi_id": kpi.id, "weight": 10, "point_ids": points})
        ]
        evaluation = self._evaluate(date_from=self.evaluation.date_from.replace(day=2))
        lines = evaluation.scorecard_ids.line_ids.filtered(
            lambda line: line.kpi_id == kpi
        )
        self.assertTrue(lines)
        for name in ("value", "score", "low", "minimum_score"):
            with self.subTest(name=name):
                self.assertFalse(
                    lines.search([("id", "in", lines.ids), (name, "<=", 100)])
                )
                self.assertEqual(lines.mapped(name), [False] * len(lines))

    def test_average_of_nobody(self):
        empty = self._evaluate(
            date_from=self.evaluation.date_from.replace(day=30),
        )
        self.assertIs(empty.average_score, False)
        self.assertNotIn(empty, empty.search([("average_score", "<", 50)]))
