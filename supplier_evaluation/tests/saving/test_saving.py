from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command, fields
from odoo.fields import Domain
from odoo.tests import tagged

from ...models.contract.matching import ContractBook
from ...report.fact.hints import ids_of, words_of
from ...report.saving.references import REFERENCES, SAVING_IDS
from ..common import MANAGER
from ..contract.common import NOON, ContractCommon
from ..fact import sums
from ..fact.common import CatalogueCommon

MODEL = "supplier.saving.fact"


@tagged("post_install", "-at_install")
class TestSaving(CatalogueCommon, ContractCommon):
    """What was paid against each reference, worked out by hand.

    Bolts: 10 each in February. In March, 50 for 9 and 10 for 11; a rival asks 12. By
    contract a dozen costs 114, so one 9.5. The pricelist says 11, from 40 on 10.5. The
    index rose by 3 %.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rival = cls._create_supplier("Rival")
        cls.env["product.supplierinfo"].create(
            [
                {
                    "partner_id": cls.supplier.id,
                    "product_tmpl_id": cls.product.product_tmpl_id.id,
                    "currency_id": cls.company.currency_id.id,
                    "company_id": cls.company.id,
                    "min_qty": quantity,
                    "price": price,
                    # Before discount: that is what was negotiated.
                    "discount": 50,
                }
                for quantity, price in ((0, 11), (40, 10.5))
            ]
        )
        cls.contract = cls._contract([{"price": 114, "uom_id": cls.uom_dozen.id}])
        cls._indices({"2026-02": 100, "2026-03": 103})
        cls.before = cls._buy(100, 10, "2026-02-10")
        cls.cheap = cls._buy(50, 9, "2026-03-05")
        cls.dear = cls._buy(10, 11, "2026-03-20")
        cls._buy(10, 12, "2026-03-06", partner=cls.rival)

    def _savings(self, domain=(), scope=None, user=None):
        self.env.flush_all()
        facts = self._as(self.env[MODEL], user) if user else self.env[MODEL]
        return facts._with_fact_scope(scope or self._scope()), [
            ("company_id", "=", self.company.id),
            *domain,
        ]

    def _of(self, line, **scope):
        """Return the facts of an order line by reference."""
        ids = [SAVING_IDS.encode(line.id * 2, place) for place in range(5)]
        facts, domain = self._savings([("id", "in", ids)], self._scope(**scope))
        return {fact.reference: fact for fact in facts.search(domain)}

    def _saved(self, line):
        return {
            name: fact.saving if fact.exclusion is False else fact.exclusion
            for name, fact in self._of(line).items()
        }

    def _assert_saved(self, line, **expected):
        saved = self._saved(line)
        self.assertEqual(set(saved), set(REFERENCES))
        for name, amount in expected.items():
            with self.subTest(reference=name):
                if isinstance(amount, str):
                    self.assertEqual(saved[name], amount)
                else:
                    self.assertAlmostEqual(saved[name], amount, 6)

    # ------------------------------------------------------------
    # By hand
    # ------------------------------------------------------------

    def test_golden(self):
        """Market: the median of 1560 / 160 and 12."""
        market = (1560 / 160 + 12) / 2
        self._assert_saved(
            self.cheap,
            last=(10 - 9) * 50,
            market=(market - 9) * 50,
            contract=(9.5 - 9) * 50,
            list=(10.5 - 9) * 50,
            index=(10.3 - 9) * 50,
        )
        self._assert_saved(
            self.dear,
            last=-10,
            market=(market - 11) * 10,
            contract=-15,
            list=0,
            index=-7,
        )
        facts = self._of(self.cheap)
        self.assertEqual(facts["last"].reference_order_id, self.before.order_id)
        self.assertEqual(facts["contract"].contract_id, self.contract)
        self.assertAlmostEqual(facts["contract"].reference_price, 9.5)
        self.assertAlmostEqual(facts["contract"].saving_share, 0.5 / 9.5)
        self.assertEqual(facts["list"].buyer_id, self.cheap.order_id.user_id)

    def test_kpi_against_the_contract(self):
        measure = self._measure("price_contract")
        self.assertAlmostEqual(measure.value, 100 * -10 / (9.5 * 60), 6)
        self.assertEqual(measure.n, 2)
        # Who has no contract has no figure, not one of 0.
        rival = self._measure("price_contract", partner=self.rival)
        self.assertIsNone(rival and rival.value)

    def test_no_reference_is_no_saving(self):
        nut = self._create_product("Nut")
        line = self._buy(5, 4, "2026-03-10", product=nut)
        # Odoo made a pricelist of the order: what it says is what was paid.
        nut.seller_ids.unlink()
        self._assert_saved(line, **dict.fromkeys(REFERENCES, "no_reference"))
        for fact in self._of(line).values():
            self.assertIs(fact.saving, False)
            self.assertIs(fact.reference_value, False)

    def test_what_is_left_out(self):
        line = self._buy(50, 9, "2026-03-11")
        with freeze_time(f"2026-03-12{NOON}"):
            line.order_id.button_cancel()
        self._assert_saved(line, **dict.fromkeys(REFERENCES, "cancelled"))
        line = self._buy(50, 9, "2026-03-11")
        [fact] = [one for one in self._of(line).values() if one.reference == "list"]
        self.assertEqual(fact._records_left_out(), {"purchase.order.line": line.ids})
        line._set_supplier_exclusion("manual", "A sample")
        self._assert_saved(line, **dict.fromkeys(REFERENCES, "manual"))

    # ------------------------------------------------------------
    # Currencies, units, companies
    # ------------------------------------------------------------

    def test_currencies(self):
        """By the rate of the day of the order: 0.5 € for a dollar, later 0.8."""
        euro = self._euros({"2026-01-01": 0.5, "2026-03-15": 0.8})
        line = self._buy(10, 4, "2026-03-10", currency_id=euro.id)
        self._assert_saved(line, last="no_reference", contract=10 * (9.5 - 8))
        self.assertAlmostEqual(self._of(line)["contract"].reference_price, 4.75)
        nut = self._create_product("Nut")
        self._contract(
            [{"product_id": nut.id, "price": 6}], title="Nuts", currency_id=euro.id
        )
        for day, agreed in (("2026-03-10", 6 / 0.5), ("2026-03-16", 6 / 0.8)):
            line = self._buy(10, 7, day, product=nut)
            self._assert_saved(line, contract=10 * (agreed - 7))

    def test_without_a_rate(self):
        pound = self.env.ref("base.GBP")
        pound.active = True
        pound.rate_ids.unlink()
        line = self._buy(10, 4, "2026-03-10", currency_id=pound.id)
        self._assert_saved(line, **dict.fromkeys(REFERENCES, "no_rate"))
        nut = self._create_product("Nut")
        self._contract(
            [{"product_id": nut.id, "price": 6}], title="Nuts", currency_id=pound.id
        )
        line = self._buy(10, 7, "2026-03-10", product=nut)
        self._assert_saved(line, contract="no_rate")
        # A rate that came later is none of that day.
        self.env["res.currency.rate"].create(
            {
                "name": "2026-03-11",
                "currency_id": pound.id,
                "company_id": self.company.id,
                "rate": 0.5,
            }
        )
        self._assert_saved(line, contract="no_rate")

    def test_units(self):
        """Two dozens for 120 each are 24 for 10."""
        line = self._buy(2, 120, "2026-03-10", uom=self.uom_dozen)
        self._assert_saved(line, last=0, contract=24 * -0.5, list=24 * (11 - 10))
        kilo = self.env.ref("uom.product_uom_kgm")
        nut = self._create_product("Nut", categ_id=self.goods.id)
        self._contract(
            [{"categ_id": self.goods.id, "price": 6, "uom_id": kilo.id}], title="Nuts"
        )
        line = self._buy(10, 7, "2026-03-10", product=nut)
        self._assert_saved(line, contract="no_unit")

    def test_companies(self):
        elsewhere = self._create_company("Elsewhere", "UTC", "USD")
        self.env.user.company_ids |= elsewhere
        for name in ("buyer", "approver", "manager"):
            self.people[name].company_ids |= elsewhere
        nut = self._create_product("Nut")
        self._contract([{"product_id": nut.id, "price": 6}], company=elsewhere)
        line = self._buy(10, 7, "2026-03-10", product=nut)
        self._assert_saved(line, contract="no_reference")
        stranger = self._create_user("saving_stranger", MANAGER, elsewhere)
        facts = self._as(self.env[MODEL], stranger)
        self.assertFalse(facts.search([("partner_id", "=", self.supplier.id)]))

    # ------------------------------------------------------------
    # As the contracts say
    # ------------------------------------------------------------

    def test_the_contract_is_that_of_the_gate(self):
        """The database finds the lines and prices that Python does."""
        nut = self._create_product("Nut", categ_id=self.goods.id)
        cog = self._create_product("Cog", categ_id=self.goods.id)
        base = self._indices(
            {"2026-01": 80, "2026-02": 90, "2026-03": 100}, product_id=nut.id
        )[0]
        contract = self._contract(
            [
                {
                    "product_id": nut.id,
                    "price": 8,
                    "price_kind": "index",
                    "index_id": base.id,
                    "index_share": 40,
                },
                {
                    "categ_id": self.goods.id,
                    "price": 3,
                    "uom_id": self.uom_unit.id,
                },
            ],
            title="Nuts and Cogs",
            date_to="2026-03-20",
        )
        with freeze_time(f"2026-03-12{NOON}"):
            action = self._as(contract, "buyer").action_revise()
            revision = self._as(contract.browse(action["res_id"]), "buyer")
            revision.line_ids[1].price = 4
            self._approve(revision)
        lines = self.env["purchase.order.line"].union(
            *(
                self._buy(3, 5, day, product=product)
                for day in ("2026-03-02", "2026-03-14", "2026-03-25")
                for product in (nut, cog, self.product)
            )
        )
        book = ContractBook(self.env, self.company, self.supplier, lines.product_id)
        found = set()
        for line in lines:
            day = line._contract_day()
            term = book.line_for(self.company, self.supplier, line.product_id, day)
            fact = self._of(line)["contract"]
            if not term:
                self.assertEqual(fact.exclusion, "no_reference")
                continue
            self.assertEqual(fact.contract_line_id, term)
            found.add(term)
            agreed = term._agreed_prices([(term, day)])[term, day].price
            own = term.uom_id._compute_price(agreed, line.product_id.uom_id)
            self.assertAlmostEqual(fact.reference_price, own, 6)
        self.assertEqual(len(found), 5, "nuts and cogs twice, and bolts")

    # ------------------------------------------------------------
    # Totals
    # ------------------------------------------------------------

    def test_totals_are_those_of_the_records(self):
        """Each sum opens the records that it was made of; no sum mixes references."""
        other = self._create_user("saving_buyer", "purchase.group_purchase_user")
        self.dear.order_id.user_id = other
        facts, domain = self._savings([("exclusion", "=", False)])
        for key in ("partner_id", "buyer_id", "categ_id", "date:month"):
            groups = facts.formatted_read_group(
                domain, ["reference", key], ["saving:sum", "value:sum", "__count"]
            )
            self.assertGreaterEqual(len(groups), len(REFERENCES))
            for group in groups:
                records = facts.search([*domain, *group["__extra_domain"]])
                self.assertEqual(len(records), group["__count"])
                for name in ("saving", "value"):
                    self.assertAlmostEqual(
                        sum(records.mapped(name)), group[f"{name}:sum"], 6
                    )
        [mixed] = facts._read_group(domain, [], ["saving:sum", "saving_share:avg"])
        self.assertEqual(mixed, (False, False))
        [last] = facts._read_group(
            [*domain, ("reference", "=", "last")],
            [],
            ["saving:sum", "saving_share:avg", "line_count:sum"],
        )
        self.assertEqual(last, (40.0, 40 / 600, 2))

    def test_one_reference_reads_one(self):
        """Who asks for one gets what all of them say, in one statement."""
        facts, domain = self._savings()
        for name in REFERENCES:
            whole = facts.search(domain).filtered(
                lambda one, n=name: one.reference == n
            )
            own = facts.search([*domain, ("reference", "=", name)])
            self.assertEqual(own, whole)
        page = facts.web_search_read(
            [*domain, ("reference", "=", "list")], {"saving": {}}, limit=1
        )
        self.assertEqual(page["length"], 3)
        self.assertFalse(facts.search([*domain, ("reference", "=", "none")]))

    def test_a_page_of_the_analysis(self):
        """Found and counted among the newest lines first, it is that of all of them."""
        nut = self._create_product("Nut")
        today = fields.Date.today()
        for ago in (60, 20, 19, 3):
            self._buy(10, 5 + ago, str(today - timedelta(days=ago)), product=nut)
        self.env.flush_all()
        facts = self.env[MODEL]
        domain = [
            ("product_id", "=", nut.id),
            ("reference", "=", "last"),
            ("exclusion", "=", False),
        ]
        whole = facts.search(domain)
        self.assertEqual(whole.mapped("saving"), [160, 10, 400])
        self.assertEqual(facts.search_count(domain), 3)
        for limit in (1, 2, 3, 4):
            page = facts.web_search_read(domain, {"saving": {}}, limit=limit)
            self.assertEqual(page["length"], 3)
            ids = [row["id"] for row in page["records"]]
            self.assertEqual(ids, whole.ids[:limit])
            self.assertEqual(facts.search_count(domain, limit), min(limit, 3))
        later = facts.web_search_read(domain, {"saving": {}}, limit=2, offset=1)
        self.assertEqual([row["id"] for row in later["records"]], whole.ids[1:])

    def test_a_page_compares_its_own_prices(self):
        """Whatever else there is; and it counts one reference after the other."""
        nut = self._create_product("Nut")
        for ago in (300, 200, 100, 99, 98):
            day = fields.Date.today() - timedelta(days=ago)
            self._buy(10, 5 + ago, str(day), product=nut)
            if ago == 99:  # the newest one is in no sums yet
                sums.build(self.env)
        self.env.flush_all()
        facts = self.env[MODEL]
        domain = [("product_id", "=", nut.id), ("exclusion", "=", False)]
        whole = facts.search(domain)
        self.assertGreater(len(whole), 4)
        search = type(facts)._search

        def listen(facts, domain, *args, **kwargs):
            asked.append(list(Domain(domain).optimize(facts)))
            return search(facts, domain, *args, **kwargs)

        # As Python and the web client say that nobody asks for another order.
        for order in (None, "", "date DESC, id DESC"):
            asked = []
            with self.subTest(order), patch.object(type(facts), "_search", listen):
                page = facts.web_search_read(
                    domain, {"saving": {}}, limit=2, order=order, count_limit=2
                )
                self.assertEqual(facts.search_count(domain, 2), 2)
                self.assertEqual([row["id"] for row in page["records"]], whole.ids[:2])
                found, read, *counted = asked
                self.assertLessEqual(len(ids_of(found, "id")), 2 * len(REFERENCES))
                self.assertEqual(set(ids_of(read, "id")), set(whole.ids[:2]))
                told = [words_of(one, "reference") for one in counted]
                self.assertEqual(told, [["last"]])

    def test_opens_the_order(self):
        fact = self._of(self.cheap)["contract"]
        action = fact.action_open_document()
        self.assertEqual(action["res_id"], self.cheap.order_id.id)

    def test_price_of_a_history_line(self):
        """Imported lines count, too; by a name alone there is no contract."""
        self.env["supplier.history.line"].create(
            {
                "company_id": self.company.id,
                "partner_id": self.supplier.id,
                "order_ref": "OLD",
                "line_ref": "1",
                "product_id": self.product.id,
                "uom_id": self.uom_unit.id,
                "quantity_ordered": 4,
                "price_unit": 8,
                "currency_id": self.company.currency_id.id,
                "date_order": "2026-03-09",
                "date_promised": "2026-03-10",
                "receipt_ids": [Command.create({"date": "2026-03-10", "quantity": 4})],
            }
        )
        facts, domain = self._savings(
            [("source", "=", "history"), ("reference", "in", ["last", "contract"])]
        )
        saved = {one.reference: one.saving for one in facts.search(domain)}
        self.assertEqual(saved, {"last": 8, "contract": 6})
