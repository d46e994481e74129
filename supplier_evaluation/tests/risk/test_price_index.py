from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RiskCommon


@tagged("post_install", "-at_install")
class TestPriceIndex(RiskCommon):
    """What a market stood at, and how far a supplier's price went with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.indices = cls.env["supplier.price.index"]
        cls.metals = cls.env["product.category"].create({"name": "Metals"})
        cls.steel = cls.env["product.category"].create(
            {"name": "Steel", "parent_id": cls.metals.id}
        )
        cls.product.categ_id = cls.steel

    def _index(self, month, value, of=None, source="Exchange"):
        of = of or self.metals
        name = "categ_id" if of._name == "product.category" else "product_id"
        return self.indices.create(
            {
                name: of.id,
                "month": month,
                "value": value,
                "source": source,
                "company_id": self.company.id,
            }
        )

    def _change(self):
        """Return what the line of March says, which cost 10 % more than in January."""
        self._order(10, 10, "2026-02-10", confirmed="2026-01-10")
        line = self._order(10, 11, "2026-04-10", confirmed="2026-03-10")
        self.env.flush_all()
        facts = self.env["supplier.price.fact"]
        found = {}
        for key, model in (
            ("scope", facts._with_fact_scope(self._scope())),
            ("open", facts),
        ):
            fact = model.search([("id", "=", line.id * 2)])
            self.assertAlmostEqual(fact.price_change, 0.1)
            found[key] = (fact.index_change, fact.index_gap)
        self.assertEqual(found["scope"], found["open"])
        return found["open"]

    def test_beside_the_price_change(self):
        self._index("2026-01-31", 100)
        self._index("2026-03-01", 104)
        change, gap = self._change()
        self.assertAlmostEqual(change, 0.04)
        self.assertAlmostEqual(gap, 0.06)

    def test_the_nearest_is_taken(self):
        for month, market, steel in (("2026-01-01", 100, 50), ("2026-03-01", 104, 60)):
            self._index(month, market)
            self._index(month, steel, self.steel)
        self.assertAlmostEqual(self._change()[0], 0.2)
        for month, value in (("2026-01-01", 10), ("2026-03-01", 9)):
            self._index(month, value, self.product)
        self.assertAlmostEqual(self._change()[0], -0.1)

    def test_several_sources_their_mean(self):
        for source, value in (("One", 110), ("Two", 130)):
            self._index("2026-01-01", 100, source=source)
            self._index("2026-03-01", value, source=source)
        self.assertAlmostEqual(self._change()[0], 0.2)

    def test_no_index_is_no_number(self):
        self._index("2026-01-01", 100)
        self.assertEqual(self._change(), (False, False))

    def test_its_month_is_said_as_the_reader_says_it(self):
        index = self._index("2026-03-01", 100)
        self.assertEqual(index.display_name, f"{self.metals.display_name} March 2026")
        self.env["res.lang"]._activate_lang("zh_CN")
        index = index.with_context(lang="zh_CN")
        self.assertTrue(index.display_name.endswith(" 2026年3月"))

    def test_of_one_thing_once_a_month(self):
        self._index("2026-01-15", 100)
        with mute_logger("odoo.sql_db"):
            for make in (
                lambda: self._index("2026-01-20", 101),
                lambda: self._index("2026-02-01", 0),
                lambda: self.indices.create({"month": "2026-02-01", "value": 1}),
            ):
                with self.assertRaises(IntegrityError), self.cr.savepoint():
                    make()
                    self.env.flush_all()
        index = self.indices.search([("categ_id", "=", self.metals.id)])
        self.assertEqual(index.month.day, 1)
        with self.assertRaises(ValidationError):
            self.cr.execute(
                "UPDATE supplier_price_index SET month = '2026-01-02' WHERE id = %s",
                [index.id],
            )
            index.invalidate_recordset()
            index._check_month()

    def test_rows(self):
        rows = [
            {"category": "Metals", "month": "2026-01", "value": "100"},
            {"category": "Metals / Steel", "month": "2026-02-15", "value": 101.5},
            {"product": "NOPE", "month": "2026-01", "value": 1},
            {"category": "Metals", "month": "2026-01", "value": 0},
            {"month": "2026-01", "value": 1},
            {"category": "Metals", "month": "January", "value": 1},
        ]
        statuses = [
            one["status"]
            for one in self.indices.take_rows("Exchange", rows, self.company)
        ]
        self.assertEqual(statuses, ["created", "created", *["refused"] * 4])
        again = self.indices.take_rows("Exchange", rows[:2], self.company)
        self.assertEqual({one["status"] for one in again}, {"unchanged"})
        [changed] = self.indices.take_rows(
            "Exchange", [{**rows[0], "value": 102}], self.company
        )
        self.assertEqual(changed["status"], "updated")
        self.assertEqual(self.indices.browse(changed["id"]).value, 102)
