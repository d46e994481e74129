from freezegun import freeze_time

from odoo.tests import tagged

from ..common import SupplierEvaluationCommon
from ..fact.sums import build, differences

LATER = "2026-05-04 04:00:00"


@tagged("post_install", "-at_install")
class TestProductType(SupplierEvaluationCommon):
    """A product becomes a service, or a service goods: what was ordered stays so."""

    def _order_of(self, kind):
        product = self._create_product(f"Was {kind}", type=kind, is_storable=False)
        return self._order(10, 5, "2026-03-10", product=product)

    def _become(self, line, kind, through="product_tmpl_id"):
        with freeze_time(LATER):
            line.product_id[through].type = kind
        self.env.flush_all()

    def _assert_sums_say_the_same(self):
        model = "supplier.delivery.fact"
        self.assertFalse(differences(self.env, model, self._scope(with_excluded=True)))

    def test_goods_become_a_service(self):
        """What came two days late did."""
        line = self._order_of("consu")
        self._receive(line, "2026-03-12")
        build(self.env)
        self._become(line, "service")
        fact = self._fact(line)
        self.assertFalse(fact.exclusion)
        self.assertEqual((fact.on_time_share, fact.days_late), (0, 2))
        self._assert_sums_say_the_same()

    def test_a_service_becomes_goods(self):
        """Nobody waits for the goods of a service."""
        line = self._order_of("service")
        build(self.env)
        self._become(line, "consu")
        self.assertEqual(self._fact(line).exclusion, "not_goods")
        self._assert_sums_say_the_same()
        self.assertNotIn(line.id, self._open_line_ids())

    def test_through_its_variant(self):
        line = self._order_of("service")
        self._become(line, "consu", through="product_variant_id")
        self.assertEqual(self._fact(line).exclusion, "not_goods")

    def test_what_is_ordered_afterwards(self):
        was_service = self._order_of("service")
        self._become(was_service, "consu")
        goods = self._order(10, 5, "2026-03-10", product=was_service.product_id)
        self.assertFalse(self._fact(goods).exclusion)
        self.assertIn(goods.id, self._open_line_ids())

    def test_there_and_back(self):
        """The first change tells what was ordered, and the last one does not."""
        line = self._order_of("service")
        self._become(line, "consu")
        goods = self._order(10, 5, "2026-03-10", product=line.product_id)
        self._become(line, "service")
        self.assertEqual(self._fact(line).exclusion, "not_goods")
        self.assertFalse(self._fact(goods).exclusion)

    def test_a_draft(self):
        """What is not confirmed yet is ordered as what the product has become."""
        line = self._order_of("service")
        draft = line.order_id.copy()
        self._become(line, "consu")
        with freeze_time("2026-05-05 04:00:00"):
            draft.button_confirm()
        self.assertFalse(draft.order_line.product_type_promised)

    def _open_line_ids(self):
        self.env.flush_all()
        forecast = self.env["supplier.delivery.forecast"]
        return [line.line_id for line in forecast._open_lines(self.company)]
