from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import file_path

from .common import TODAY
from .test_choice import ChoiceCommon

SCRIPT = "supplier_evaluation_requisition/migrations/19.0.1.1.0/post-10-over-offers.py"


@tagged("post_install", "-at_install")
class TestChoiceChanges(ChoiceCommon):
    """Offers, requirements and candidates change before and after a choice."""

    def setUp(self):
        super().setUp()
        clock = freeze_time(TODAY)
        clock.start()
        self.addCleanup(clock.stop)

    def _choose(self, choice, partner, reason=None):
        choice.candidate_id = self._of(choice, partner)[0]
        if reason:
            choice.choice_reason = reason
        choice.action_choose()

    def test_other_source(self):
        """What was typed in before the records say it is not kept without a reason."""
        choice = self._list([("Trial", 100, {"rating": "lowest"})])
        cell = self._cell(choice, "Trial", self.rival)
        cell.write({"own_figure": 1, "reason": "Seen there"})
        choice.criterion_ids.write({"source": "price"})
        self.assertIs(cell.own_figure, False)
        self.assertEqual((cell.figure, cell.reason), (125, False))
        with self.assertRefused("number 2"):
            self._choose(choice, self.rival)
        # Nor are points kept above the best there is now.
        choice.criterion_ids.source = "typed"
        cell.own_figure = 5
        with self.assertRefused("from 0 to 3", ValidationError):
            choice.criterion_ids.best = 3

    def test_figures_that_are_none(self):
        """A slip of the keyboard is refused with a name, and not by the database."""
        choice = self._list([("Hours", 100, {"rating": "lowest"})])
        for figure in (1e300, -1e13):
            with self.assertRefused("“Hours” has figures up to", ValidationError):
                self._cell(choice, "Hours", self.rival).own_figure = figure
        for vals in ({"worst": -1e13}, {"best": float("inf")}):
            with self.assertRefused("“Hours” has figures up to", ValidationError):
                choice.criterion_ids.write(vals)
        for weight in (1e-9, 0, -1, 100.01):
            with self.assertRefused("for “Hours”", ValidationError):
                choice.criterion_ids.weight = weight
            with self.assertRefused("for “Hours”", ValidationError):
                self._list([("Hours", weight, {})])

    def test_cancelled_offer(self):
        """It is not chosen, and the others are not measured by its price."""
        choice = self._list([("Price", 100, {"source": "price"})])
        self.cheap.button_cancel()
        with self.assertRefused("is cancelled"):
            self._choose(choice, self.supplier)
        with self.assertRefused("or none"):
            self._choose(choice, self.rival, "The other one is cancelled")
        choice.action_fill()
        self.assertIs(self._cell(choice, "Price", self.supplier).figure, False)
        self.assertEqual(self._cell(choice, "Price", self.rival).score, 100)
        self._choose(choice, self.rival)

    def test_offer_of_another_vendor(self):
        """An offer that went to somebody else is none of the candidate."""
        choice = self._list([("Price", 100, {"source": "price"})])
        self.cheap.partner_id = self.unknown
        for partner in (self.supplier, self.rival):
            with self.assertRefused("not of", ValidationError):
                self._choose(choice, partner, "Because")

    def test_cost_of_another_price(self):
        """A cost rests on a price: it is read anew when that has changed."""
        choice = self._list([("Cost", 100, {"source": "cost"})])
        self.cheap.order_line.price_unit = 100
        with self.assertRefused("another price"):
            self._choose(choice, self.supplier, "Because")
        choice.action_fill()
        self._choose(choice, self.supplier, "Because")

    def test_other_candidate(self):
        """Points and reasons are of one supplier, a figure over the offer of one."""
        choice = self._list([("Price", 60, {"source": "price"}), ("Trial", 40, {})])
        one = self._of(choice, self.rival)
        self._score_all(choice)
        price = self._cell(choice, "Price", self.rival)
        trial = self._cell(choice, "Trial", self.rival)
        price.write({"own_figure": 90, "reason": "They promised a rebate"})
        one.action_take()
        one.order_id = self._request(self.rival, 11)
        self.assertEqual((price.figure, price.reason), (110, False))
        self.assertEqual((trial.figure, choice.candidate_id), (4, one))
        one.write({"partner_id": self.unknown.id, "order_id": False})
        self.assertIs(trial.figure, False)
        self.assertFalse(trial.reason or choice.candidate_id)

    def test_reason_of_another_choice(self):
        """It was said of one candidate, and in one round."""
        choice = self._list([("Price", 100, {"source": "price"})])
        self._choose(choice, self.rival, "Only they deliver on Sundays")
        self._as(choice, "manager").action_reopen("A new offer")
        self.assertFalse(choice.candidate_id or choice.choice_reason)
        with self.assertRefused("number 2"):
            self._choose(choice, self.rival)
        choice.write(
            {
                "candidate_id": self._of(choice, self.rival).id,
                "choice_reason": "Only they deliver on Sundays",
            }
        )
        self._of(choice, self.supplier).action_take()
        self.assertFalse(choice.choice_reason)
        choice.choice_reason = "They are near"
        self._of(choice, self.supplier).unlink()
        self.assertFalse(choice.choice_reason)

    def test_template_of_another_company(self):
        """A list begins with a template of its company, wherever its buyer acts."""
        other = self._create_company("Elsewhere", "Europe/Berlin", "EUR")
        theirs = self.env["supplier.choice.template"].create(
            {"name": "Theirs", "sequence": -1, "company_id": other.id}
        )
        buyer = self.people["buyer"]
        buyer.company_ids |= other
        self.assertEqual(len(self._choice_of(self.cheap).criterion_ids), 8)
        choices = self._as(self.env["supplier.choice"], "buyer")
        choices = choices.with_context(allowed_company_ids=buyer.company_ids.ids)
        one, two, empty = choices.create(
            [
                {"title": "Here", "company_id": self.company.id},
                {"title": "There", "company_id": other.id},
                {"title": "Empty", "company_id": other.id, "template_id": False},
            ]
        )
        self.assertNotIn(theirs, one.template_id)
        self.assertEqual(two.template_id, theirs)
        self.assertFalse(empty.template_id)

    def test_figures_of_a_choice_stay(self):
        """Who is chosen is asked for an offer: the figures are those of the choice."""
        choice = self._list([("Price", 100, {"source": "price"})])
        one = self._of(choice, self.supplier)
        one.order_id = False
        cell = self._cell(choice, "Price", self.supplier)
        cell.write({"own_figure": 110, "reason": "By telephone"})
        self._choose(choice, self.supplier)
        self.dear.order_line.price_unit = 1
        choice.action_open_order()
        self.assertTrue(one.order_id)
        self.assertEqual(self._cell(choice, "Price", self.rival).figure, 125)
        self.assertEqual((cell.figure, one.rank), (110, 1))

    def test_offer_over_a_list_price(self):
        """A price that was known before the offer does not stand over it."""
        listed = {"own_figure": 90, "reason": "List Price"}
        alone = [Command.create({"partner_id": self.rival.id})]
        choice = self._list([("Price", 100, {"source": "price"})], candidate_ids=alone)
        one, cell = choice.candidate_ids, choice.score_ids
        cell.write(listed)
        self._choose(choice, self.rival, "They are near")
        choice.action_open_order()
        one.order_id.order_line = [
            Command.create(
                {"product_id": self.product.id, "product_qty": 10, "price_unit": 50}
            )
        ]
        self.assertEqual(cell.figure, 90)
        self._as(choice, "manager").action_reopen("They made an offer")
        with self.assertRefused("another price"):
            self._choose(choice, self.rival, "They are near")
        choice.action_fill()
        self.assertEqual((cell.figure, cell.reason), (500, False))
        # Asked for an offer after they were weighed: it is theirs, in the same list.
        choice = self._list(
            [("Price", 100, {"source": "price"})],
            candidate_ids=alone,
            origin_id=self.cheap.id,
        )
        choice.score_ids.write(listed)
        self.assertEqual(self._choice_of(self.cheap), choice)
        one = self._of(choice, self.rival)
        self.assertEqual(one.order_id, self.dear)
        self.assertEqual(one.score_ids.figure, 125)
        self.assertEqual(len(choice.candidate_ids), 2)

    def test_merged_vendors(self):
        """Both stay as they were weighed, in a list that is decided, too."""
        twin = self._create_supplier("Rival Ltd", supplier_rank=1)
        twins = [Command.create({"partner_id": one.id}) for one in (twin, self.rival)]
        choice = self._list([("Trial", 100, {})], candidate_ids=twins)
        with self.assertRefused("already", ValidationError):
            choice.candidate_ids = [Command.create({"partner_id": twin.id})]
        choice.score_ids.own_figure = 4
        self._choose(choice, twin, "Both are good")
        chosen = choice.candidate_id
        merging = self.env["base.partner.merge.automatic.wizard"]
        merging._merge((twin | self.rival).ids, self.rival)
        self.env.invalidate_all()
        self.assertEqual((choice.state, choice.candidate_id), ("chosen", chosen))
        self.assertEqual(choice.candidate_ids.partner_id, self.rival)
        self.assertEqual(choice.candidate_ids.mapped("score"), [80, 80])

    def test_deleted_offers(self):
        """Offers of a choice stay; both of one vendor go while it is compared."""
        again = self._request(self.supplier, 9)
        choice = self._list([("Price", 100, {"source": "price"})])
        choice.candidate_ids = [
            Command.create({"partner_id": self.supplier.id, "order_id": again.id})
        ]
        self._choose(choice, self.supplier, "Because")
        (self.cheap | again).button_cancel()
        choice.active = False
        with self.assertRefused("was compared in"):
            again.unlink()
        choice.active = True
        self._as(choice, "manager").action_reopen("Other offers")
        (self.cheap | again).unlink()
        self.assertEqual(len(choice.candidate_ids), 3)

    def test_offer_of_less(self):
        """A tenth of it is not the cheapest: its price is none beside the others."""
        part = self._request(self.unknown, 11, quantity=1, origin=self.cheap)
        requirements = [
            ("Price", 60, {"source": "price"}),
            ("Cost", 40, {"source": "cost"}),
        ]
        choice = self._list(requirements)
        choice.candidate_ids = [
            Command.create({"partner_id": self.unknown.id, "order_id": part.id})
        ]
        one = self._of(choice, self.unknown)
        for name in ("Price", "Cost"):
            self.assertIs(self._cell(choice, name, self.unknown).figure, False)
        self.assertEqual(self._cell(choice, "Price", self.supplier).score, 100)
        what = f"{self.product.display_name} 1 of 10"
        self.assertEqual(one.missing, f"Price, Cost (offers less than others: {what})")
        with self.assertRefused("1 of 10"):
            self._choose(choice, self.unknown)
        # In dozens it is more, and the others offer less: until it is gone.
        part.order_line.product_uom_id = self.env.ref("uom.product_uom_dozen")
        part.order_line.price_unit = 99
        choice.action_fill()
        self.assertEqual(self._cell(choice, "Price", self.unknown).figure, 99)
        self.assertIs(self._cell(choice, "Price", self.rival).figure, False)
        one.unlink()
        self.assertEqual(self._cell(choice, "Price", self.rival).figure, 125)

    def test_typed_in_before_the_price(self):
        """It stands until the offer has a price; what it was, the chatter says."""
        alone = [Command.create({"partner_id": self.rival.id})]
        choice = self._list([("Price", 100, {"source": "price"})], candidate_ids=alone)
        cell, one = choice.score_ids, choice.candidate_ids
        cell.write({"own_figure": 90.5, "reason": "By telephone"})
        # They are asked: there is an offer, without a price still.
        asked = self._request(self.rival, 0)
        one.order_id = asked
        self.assertEqual((cell.figure, cell.reason), (90.5, "By telephone"))
        choice.action_fill()
        self.assertEqual(cell.figure, 90.5)
        asked.order_line.price_unit = 11
        known = choice.message_ids
        choice.action_fill()
        self.assertEqual((cell.figure, cell.reason), (110, False))
        said = (choice.message_ids - known).body
        for words in ("does not count any more", "90.50", "By telephone"):
            self.assertIn(words, said)

    def test_typed_in_over_an_offer(self):
        """Somebody knew better: that stays while the offer has no figure, and after."""
        choice = self._list([("Price", 100, {"source": "price"})])
        cell = self._cell(choice, "Price", self.rival)
        cell.write({"own_figure": 90, "reason": "They promised a rebate"})
        with self.assertRefused("cannot be written", AccessError):
            cell.is_over_offer = False
        for is_open in (False, True):
            if is_open:
                self.dear.button_draft()
            else:
                self.dear.button_cancel()
            choice.action_fill()
            self.assertIs(cell.system_figure is not False, is_open)
            self.assertEqual((cell.figure, cell.reason[:4]), (90, "They"))
        # Others offer more for a while.
        more = self._request(self.unknown, 9, quantity=11)
        choice.candidate_ids = [
            Command.create({"partner_id": self.unknown.id, "order_id": more.id})
        ]
        self.assertIs(cell.system_figure, False)
        self._of(choice, self.unknown).unlink()
        self.assertEqual((cell.system_figure, cell.figure), (125, 90))
        # Another offer is another one, also where it has no price.
        self._of(choice, self.rival).order_id = self._request(self.rival, 0)
        self.assertIs(cell.figure, False)
        self.assertIn("a rebate", choice.message_ids[0].body)

    def test_typed_in_of_another_vendor(self):
        choice = self._list([("Trial", 100, {})])
        cell = self._cell(choice, "Trial", self.rival)
        cell.write({"own_figure": 4, "reason": "Seen there"})
        one = self._of(choice, self.rival)
        one.write({"partner_id": self.unknown.id, "order_id": False})
        self.assertIs(cell.figure, False)
        said = choice.message_ids[0].body
        self.assertIn("Trial: Rival", said)
        self.assertIn("4 (Seen there)", said)

    def test_numbers_in_words(self):
        """Half a per cent is shown, so that the sums can be followed."""
        choice = self._list([("Trial", 12.5, {}), ("Price", 87.5, {"source": "price"})])
        self._cell(choice, "Trial", self.rival).own_figure = 5
        row = choice.matrix["rows"][0]
        self.assertEqual((row["weight"], choice.matrix["total"]), ("12.5", "100"))
        cells = [cell for cell in row["cells"] if cell["sum"]]
        self.assertEqual(cells[0]["sum"], "100.0 × 12.5 % = 12.50")
        with self.assertRefused("from 0 to 5.", ValidationError):
            self._cell(choice, "Trial", self.supplier).own_figure = 6

    def test_list_that_decided(self):
        """It is opened, also where somebody compares the same offers once more."""
        choice = self._list([("Price", 100, {"source": "price"})])
        self._choose(choice, self.supplier)
        again = self._list([("Trial", 100, {})])
        self.assertEqual(self._choice_of(self.dear), choice)
        self._as(choice, "manager").action_reopen("Other needs")
        choice.action_drop("Not bought")
        self.assertEqual(self._choice_of(self.dear), again)

    def test_typed_in_over_an_offer_before_the_upgrade(self):
        """Which figures stood over offers was not noted then: they are kept, too."""
        needs = [("Price", 50, {"source": "price"}), ("Trial", 50, {})]
        choice = self._list(needs)
        cell = self._cell(choice, "Price", self.rival)
        typed = self._cell(choice, "Trial", self.rival)
        cell.write({"own_figure": 90, "reason": "They promised a rebate"})
        typed.own_figure = 2
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE supplier_choice_score SET is_over_offer = NULL WHERE id IN %s",
            [tuple(choice.score_ids.ids)],
        )
        script = load_script(file_path(SCRIPT), "over_offers")
        for _time in range(2):
            script.migrate(self.env.cr, "19.0.1.0.0")
            self.env.invalidate_all()
            over = choice.score_ids.filtered("is_over_offer")
            self.assertEqual(over, cell)
        for is_open in (False, True):
            if is_open:
                self.dear.button_draft()
            else:
                self.dear.button_cancel()
            choice.action_fill()
            self.assertEqual((cell.figure, cell.reason[:4]), (90, "They"))
