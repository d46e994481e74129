import io
from unittest.mock import patch

from openpyxl import load_workbook

from odoo.tests import HttpCase, tagged

from ....models.scorecard.output import supplier_scorecard as output
from ....models.scorecard.output.supplier_scorecard import _in_ranges
from ....report.scorecard.scorecard_xlsx import scorecards_xlsx, workbook_of
from ...common import BUYER
from ..common import ThreeSuppliersCommon


@tagged("post_install", "-at_install")
class TestWorkbook(ThreeSuppliersCommon):
    """The workbook is read back, and says number by number what is stored."""

    def _read(self, content):
        return load_workbook(io.BytesIO(content))

    def _rows(self, sheet):
        """Return the rows of a table as dictionaries."""
        header, *rows = sheet.values
        return [dict(zip(header, row, strict=True)) for row in rows]

    def _orders_kpi(self):
        """A KPI of ordinary records: what was ordered."""
        return self.env["supplier.kpi"].create(
            {
                "name": "Orders",
                "description": "How many orders.",
                "unit": "number",
                "fact_model": "purchase.order",
                "date_field": "date_order",
                "aggregator": "sum",
                "numerator": "amount_total_cc",
            }
        )

    def _published(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        return evaluation

    def test_cover(self):
        evaluation = self._published()
        book = self._read(scorecards_xlsx(evaluation))
        pairs = dict(row[:2] for row in book["Cover"].values if row[0])
        expected = {
            "Company": self.company.name,
            "Template": "Two",
            "Period": "March 2026",
            "Revision": "1",
            "State": "Published",
            "Proof Number": str(evaluation.seal_number),
            "Proof Against Changes": evaluation.seal,
            "Scorecards": "3",
            "Exported by": self.env.user.name,
        }
        for grade in evaluation.scorecard_ids.grade_id:
            cards = evaluation.scorecard_ids.filtered(
                lambda card, grade=grade: card.grade_id == grade
            )
            expected[grade.name] = len(cards)
        for label, text in expected.items():
            self.assertEqual(pairs[label], text, label)
        self.assertIn("(Asia/Shanghai)", pairs["Data Until (Cut-off)"])
        self.assertEqual(book.properties.title, "Supplier Scorecards")
        self.assertEqual(len(book["Cover"]._charts), 2)

    def test_cover_of_what_is_not_published(self):
        book = self._read(scorecards_xlsx(self._evaluate()))
        pairs = dict(row[:2] for row in book["Cover"].values if row[0])
        self.assertEqual(pairs["Proof Against Changes"], "Not published yet.")
        self.assertEqual(pairs["State"], "Computed")

    def test_ranking(self):
        self.supplier.name = "=1+1"
        evaluation = self._published()
        sheet = self._read(scorecards_xlsx(evaluation))["Ranking"]
        self.assertEqual(sheet["A2"].data_type, "s")
        rows = self._rows(sheet)
        cards = {
            card.partner_id.display_name: card for card in evaluation.scorecard_ids
        }
        self.assertEqual([row["Supplier"] for row in rows], ["=1+1", "Late", "Small"])
        for row in rows:
            card = cards[row["Supplier"]]
            self.assertEqual(row["Rank"], card.rank or None)
            self.assertEqual(row["Score"], card.score)
            self.assertEqual(row["At Least"], card.score_low)
            self.assertEqual(row["At Most"], card.score_high)
            self.assertEqual(row["Grade"], card.grade_id.name)
            self.assertEqual(row["Provisional"], "yes" if card.provisional else None)
            self.assertEqual(row["Weight with Data (%)"], card.coverage)
            self.assertEqual(row["Delivery Lines"], card.delivery_lines)
            self.assertEqual(row["Spend"], card.spend)
            self.assertEqual(row["Currency"], "USD")

    def test_heat_map(self):
        evaluation = self._published()
        sheet = self._read(scorecards_xlsx(evaluation))["Heat Map"]
        scores = {row["Supplier"]: row["Delivery"] for row in self._rows(sheet)}
        self.assertEqual(
            scores,
            {
                row.partner_id.display_name: row.score
                for row in evaluation.scorecard_ids.dimension_ids
            },
        )
        [area] = sheet.conditional_formatting
        self.assertEqual(str(area.sqref), "C2:D4")
        [rule] = area.rules
        grades = evaluation.template_snapshot["grades"]
        limits = sorted(minimum for _name, minimum in grades if minimum)
        self.assertEqual(
            [float(point.val) for point in rule.colorScale.cfvo],
            [limits[0], (limits[0] + limits[-1]) / 2, limits[-1]],
        )

    def test_kpi_lines(self):
        evaluation = self._published()
        rows = self._rows(self._read(scorecards_xlsx(evaluation))["KPIs"])
        lines = {
            (line.partner_id.display_name, line.kpi_id.name): line
            for line in evaluation.scorecard_ids.line_ids
        }
        self.assertEqual({(row["Supplier"], row["KPI"]) for row in rows}, set(lines))
        for row in rows:
            line = lines[row["Supplier"], row["KPI"]]
            for label, fname, digits in (
                ("Measured", "value", 4),
                ("Target", "target_value", 4),
                ("Others", "peer_value", 4),
                ("Score", "score", 2),
                ("Others' Score", "peer_median", 2),
                ("Points Lost", "loss", 2),
                ("Weight (%)", "effective_weight", 2),
                ("Points", "contribution", 2),
                ("Records", "n", 0),
                ("At Least", "low", 4),
                ("At Most", "high", 4),
            ):
                self.assertEqual(row[label], round(line[fname], digits), label)
            self.assertEqual((row["Dimension"], row["Unit"]), ("Delivery", "%"))
            self.assertIsNone(row["Previous Score"])

    def test_override(self):
        evaluation = self._evaluate()
        line = self._card(evaluation, self.late_supplier).line_ids[0]
        line.write(
            {"is_overridden": True, "override_score": 55, "override_reason": "=Strike"}
        )
        rows = self._rows(self._read(scorecards_xlsx(evaluation))["KPIs"])
        [row] = [row for row in rows if row["Overridden Because"]]
        self.assertEqual((row["Supplier"], row["Score"]), ("Late", 55))
        self.assertEqual(row["Overridden Because"], "=Strike")

    def test_counted_records(self):
        """What is listed adds up to what was measured."""
        evaluation = self._published()
        book = self._read(scorecards_xlsx(evaluation))
        rows = self._rows(book["Delivery Analysis"])
        self.assertEqual(len(rows), 11)
        for card in evaluation.scorecard_ids:
            own = [
                row for row in rows if row["Supplier"] == card.partner_id.display_name
            ]
            weight = sum(row["Weight"] for row in own)
            for code, label in (
                ("otd", "On Time Weighted"),
                ("fill_rate", "Fill Weighted"),
            ):
                line = card.line_ids.filtered(
                    lambda one, code=code: one.kpi_id.code == code
                )
                self.assertEqual(len(own), line.n)
                share = 100 * sum(row[label] for row in own) / weight
                self.assertAlmostEqual(share, line.value, 4)

    def test_records_of_every_kpi(self):
        """The facts of all rooms can be listed, whatever they are named after."""
        evaluation = self._evaluate(self._create_template("All"))
        book = self._read(scorecards_xlsx(evaluation))
        models = {line["fact_model"] for line in evaluation.template_snapshot["lines"]}
        self.assertGreater(len(models), 8)
        pairs = dict(row[:2] for row in book["Cover"].values if row[0])
        for model in models:
            label = self.env["ir.model"]._get(model).name
            self.assertIn(label, book.sheetnames)
            self.assertRegex(pairs[label], r"^Records: \d+ \(")

    def test_ordinary_records(self):
        """Records of a KPI without code are listed, too, by who may read them."""
        kpi = self._orders_kpi()
        template = self._create_template("Orders", ["otd", kpi.code])
        evaluation = self._evaluate(template)
        orders = self.env["purchase.order"].search(
            [("company_id", "=", self.company.id)]
        )
        label = self.env["ir.model"]._get("purchase.order").name
        buyer = self._create_user("workbook_buyer", BUYER)
        book = self._read(scorecards_xlsx(self._as(evaluation, buyer)))
        rows = self._rows(book[label])
        self.assertEqual({row["Record"] for row in rows}, set(orders.mapped("name")))
        amount = orders._fields["amount_total_cc"].string
        total = sum(row[amount] for row in rows)
        self.assertAlmostEqual(total, sum(orders.mapped("amount_total_cc")))
        quality = self._create_user(
            "workbook_quality", "supplier_evaluation.group_supplier_evaluation_user"
        )
        book = self._read(scorecards_xlsx(self._as(evaluation, quality)))
        self.assertNotIn(label, book.sheetnames)
        pairs = dict(row[:2] for row in book["Cover"].values if row[0])
        self.assertEqual(pairs[label], "You may not read these records.")

    def test_too_many_records(self):
        """Which are known to be too many, are not read at all."""
        evaluation = self._published()
        facts = self.env.registry["supplier.delivery.fact"]
        with (
            patch("odoo.addons.supplier_evaluation.report.scorecard.counted.MOST", 10),
            patch.object(facts, "_search", side_effect=AssertionError),
        ):
            book = self._read(scorecards_xlsx(evaluation))
        self.assertNotIn("Delivery Analysis", book.sheetnames)
        pairs = dict(row[:2] for row in book["Cover"].values if row[0])
        self.assertIn("more than 10 records", pairs["Delivery Analysis"])

    def test_a_kpi_that_is_broken_since(self):
        """Its records cannot be listed; the others are."""
        kpi = self._orders_kpi()
        template = self._create_template("Orders", ["otd", kpi.code])
        evaluation = self._evaluate(template)
        snapshot = evaluation.template_snapshot
        for line in snapshot["lines"]:
            if line["kpi"] == kpi.code:
                line["numerator"] = "gone"
        evaluation._write_guarded({"template_snapshot": snapshot})
        book = self._read(scorecards_xlsx(evaluation))
        self.assertIn("Delivery Analysis", book.sheetnames)
        pairs = dict(row[:2] for row in book["Cover"].values if row[0])
        self.assertIn("gone", pairs["Orders"])

    def test_several_evaluations(self):
        march = self._published()
        other = self._evaluate(self._create_template("Other", ["otd"]))
        cards = march.scorecard_ids + self._card(other)
        book = self._read(workbook_of(cards))
        self.assertEqual(book.sheetnames, ["Cover", "Ranking", "Heat Map", "KPIs"])
        rows = self._rows(book["Ranking"])
        self.assertEqual([row["Template"] for row in rows].count("Other"), 1)
        self.assertEqual({row["Period"] for row in rows}, {"March 2026"})
        self.assertEqual({row["Company"] for row in rows}, {self.company.name})
        # Who is evaluated twice is counted twice, and ranked in neither chart.
        self.assertEqual(len(book["Cover"]._charts), 1)
        self.assertIn(
            ("Grade", "Scorecards"), [row[:2] for row in book["Cover"].values]
        )
        labels = [row[0] for row in book["Cover"].values]
        self.assertEqual(labels.count("Template"), 2)

    def test_paper(self):
        """Wide sheets are printed across, on as many pages as they are long."""
        book = self._read(scorecards_xlsx(self._evaluate()))
        for sheet in book.worksheets[1:]:
            self.assertEqual(sheet.page_setup.orientation, "landscape")
            self.assertEqual(sheet.page_setup.fitToHeight, 0)
            self.assertEqual(sheet.print_title_rows, "$1:$1")
            self.assertTrue(sheet.auto_filter.ref)
        self.assertEqual(book["KPIs"].freeze_panes, "D2")

    def test_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        evaluation = self._evaluate().with_context(lang="zh_CN")
        book = self._read(scorecards_xlsx(evaluation))
        self.assertIn("2026年3月", [row[1] for row in book.worksheets[0].values])

    def test_ranges(self):
        self.assertEqual(_in_ranges([7, 3, 4, 5]), "3-5,7")
        self.assertEqual(_in_ranges([9]), "9")


@tagged("post_install", "-at_install")
class TestChosenScorecards(ThreeSuppliersCommon, HttpCase):
    """Scorecards that are chosen in the list are downloaded by who may read them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.evaluation = cls._evaluate()
        cls.elsewhere = cls._create_company("Elsewhere", "UTC", "EUR")
        cls.people = {
            "buyer": cls._create_user("chosen_buyer", BUYER),
            "elsewhere": cls._create_user("chosen_elsewhere", BUYER, cls.elsewhere),
            "nobody": cls._create_user("chosen_nobody", "base.group_user"),
        }

    def _download(self, name, address):
        user = self.people[name]
        self.authenticate(user.login, user.login)
        return self.url_open(address)

    def test_some(self):
        cards = self._as(self.evaluation.scorecard_ids[:2], "buyer")
        action = cards.action_export_xlsx()
        self.assertEqual(action["target"], "download")
        response = self._download("buyer", action["url"])
        sheet = load_workbook(io.BytesIO(response.content))["Ranking"]
        names = [row[0] for row in list(sheet.values)[1:]]
        self.assertEqual(sorted(names), sorted(cards.mapped("partner_id.display_name")))

    def test_all(self):
        action = self.evaluation.scorecard_ids.action_export_xlsx()
        self.assertEqual(action, self.evaluation.action_export_xlsx())

    def test_none(self):
        """A filter of the overview may leave nobody."""
        none = self._as(self.evaluation.scorecard_ids.browse(), "buyer")
        for action in ("action_export_xlsx", "action_print", "action_send_results"):
            with self.subTest(action=action), self.assertRefused("no scorecard here"):
                getattr(none, action)()

    def test_printed(self):
        cards = self._as(self.evaluation.scorecard_ids, "buyer")
        action = cards.action_print()
        self.assertEqual(action["context"]["active_ids"], cards.ids)
        self.assertEqual(
            action["report_name"], "supplier_evaluation.supplier_scorecard"
        )
        self.patch(output, "MOST_PAGES", 1)
        with self.assertRefused("too many scorecards"):
            cards.action_print()

    def test_menu(self):
        """The entry of the gear is there for who may only read."""
        cards = self._as(self.evaluation.scorecard_ids[:1], "buyer")
        action = self.env.ref("supplier_evaluation.supplier_scorecard_action_export")
        result = (
            self._as(action, "buyer")
            .with_context(active_model=cards._name, active_ids=cards.ids)
            .run()
        )
        self.assertEqual(result, cards.action_export_xlsx())

    def test_refused(self):
        address = self.evaluation.scorecard_ids[:1].action_export_xlsx()["url"]
        for name in ("elsewhere", "nobody"):
            with self.subTest(user=name):
                self.assertIn(self._download(name, address).status_code, (403, 404))

    def test_odd_choices(self):
        for ids in ("", "x", "1-", "1;DROP", "-5", "999999999", "1,,2", "٣"):
            with self.subTest(ids=ids):
                address = f"/supplier_evaluation/scorecards.xlsx?ids={ids}"
                self.assertEqual(self._download("buyer", address).status_code, 404)
