from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .access import AccessCommon


@tagged("post_install", "-at_install")
class TestAccessEvaluation(AccessCommon):
    """Who computes and publishes, and sees what came of it."""

    def test_vendor_fields_are_hidden(self):
        self.people["portal"].partner_id.parent_id = self.supplier
        for name in ("portal", "nobody"):
            partner = self._as(self.env["res.partner"], name).browse(self.supplier.id)
            for field in ("supplier_score", "supplier_grade_id", "supplier_tier_id"):
                with (
                    self.subTest(user=name, field=field),
                    self.assertRaises(AccessError),
                ):
                    partner.read([field])
        order = self._as(self.env["purchase.order"], "portal").browse(
            self.line.order_id.id
        )
        with self.assertRaises(AccessError):
            order.read(["supplier_score"])
        line = self._as(self.env["purchase.order.line"], "portal").browse(self.line.id)
        for field in (
            "supplier_exclusion_reason",
            "promise_change_ids",
            "date_promise_broken",
        ):
            with self.subTest(field=field), self.assertRaises(AccessError):
                line.read([field])
        self.assertTrue(line.read(["date_planned", "product_qty"]))

    def test_others_still_choose_vendors(self):
        """The order of choice reads no field that the user may not see."""
        partners = self._as(self.env["res.partner"], "nobody").with_context(
            res_partner_search_mode="supplier"
        )
        self.assertTrue(partners.search([("id", "=", self.supplier.id)]))

    def test_user_computes_and_publishes_nothing(self):
        draft = self._evaluate(date_from="2026-03-02")
        own = self._as(self.env["supplier.evaluation"], "user").browse(draft.id)
        for action in (own.action_compute, own.action_publish):
            with self.assertRaises(AccessError):
                action()
        with self.assertRaises(AccessError):
            own.browse(self.evaluation.id).action_revise()
        with self.assertRaises(AccessError):
            own.write({"date_from": "2026-03-04"})
        self.assertTrue(draft.scorecard_ids)

    def test_manager_computes_and_publishes(self):
        run = self._as(self.env["supplier.evaluation"], "manager").create(
            {
                "template_id": self.template.id,
                "date_from": "2026-03-03",
                "date_to": "2026-03-31",
            }
        )
        run.action_compute()
        self.assertEqual(run.scorecard_count, 1)
        with self.assertRefused("cannot be written directly"):
            run.state = "published"
        run.action_publish()
        self.assertEqual(run.state, "published")

    def test_manager_of_another_company(self):
        run = self._as(self.env["supplier.evaluation"], "elsewhere").browse(
            self.evaluation.id
        )
        with self.assertRaises(AccessError):
            run.action_revise()

    def test_drill_down_as_user(self):
        """The records behind a figure: as many as it says, and what was left out."""
        cancelled = self._order(10, 5, "2026-03-10")
        with freeze_time("2026-03-05 04:00:00"):
            cancelled.order_id.button_cancel()
        lines = self._evaluate(date_from="2026-03-02").scorecard_ids.line_ids
        line = self._as(lines.filtered(lambda one: one.kpi_id.code == "otd"), "user")
        self.assertEqual(line.n, 2)
        counted, excluded = (
            line.env[action["res_model"]]
            .with_context(**action["context"])
            .search(action["domain"])
            for action in (line.action_open_counted(), line.action_open_excluded())
        )
        self.assertEqual(
            {(fact.res_model, fact.res_id) for fact in counted},
            {
                ("purchase.order", self.line.order_id.id),
                ("supplier.history.line", self.records["supplier.history.line"].id),
            },
        )
        self.assertEqual(excluded.mapped("res_id"), cancelled.order_id.ids)
        self.assertEqual(excluded.mapped("exclusion"), ["cancelled"])

    def test_damaged_link(self):
        facts = self._as(self.env["supplier.delivery.fact"], "user")
        for scope in ("x", {}, {"company_id": self.company.id}, {"tz": "Mars"}):
            with (
                self.subTest(scope=scope),
                self.assertRefused("link is damaged"),
            ):
                facts.with_context(supplier_fact_scope=scope).search([])

    def test_scope_of_another_company(self):
        """A scope in the context is a question, not a right."""
        facts = self._as(self.env["supplier.delivery.fact"], "elsewhere")
        scope = self._scope(with_excluded=True)
        self.assertFalse(facts._with_fact_scope(scope).search([]))


@tagged("post_install", "-at_install")
class TestExport(AccessCommon, HttpCase):
    def _download(self, name):
        user = self.people[name]
        self.authenticate(user.login, user.login)
        return self.url_open(
            f"/supplier_evaluation/{self.evaluation.id}/scorecards.xlsx"
        )

    def test_workbook(self):
        response = self._download("user")
        self.assertEqual(response.status_code, 200)
        self.assertTrue(response.content.startswith(b"PK"))

    def test_refused(self):
        for name in ("elsewhere", "portal", "nobody"):
            with self.subTest(user=name):
                self.assertIn(self._download(name).status_code, (403, 404))
