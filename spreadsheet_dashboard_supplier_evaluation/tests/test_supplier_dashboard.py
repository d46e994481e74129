import json

from odoo.tests import HttpCase, tagged

from odoo.addons.spreadsheet.utils.validate_data import (
    fields_in_spreadsheet,
    odoo_charts,
)
from odoo.addons.supplier_evaluation.tests.common import BUYER

from .common import SAMPLE, SupplierDashboardCommon, menus, read_sheet, sources

MODULE = "spreadsheet_dashboard_supplier_evaluation"


def figures(sheet):
    return [figure for page in sheet["sheets"] for figure in page["figures"]]


@tagged("post_install", "-at_install")
class TestSupplierDashboard(SupplierDashboardCommon):
    def test_where_it_is(self):
        self.assertEqual(self.dashboard.name, "Suppliers")
        self.assertTrue(self.dashboard.is_published)
        self.assertEqual(
            self.dashboard.dashboard_group_id,
            self.env.ref("spreadsheet_dashboard.spreadsheet_dashboard_group_logistics"),
        )

    def test_who_sees_it(self):
        for name, is_seen in (("buyer", True), ("manager", True), ("reviewer", False)):
            dashboards = self._as(self.dashboard, name)
            found = dashboards.search([("id", "=", self.dashboard.id)])
            self.assertEqual(bool(found), is_seen, name)

    def test_buyer_may_read_every_field(self):
        found = fields_in_spreadsheet(self.sheet)
        self.assertEqual(
            {*found},
            {
                "supplier.scorecard",
                "supplier.scorecard.dimension",
                "supplier.scorecard.line",
            },
        )
        for model, names in found.items():
            records = self._as(self.env[model], "buyer")
            records.check_access("read")
            self.assertLessEqual(names, {*records.fields_get()}, model)

    def test_filters_reach_a_field_of_their_kind(self):
        filters = {one["id"]: one for one in self.sheet["globalFilters"]}
        for model, *_asked, matching in sources(self.sheet):
            self.assertEqual({*matching}, {*filters}, model)
            for key, target in matching.items():
                field = self._field(model, target["chain"])
                self.assertEqual(field.type, target["type"], (model, target))
                self.assertEqual(
                    field.comodel_name, filters[key].get("modelName"), (model, target)
                )

    def _field(self, model, chain):
        *way, last = chain.split(".")
        for name in way:
            model = self.env[model]._fields[name].comodel_name
        return self.env[model]._fields[last]

    def test_buyer_gets_figures_for_every_pivot_and_chart(self):
        asked = sources(self.sheet)
        self.assertEqual(len(asked), 12)
        for model, domain, groups, measures, _matching in asked:
            self.assertIn(["state", "=", "published"], domain)
            records = self._as(self.env[model], "buyer")
            aggregates = [
                name
                if ":" in name or name == "__count"
                else f"{name}:{records._fields[name].aggregator}"
                for name in measures
            ]
            rows = records.formatted_read_group(domain, groups, aggregates)
            is_rare = {"provisional", "gated"} & {term[0] for term in domain}
            self.assertTrue(rows or is_rare, (model, groups))

    def test_figures_are_those_of_the_scorecards(self):
        """The first pivot, which the tiles show, counts the five published cards."""
        pivot = next(p for p in self.sheet["pivots"].values() if p["id"] == "1")
        [row] = self._as(self.env[pivot["model"]], "buyer").formatted_read_group(
            pivot["domain"], [], [measure["id"] for measure in pivot["measures"]]
        )
        cards = (self.february | self.march).scorecard_ids
        scores = cards.mapped("score")
        self.assertEqual(row["__count"], 5)
        self.assertEqual(row["partner_id:count_distinct"], 3)
        self.assertEqual(row["template_id:count_distinct"], 1)
        self.assertEqual(row["company_id:count_distinct"], 1)
        self.assertEqual(row["spend:sum"], 5 * 5 * 10 * 5)
        self.assertAlmostEqual(row["score:avg"], sum(scores) / 5, 2)

    def test_buyer_sees_the_menus_that_it_opens(self):
        opened = menus(self.sheet)
        self.assertGreaterEqual(len(opened), 3)
        visible = self.env["ir.ui.menu"].with_user(self.people["buyer"])
        for name in opened:
            self.assertIn(self.env.ref(name).id, visible._visible_menu_ids(), name)

    def test_each_chart_opens_a_menu(self):
        shown = {figure["id"] for figure in figures(self.sheet)}
        self.assertEqual({*self.sheet["chartOdooMenusReferences"]}, shown)

    def test_sample_needs_no_data(self):
        sample = read_sheet(SAMPLE)
        self.assertFalse(sample["pivots"] or sample["lists"] or odoo_charts(sample))
        self.assertFalse(sample["globalFilters"])
        self.assertEqual(
            [figure["id"] for figure in figures(sample)],
            [figure["id"] for figure in figures(self.sheet)],
        )
        cells, own = (one["sheets"][0]["cells"] for one in (sample, self.sheet))
        headings = {xc: text for xc, text in own.items() if "PIVOT" not in text}
        self.assertEqual(headings, {xc: cells[xc] for xc in headings})


@tagged("post_install", "-at_install")
class TestSupplierDashboardServed(SupplierDashboardCommon, HttpCase):
    def _get(self, user):
        self.authenticate(user.login, user.login)
        answer = self.url_open(f"/spreadsheet/dashboard/data/{self.dashboard.id}")
        return answer.status_code, answer.text

    def test_with_scorecards(self):
        status, text = self._get(self.people["buyer"])
        self.assertEqual(status, 200)
        served = json.loads(text)
        self.assertNotIn("is_sample", served)
        self.assertEqual(served["translation_namespace"], MODULE)
        self.assertEqual(served["snapshot"]["pivots"], self.sheet["pivots"])

    def test_without_scorecards(self):
        """In a company that has evaluated nobody."""
        company = self._create_company("New Works", "Asia/Shanghai", "USD")
        user = self._create_user("dashboard_new", BUYER, company)
        status, text = self._get(user)
        self.assertEqual(status, 200)
        self.assertEqual(
            json.loads(text),
            {
                "snapshot": read_sheet(SAMPLE),
                "is_sample": True,
                "translation_namespace": MODULE,
            },
        )

    def test_reviewer_gets_none(self):
        status, text = self._get(self.people["reviewer"])
        self.assertEqual(status, 403)
        self.assertNotIn("snapshot", text)
