from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ...tools.actions import can_open_form
from ...tools.groups import USER_GROUP
from .test_fact_tours import ANALYSES, FactToursCommon


@tagged("post_install", "-at_install")
class TestFactDocuments(FactToursCommon):
    """From a figure to what it was read from, without an error, whoever asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people(
            "documents",
            {
                "quality": f"{USER_GROUP},stock.group_stock_user",
                "evaluator": USER_GROUP,
            },
        )
        cls.people["buyer"] = cls.buyer
        cls.models = [
            name
            for name in cls.env.registry
            if getattr(cls.env[name], "_fact_query", None)
        ]
        cls.env.flush_all()

    def _opened(self, fact):
        """Return the record whose form is opened."""
        action = fact.action_open_document()
        self.assertEqual(action["views"], [(False, "form")])
        model = fact.env[action["res_model"]].with_context(**action.get("context", {}))
        return model.browse(action["res_id"])

    def test_everybody_can_read_the_form(self):
        for name in self.people:
            for model in self.models:
                with self.subTest(user=name, model=model):
                    for fact in self._as(self.env[model], name).search([], limit=20):
                        self.assertTrue(can_open_form(self._opened(fact)))

    def test_the_order_s_form_fails_for_stock_users(self):
        """Which is why they get the form of the fact."""
        order = self._as(self.line.order_id, "quality")
        self.assertTrue(order.has_access("read"))
        with self.assertRaises(AccessError):
            Form(order)

    def test_quality_sees_the_fact_of_an_order(self):
        fact = self.env["supplier.delivery.fact"].search(
            [("order_id", "=", self.line.order_id.id)]
        )
        self.assertEqual(self._opened(self._as(fact, "quality")), fact)
        self.assertEqual(self._opened(self._as(fact, "buyer")), self.line.order_id)

    def test_quality_opens_the_receipt(self):
        fact = self.env["supplier.receipt.fact"].search(
            [("picking_id", "=", self.receipt.id), ("kind", "=", "receipt")]
        )
        self.assertEqual(self._opened(self._as(fact, "quality")), self.receipt)
        self.assertEqual(self._opened(self._as(fact, "evaluator")), fact)

    def test_the_fact_is_that_of_the_question(self):
        """The form shows what the list did: of the period, and with its tolerances."""
        today = fields.Date.today()
        scope = self._scope(
            date_from=today - timedelta(days=60),
            date_to=today,
            cutoff=fields.Datetime.now(),
            late_days=3,
        )
        facts = self._as(self.env["supplier.delivery.fact"], "quality")
        fact = facts._with_fact_scope(scope).search(
            [("company_id", "=", self.company.id)], limit=1
        )
        context = fact.action_open_document()["context"]
        self.assertEqual(context["supplier_fact_scope"], scope.to_context())

    def test_the_form_has_what_the_list_has(self):
        for model in self.models:
            with self.subTest(model=model):
                views = self.env[model].get_views([(False, "list"), (False, "form")])
                listed, form = (
                    set(self._names(views["views"][kind]["arch"]))
                    for kind in ("list", "form")
                )
                self.assertLessEqual(listed, form)

    def _names(self, arch):
        return [node.get("name") for node in etree.fromstring(arch).iter("field")]


@tagged("post_install", "-at_install")
class TestFactDocumentTours(FactToursCommon):
    """Somebody from quality, who has no rights in Purchase, opens every record."""

    browser_size = "390x844"
    touch_enabled = True

    def test_cards(self):
        self._create_user("fact_quality", f"{USER_GROUP},stock.group_stock_user")
        for path in ANALYSES:
            with self.subTest(path=path):
                self.start_tour(
                    f"/odoo/supplier-{path}",
                    "supplier_evaluation_analysis_cards",
                    login="fact_quality",
                )
