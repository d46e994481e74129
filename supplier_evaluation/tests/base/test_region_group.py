from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import BUYER
from ..goal.common import GoalCommon


@tagged("post_install", "-at_install")
class TestRegionGroup(GoalCommon):
    """By state, then by country; and what is seen by it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.china = cls.env.ref("base.cn")
        cls.shanghai = cls.env.ref("base.state_cn_SH")
        cls.east = cls.env.ref("supplier_evaluation.supplier_region_group_east_china")
        cls.europe = cls.env.ref("supplier_evaluation.supplier_region_group_europe")

    def _move(self, **vals):
        self.supplier.write(vals)
        return self.supplier.supplier_region_group_id

    def test_every_state_of_china_is_in_one_group(self):
        states = self.china.state_ids.filtered(
            lambda one: one.get_external_id()[one.id].startswith("base.state_cn_")
        )
        self.assertEqual(len(states), 34)
        groups = self.env["supplier.region.group"].search([])
        self.assertFalse(states - groups.state_ids)

    def test_state_then_country(self):
        self.assertEqual(
            self._move(country_id=self.china.id, state_id=self.shanghai.id), self.east
        )
        self.assertFalse(self._move(state_id=False))
        self.assertEqual(self._move(country_id=self.env.ref("base.de").id), self.europe)

    def test_own_group_of_company_goes_first(self):
        own = self.env["supplier.region.group"].create(
            {
                "name": "Delta",
                "company_id": self.company.id,
                "state_ids": self.shanghai.ids,
            }
        )
        vals = {"country_id": self.china.id, "state_id": self.shanghai.id}
        self.assertEqual(self._move(**vals), self.east)
        self.assertEqual(self._move(company_id=self.company.id), own)
        own.active = False
        self.assertEqual(self.supplier.supplier_region_group_id, self.east)
        own.active = True
        self.assertEqual(self.supplier.supplier_region_group_id, own)
        own.unlink()
        self.assertEqual(self.supplier.supplier_region_group_id, self.east)

    def test_moved_places_move_vendors(self):
        self._move(country_id=self.china.id, state_id=self.shanghai.id)
        self.east.state_ids -= self.shanghai
        self.assertFalse(self.supplier.supplier_region_group_id)
        with self.assertQueryCount(40):
            self.east.state_ids += self.shanghai
        self.assertEqual(self.supplier.supplier_region_group_id, self.east)

    def test_place_is_in_one_group(self):
        with self.assertRaisesRegex(ValidationError, "is in the region groups"):
            self.env["supplier.region.group"].create(
                {"name": "Again", "state_ids": self.shanghai.ids}
            )

    @mute_logger("odoo.models")
    def test_users_do_not_change_groups(self):
        buyer = self._create_user("region_buyer", BUYER)
        with self.assertRaises(AccessError):
            self.east.with_user(buyer).name = "Mine"

    def test_dimension_of_all_figures(self):
        self._move(country_id=self.china.id, state_id=self.shanghai.id)
        self.env.flush_all()
        own = [("company_id", "=", self.company.id)]
        for model in (
            "supplier.scorecard",
            "supplier.scorecard.line",
            "supplier.scorecard.dimension",
            "supplier.delivery.fact",
        ):
            with self.subTest(model=model):
                domain = [*own, ("region_group_id", "=", self.east.id)]
                records = self.env[model]
                count = records.search_count(domain)
                groups = dict(
                    records._read_group(own, ["region_group_id"], ["__count"])
                )
                self.assertTrue(count)
                self.assertEqual(groups[self.east], count)

    def test_dimension_of_every_fact(self):
        """Every kind of record can be grouped by it."""
        for name, model in self.env.registry.items():
            if name.endswith(".fact") and not model._abstract:
                with self.subTest(model=name):
                    self.env[name]._read_group(
                        [("company_id", "=", self.company.id)], ["region_group_id"]
                    )

    def test_dimension_of_funnel(self):
        self._move(country_id=self.china.id, state_id=self.shanghai.id)
        stage = self.env["supplier.stage"].create({"name": "Met", "code": "met"})
        other = self.supplier.copy({"name": "Elsewhere", "state_id": False})
        for partner in (self.supplier, other):
            partner.with_company(self.company)._set_supplier_stage(stage)
        self.env.flush_all()
        rows = self.env["supplier.stage.funnel"].search(
            [("company_id", "=", self.company.id), ("stage_id", "=", stage.id)]
        )
        found = {row.region_group_id: row.entered for row in rows}
        self.assertEqual(found, {self.east: 1, self.europe.browse(): 1})
        east = rows.filtered("region_group_id")
        changes = self.env["supplier.stage.change"].search(
            east.action_open_changes()["domain"]
        )
        self.assertEqual(changes.partner_id, self.supplier)

    def test_alerts_watch_a_group(self):
        self._move(country_id=self.china.id, state_id=self.shanghai.id)
        rule = self.env["supplier.alert.rule"].create(
            {
                "name": "In the east",
                "threshold": 80,
                "company_id": self.company.id,
                "region_group_ids": self.east.ids,
            }
        )
        watched = self.env["res.partner"].search(rule._scope_domain())
        self.assertIn(self.supplier, watched)
        self.assertEqual(watched.supplier_region_group_id, self.east)
