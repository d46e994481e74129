from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools.misc import file_path

from ..common import MANAGER, SupplierEvaluationCommon

SCRIPT = "supplier_evaluation/migrations/19.0.1.7.0/post-30-dimensions.py"


@tagged("post_install", "-at_install")
class TestDimension(SupplierEvaluationCommon):
    """A sixth dimension goes all the way; what is in use stays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dimension = cls.env["supplier.dimension"].create(
            {"name": "Sustainability", "code": "sustainability"}
        )
        otd = cls.env["supplier.kpi"].search([("code", "=", "otd")])
        cls.kpi = otd.copy(
            {"name": "Green", "code": "green", "dimension": "sustainability"}
        )
        cls.other = cls._create_supplier("Other")
        for partner in (cls.supplier, cls.other):
            line = cls._order(10, 5, "2026-03-10", partner=partner)
            cls._receive(line, "2026-03-10")
        cls.template = cls._create_template("Six", ["otd", "green"])
        cls.evaluation = cls._evaluate()
        cls.cards = cls.evaluation.scorecard_ids

    def test_a_sixth_dimension(self):
        """Scorecard, card, radar, heat map and printed page have it, by its name."""
        parts = self.cards[0].dimension_ids
        self.assertEqual(parts.mapped("dimension"), ["delivery", "sustainability"])
        self.assertEqual(parts.mapped("score"), [100, 100])
        self.env["res.lang"]._activate_lang("fr_FR")
        self.dimension.with_context(lang="fr_FR").name = "Durabilité"
        french = self.cards.with_context(lang="fr_FR")
        self.assertEqual(parts[1].display_name, "Sustainability")
        self.assertEqual(french[0].dimension_ids[1].display_name, "Durabilité")
        self.assertIn(
            "Durabilité",
            [bar["label"] for bar in french[0].retrieve_card()["dimensions"]],
        )
        compared = french.retrieve_comparison(french.ids)["dimensions"]
        self.assertIn("Durabilité", [row["label"] for row in compared])
        self.evaluation.action_publish()
        heat = self.cards.retrieve_heatmap([("company_id", "=", self.company.id)])
        self.assertIn(
            "dimension:sustainability", [column["key"] for column in heat["columns"]]
        )
        self.dimension.name = "Sustainable"
        chosen = dict(self.kpi.fields_get(["dimension"])["dimension"]["selection"])
        self.assertEqual(chosen["sustainability"], "Sustainable")
        html = self.env["ir.actions.report"]._render_qweb_html(
            "supplier_evaluation.supplier_scorecard_report", self.cards[0].ids
        )[0]
        self.assertIn(b"Sustainable", html)

    def test_published_and_sealed(self):
        self.evaluation.action_publish()
        self.assertEqual(self.cards[0].dimension_ids[1].dimension, "sustainability")
        rule = self.env["supplier.alert.rule"].new(
            {"figure": "dimension", "dimension": "sustainability"}
        )
        self.assertEqual(
            rule._fields["dimension"].convert_to_export("sustainability", rule),
            "Sustainability",
        )

    def test_what_is_in_use_stays(self):
        with self.assertRefused("stays, since records have it"):
            self.dimension.code = "green"
        with self.assertRefused("cannot be deleted"):
            self.dimension.unlink()
        with self.assertRefused("The KPI “Green” is in the dimension"):
            self.dimension.active = False
        self.kpi.dimension = "quality"
        # The scorecards still have it.
        with self.assertRefused("cannot be deleted"):
            self.dimension.unlink()
        self.dimension.active = False
        with self.assertRefused("archived", ValidationError):
            self.kpi.dimension = "sustainability"
        self.assertEqual(self.cards[0].dimension_ids[1].display_name, "Sustainability")
        with self.assertRefused("or there is none", ValidationError):
            self.kpi.dimension = "beauty"
        with self.assertRefused("small letters", ValidationError):
            self.dimension.create({"name": "Bad", "code": "Not so good"})
        self.dimension.create({"name": "Short-lived", "code": "brief"}).unlink()

    def test_who_may(self):
        user = self._create_user("dimension_user", "purchase.group_purchase_user")
        with self.assertRefused(".", AccessError):
            self._as(self.dimension, user).name = "Mine"
        manager = self._create_user("dimension_manager", MANAGER)
        # Who does not act in every company changes nothing that all share.
        self._create_company("Not theirs", "UTC", "USD")
        with self.assertRefused("is shared by all companies", UserError):
            self._as(self.dimension, manager).name = "Mine"

    def test_ticks_become_links(self):
        """Who might override by a tick of the version before may as before."""
        self.template.member_ids = [
            (0, 0, {"user_id": self.env.user.id, "department": "quality"})
        ]
        self.env.flush_all()
        self.cr.execute(
            """
            ALTER TABLE supplier_scorecard_template_member
              ADD COLUMN may_override_delivery boolean,
              ADD COLUMN may_override_cost boolean;
            UPDATE supplier_scorecard_template_member SET may_override_cost = TRUE
            """
        )
        for _again in range(2):
            load_script(file_path(SCRIPT), "dimensions").migrate(self.cr, "19.0.1.6.0")
        self.env.invalidate_all()
        self.assertEqual(
            self.template.member_ids.override_dimension_ids.mapped("code"), ["cost"]
        )
