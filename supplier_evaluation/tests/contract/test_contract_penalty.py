from datetime import date

from freezegun import freeze_time

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...tools.groups import MANAGER_GROUP
from ..scheduled import SCHEDULED
from .common import NOON, ContractCommon


@tagged("post_install", "-at_install")
class TestContractPenalty(ContractCommon):
    """What came late is proposed once, follows its records, and is decided on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(f"2026-04-10{NOON}"))
        cls.penalties = cls.env["supplier.contract.penalty"]
        cls.cron = cls.env.ref("supplier_evaluation.ir_cron_supplier_contract_penalty")

    @classmethod
    def _agree(cls, percent=0.5, at_most=5, **vals):
        line = {"price": 10, "penalty_percent": percent, "penalty_max_percent": at_most}
        return cls._contract([line], **vals)

    def _late(self, days, quantity=100, **vals):
        """An order line that came that many days late."""
        line = self._order(quantity, 10, "2026-03-10", **vals)
        self._receive(line, str(date(2026, 3, 10 + days)))
        return line

    def _propose(self, day="2026-04-10"):
        self.env.flush_all()
        with freeze_time(f"{day}{NOON}"), self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()
        return self.penalties.search([("company_id", "=", self.company.id)])

    # ------------------------------------------------------------
    # Proposing
    # ------------------------------------------------------------

    def test_amount(self):
        contract = self._agree()
        line = self._late(4)
        penalty = self._propose()
        self.assertEqual(penalty.purchase_line_id, line)
        self.assertEqual(penalty.contract_id, contract)
        self.assertEqual(
            (penalty.days_late, penalty.worth, penalty.percent, penalty.amount),
            (4, 1000, 2, 20),
        )
        self.assertEqual(penalty.date_promised, date(2026, 3, 10))
        self.assertEqual(penalty.date_received, date(2026, 3, 14))
        self.assertEqual(penalty.state, "proposed")

    def test_ordered_anew_after_the_promise(self):
        """50 more, or 40 fewer, after all 100 came late: 100 did."""
        self._agree()
        lines = self._late(4), self._late(4)
        for line, quantity in zip(lines, (150, 60), strict=True):
            with freeze_time(f"2026-03-20{NOON}"):
                line.product_qty = quantity
        # What was ordered in addition came, too: until then nothing is complete.
        more = lines[0].order_id.picking_ids.filtered(lambda one: one.state != "done")
        self._validate(more)
        self.assertEqual(self._propose().mapped("worth"), [1000, 1000])

    def test_at_most(self):
        self._agree()
        self._late(20)
        self.assertEqual(self._propose().amount, 50)

    def test_without_a_maximum_it_is_all_of_it(self):
        self._agree(percent=30, at_most=False)
        self._late(4)
        self.assertEqual(self._propose().amount, 1000)

    def test_nothing_is_no_penalty(self):
        """Nobody is asked about what is free, or what owes 0 % at most."""
        self._agree(at_most=0)
        self._late(4)
        self.assertFalse(self._propose())
        nut = self._create_product("Nut")
        line = {"product_id": nut.id, "price": 1, "penalty_percent": 1}
        self._contract([line])
        free = self._order(1, 0, "2026-03-10", product=nut)
        self._receive(free, "2026-03-14")
        self.assertFalse(self._propose())

    def test_a_robot_does_not_decide(self):
        self._agree()
        self._late(4)
        robot = self._propose().with_user(SUPERUSER_ID)
        self.assertFalse(robot.can_decide)
        with self.assertRefused("no robot", AccessError):
            robot.action_claim("Late")

    def test_it_reconciles_with_its_records(self):
        """Each is what the delivery that it opens says, times what was agreed."""
        self._agree()
        for days in (0, 1, 3, 20):
            self._late(days, quantity=10 + days)
        penalties = self._propose()
        self.assertEqual(len(penalties), 3)
        total = 0
        for penalty in penalties:
            action = penalty.action_open_fact()
            with freeze_time(f"2026-04-10{NOON}"):
                [fact] = self.env[action["res_model"]].search(action["domain"])
            self.assertEqual(penalty.days_late, fact.days_behind)
            self.assertEqual(penalty.date_received, fact.date_received)
            self.assertEqual(penalty.order_id.id, fact.res_id)
            order = penalty.action_open_order()
            self.assertEqual(order["res_id"], fact.res_id)
            contract = penalty.action_open_contract()
            self.assertEqual(contract["res_id"], penalty.contract_id.id)
            share = min(fact.days_behind * 0.5, 5) / 100
            total += penalty.purchase_line_id.price_subtotal * share
        self.assertAlmostEqual(sum(penalties.mapped("amount")), total)
        self.assertAlmostEqual(total, 110 * 0.005 + 130 * 0.015 + 300 * 0.05)

    def test_what_gets_none(self):
        self._agree(date_to="2026-03-31")
        self._late(0)
        self._late(5, confirmed="2025-12-31")
        self._late(5, partner=self._create_supplier("Rival"))
        self._late(5, product=self._create_product("Nut"))
        self._order(1, 10, "2026-03-10")  # still open
        self._late(5)._set_supplier_exclusion("manual", "Our forwarder")
        self.assertFalse(self._propose())

    def test_the_contract_of_the_day_of_the_order(self):
        """A revision does not change what earlier orders owe."""
        contract = self._agree()
        early = self._late(4)
        with freeze_time(f"2026-03-05{NOON}"):
            action = self._as(contract, "buyer").action_revise()
            revision = contract.browse(action["res_id"])
            self._as(revision, "buyer").line_ids.penalty_percent = 1
            self._approve(self._as(revision, "buyer"))
        later = self._late(4, confirmed="2026-03-06")
        amounts = {one.purchase_line_id: one.amount for one in self._propose()}
        self.assertEqual(amounts, {early: 20, later: 40})

    def test_currency_of_the_order(self):
        euro = self._euros({"2026-01-01": 0.5})
        self._agree()
        self._late(4, currency_id=euro.id)
        penalty = self._propose()
        self.assertEqual((penalty.currency_id, penalty.amount), (euro, 20))

    # ------------------------------------------------------------
    # Following
    # ------------------------------------------------------------

    def test_computed_again_it_is_the_same(self):
        self._agree()
        self._late(4)
        first = self._propose()
        stamp = first.write_date
        again = self._propose("2026-04-11")
        self.assertEqual(again, first)
        self.assertEqual(again.write_date, stamp, "nothing was written")

    def test_it_follows_its_records(self):
        self._agree()
        line = self._late(4)
        penalty = self._propose()
        line._set_supplier_exclusion("manual", "Our forwarder")
        self.assertEqual(self._propose().state, "dropped")
        line._set_supplier_exclusion(False, "It was not")
        self.assertEqual(self._propose(), penalty)
        self.assertEqual(penalty.state, "proposed")

    def test_what_is_decided_stays(self):
        self._agree()
        line = self._late(4)
        penalty = self._propose()
        self._as(penalty, "manager").action_claim("Agreed by phone")
        line._set_supplier_exclusion("manual", "Our forwarder")
        self.assertEqual(self._propose(), penalty)
        self.assertEqual((penalty.state, penalty.amount), ("claimed", 20))

    def test_a_claim_that_its_records_do_not_carry(self):
        """Who claimed it is told once, and another decision is theirs."""
        self._agree()
        line = self._late(4)
        penalty = self._propose()
        self._as(penalty, "manager").action_claim("Agreed by phone")
        self._propose()
        self.assertFalse(penalty.is_outdated)
        with self.assertRefused("say what was claimed"):
            self._as(penalty, "manager").action_reconsider()
        line._set_supplier_exclusion("manual", "Our forwarder")
        self._propose()
        said = penalty.message_ids[0]
        self.assertIn(self.people["manager"].partner_id, said.partner_ids)
        self.assertIn("its records say", said.body)
        self.assertTrue(self._as(penalty, "manager").can_reconsider)
        self.assertFalse(self._as(penalty, "buyer").can_reconsider)
        with self.assertRefused("Only a manager", AccessError):
            self._as(penalty, "buyer").action_reconsider()
        self._propose("2026-04-11")
        self.assertEqual(penalty.message_ids[0], said, "told once")
        self._as(penalty, "manager").action_reconsider()
        self.assertEqual((penalty.state, penalty.reason), ("dropped", False))

    def test_a_claim_of_another_amount(self):
        self._agree()
        line = self._late(4)
        penalty = self._propose()
        self._as(penalty, "manager").action_claim("Agreed by phone")
        line.price_unit = 5
        self._propose()
        self.assertTrue(penalty.is_outdated)
        with freeze_time(f"2026-04-10{NOON}"):
            self._as(penalty, "manager").action_reconsider()
        self.assertEqual((penalty.state, penalty.amount), ("proposed", 10))
        self._as(penalty, "manager").action_claim("Half of it")
        line.price_unit = 10
        self._propose()
        self.assertTrue(penalty.is_outdated)
        line.price_unit = 5
        self._propose()
        self.assertFalse(penalty.is_outdated, "the records carry it again")

    def test_nobody_decides_on_what_was(self):
        """Who claims what was put right in the meantime is shown what it is now."""
        self._agree()
        line, other = self._late(4), self._late(5)
        penalties = self._propose()
        penalty = penalties.filtered(lambda one: one.purchase_line_id == line)
        line._set_supplier_exclusion("manual", "Our forwarder")
        with freeze_time(f"2026-04-10{NOON}"):
            answer = self._as(penalties, "manager").action_claim("Late")
        self.assertIn("look at it again", answer["params"]["message"])
        self.assertEqual(penalty.state, "dropped")
        rest = penalties - penalty
        self.assertEqual((rest.purchase_line_id, rest.state), (other, "proposed"))
        with freeze_time(f"2026-04-10{NOON}"):
            self._as(rest, "manager").action_claim("Late")
        self.assertEqual(rest.state, "claimed")

    def test_statements_do_not_grow(self):
        self._agree()
        self._late(4)
        self._late(5)
        self._propose()

        def count():
            with freeze_time(f"2026-04-10{NOON}"):
                return self._statements_of(
                    lambda: self.penalties._propose(self.company)
                )

        count()
        few = count()
        for days in range(1, 19):
            self._late(days)
        self._propose()
        self.assertEqual(count(), few)

    # ------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------

    def test_who_decides(self):
        self._agree()
        line = self._late(4)
        penalty = self._propose()
        line.order_id.user_id = self.people["second"]
        for user, text in (
            ("buyer", "Only a manager"),
            ("approver", "Only a manager"),
            ("second", "You bought"),
        ):
            own = self._as(penalty, user)
            with self.subTest(user=user):
                self.assertFalse(own.can_decide)
                for asked in (own, own.sudo()):
                    with self.assertRefused(text, AccessError):
                        asked.action_waive("Never mind")
        self.assertTrue(self._as(penalty, "manager").can_decide)
        # Nobody gets rid of what is their own by giving it away untold.
        given = self._as(line.order_id, "second").with_context(tracking_disable=True)
        given.user_id = self.people["buyer"]
        self.assertFalse(self._as(penalty, "second").can_decide)
        with self.assertRefused("You bought", AccessError):
            self._as(penalty, "second").action_waive("Never mind")
        with self.assertRefused("Say why"):
            self._as(penalty, "manager").action_waive()
        self._as(penalty, "manager").reason = "They paid the freight"
        self._as(penalty, "manager").action_waive()
        self.assertEqual(penalty.state, "waived")
        self.assertEqual(penalty.decided_uid, self.people["manager"])
        self.assertEqual(penalty.reason, "They paid the freight")
        with self.assertRefused("Waived"):
            self._as(penalty, "manager").action_claim("After all")
        with self.assertRefused("is decided", AccessError):
            self._as(penalty, "manager").reason = "Another one"

    def test_manager_of_another_company(self):
        self._agree()
        self._late(4)
        penalty = self._propose()
        elsewhere = self._create_company("Elsewhere", "UTC", "EUR")
        stranger = self._create_user("penalty_stranger", MANAGER_GROUP, elsewhere)
        with self.assertRaises(AccessError):
            self._as(penalty, stranger).action_claim("Ours")
        with self.assertRefused("Golden Works", AccessError):
            penalty.with_user(stranger).sudo().action_claim("Ours")

    def test_nobody_writes_one(self):
        self._agree()
        self._late(4)
        manager = self._as(self._propose(), "manager")
        with self.assertRaises(AccessError):
            manager.write({"amount": 1})
        with self.assertRaises(AccessError):
            manager.create({"purchase_line_id": 1})
        with self.assertRaises(AccessError):
            manager.unlink()

    def test_a_bad_company_stops_nothing(self):
        self._agree()
        self._late(4)
        model = type(self.penalties)
        original = model._due

        def fail(penalties, company):
            if company != self.company:
                raise ValueError("Elsewhere is bad")
            return original(penalties, company)

        elsewhere = self._create_company("Elsewhere", "UTC", "USD")
        self.env.user.company_ids |= elsewhere
        self.people["other"] = self._create_user(
            "penalty_other", "purchase.group_purchase_manager", elsewhere
        )
        for user in ("approver", "manager", "buyer"):
            self.people[user].company_ids |= elsewhere
        self._agree(company=elsewhere)
        self.patch(model, "_due", fail)
        with (
            self._failing(self.cron, "Elsewhere is bad"),
            self.assertLogs(SCHEDULED, "ERROR"),
        ):
            found = self._propose()
        self.assertEqual(len(found), 1)
