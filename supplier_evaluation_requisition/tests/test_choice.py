import doctest

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from odoo.addons.supplier_evaluation_requisition import weighing

from .common import PEOPLE, TODAY, RequisitionCommon

USERS = {"buyer", "colleague", "approver", "manager"}
TEMPLATES = ("supplier.choice.template", "supplier.choice.template.line")


class ChoiceCommon(RequisitionCommon):
    """Three offers of the same: cheap and late, in time, and of somebody unknown."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cheap = cls._request(cls.supplier, 10)
        cls.dear = cls._request(cls.rival, 12.5, origin=cls.cheap)
        cls.env.flush_all()

    @classmethod
    def _choice_of(cls, order, user="buyer"):
        """The requirement list of an order and its alternatives."""
        action = cls._as(order, user).action_open_choice()
        return cls._as(cls.env["supplier.choice"], user).browse(action["res_id"])

    @classmethod
    def _list(cls, criteria, **vals):
        """A list of the two offers with other requirements than usual."""
        choices = cls._as(cls.env["supplier.choice"], "buyer")
        return choices.create(
            {
                "title": "Bolts",
                "candidate_ids": [
                    Command.create(
                        {"partner_id": order.partner_id.id, "order_id": order.id}
                    )
                    for order in (cls.cheap, cls.dear)
                ],
                "criterion_ids": [
                    Command.create({"name": name, "weight": weight, **more})
                    for name, weight, more in criteria
                ],
                **vals,
            }
        )

    def _cell(self, choice, name, partner):
        return choice.score_ids.filtered(
            lambda cell: (
                cell.criterion_id.name == name
                and cell.candidate_id.partner_id == partner
            )
        )

    def _of(self, choice, partner):
        return choice.candidate_ids.filtered(lambda one: one.partner_id == partner)

    def _score_all(self, choice):
        """Everything that people type in: the rival is better."""
        for cell in choice.score_ids.filtered(lambda cell: cell.score is False):
            is_rival = cell.candidate_id.partner_id == self.rival
            cell.write({"own_figure": 4 if is_rival else 2, "reason": "Seen there"})


@tagged("post_install", "-at_install")
class TestChoice(ChoiceCommon):
    """Candidates are weighed by requirements, and one of them is chosen."""

    def setUp(self):
        super().setUp()
        clock = freeze_time(TODAY)
        clock.start()
        self.addCleanup(clock.stop)

    def test_formula(self):
        self.assertFalse(doctest.testmod(weighing).failed)

    def test_alternatives(self):
        """Eight requirements; what the records say is filled in, nothing is 0."""
        choice = self._choice_of(self.cheap)
        self.assertEqual(choice.candidate_ids.order_id, self.cheap | self.dear)
        self.assertEqual(len(choice.criterion_ids), 8)
        self.assertEqual(choice.weight_total, 100)
        self.assertEqual(len(choice.score_ids), 16)
        cheap = self._cell(choice, "Price", self.supplier)
        dear = self._cell(choice, "Price", self.rival)
        self.assertEqual((cheap.figure, dear.figure), (100, 125))
        self.assertEqual((cheap.score, dear.score), (100, 80))
        cost = self._cell(choice, "Total Cost of Ownership", self.supplier)
        self.assertEqual(cost.figure, round(self.cheap.offer_cost, 2))
        trial = self._cell(choice, "Trial", self.supplier)
        self.assertIs(trial.score, False)
        # Nobody evaluated them yet.
        self.assertIs(self._cell(choice, "Quality", self.supplier).figure, False)
        candidate = self._of(choice, self.supplier)
        self.assertIs(candidate.rank, False)
        self.assertIn("Trial", candidate.missing)
        self.assertAlmostEqual(candidate.coverage, 0.4)
        # The same list, with an offer that came later.
        late = self._request(self.unknown, 9, origin=self.cheap)
        self.assertEqual(self._choice_of(late), choice)
        self.assertEqual(self._of(choice, self.unknown).order_id, late)
        self.assertEqual(self._cell(choice, "Price", self.supplier).score, 90)
        self._of(choice, self.unknown).unlink()
        self.assertEqual(self._cell(choice, "Price", self.supplier).score, 100)

    def test_candidate_is_named_as_the_reader_writes(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        candidate = self._choice_of(self.cheap).candidate_ids[0]
        candidate = candidate.with_context(lang="zh_CN")
        names = (candidate.partner_id.display_name, candidate.order_id.name)
        self.assertEqual(candidate.display_name, "，".join(names))

    def test_sums_are_explained(self):
        """Price 60 %, trial 30 %, lateness 10 %: the sums are those of the parts."""
        choice = self._list(
            [
                ("Price", 60, {"source": "price"}),
                ("Trial", 30, {}),
                ("Lateness", 10, {"source": "lateness"}),
            ]
        )
        late = self._cell(choice, "Lateness", self.supplier)
        self.assertEqual(late.figure, round(self.cheap.offer_late_days, 2))
        self.assertAlmostEqual(late.score, 100 - 10 * late.figure, 2)
        self._cell(choice, "Trial", self.supplier).own_figure = 0
        cheap, dear = self._of(choice, self.supplier), self._of(choice, self.rival)
        self.assertEqual((cheap.rank, dear.rank), (1, False))
        self._cell(choice, "Trial", self.rival).own_figure = 5
        self.assertEqual((cheap.rank, dear.rank), (2, 1))
        self.assertAlmostEqual(cheap.score, 60 + late.score / 10, 2)
        matrix = choice.matrix
        self.assertEqual([one["rank"] for one in matrix["candidates"]], [1, 2])
        first = matrix["rows"][0]["cells"][0]
        self.assertEqual(first["sum"], "80.0 × 60 % = 48.00")
        self.assertEqual(matrix["rows"][1]["cells"][1]["figure"], "0")

    def test_over_the_records(self):
        """Somebody may know better, and says why."""
        choice = self._list([("Price", 100, {"source": "price"})])
        cell = self._cell(choice, "Price", self.rival)
        with self.assertRefused("say why", ValidationError):
            cell.own_figure = 90
        cell.write({"own_figure": 90, "reason": "They promised a rebate"})
        self.assertEqual(self._of(choice, self.rival).rank, 1)
        with self.assertRefused("above 0", ValidationError):
            cell.own_figure = 0
        with self.assertRefused("cannot be written", AccessError):
            cell.system_figure = 1
        with self.assertRefused("cannot be written", AccessError):
            cell.choice_id = self._list([("Trial", 100, {})])
        # As the form does, and emptied again.
        choice.write({"score_ids": [Command.update(cell.id, {"own_figure": 80})]})
        self.assertEqual(cell.figure, 80)
        choice.write({"score_ids": [Command.update(cell.id, {"own_figure": False})]})
        self.assertEqual(cell.figure, 125)
        choice.criterion_ids = [Command.create({"name": "Trial", "weight": 1})]
        with self.assertRefused("from 0 to 5", ValidationError):
            self._cell(choice, "Trial", self.rival).own_figure = 6

    def test_choice(self):
        """Who is not the first needs a reason; then all is locked."""
        choice = self._choice_of(self.cheap)
        self._score_all(choice)
        with self.assertRefused("who is to be chosen"):
            choice.action_choose()
        self._of(choice, self.supplier).action_take()
        with self.assertRefused("not the first"):
            choice.action_choose()
        choice.choice_reason = "Only they deliver on Sundays"
        criterion = choice.criterion_ids[0]
        criterion.weight = 30
        with self.assertRefused("105.00"):
            choice.action_choose()
        criterion.weight = 25
        self.cheap.order_line.price_unit = 11
        with self.assertRefused("another price"):
            choice.action_choose()
        choice.action_fill()
        choice.action_choose()
        self.assertEqual((choice.state, choice.round), ("chosen", 1))
        self.assertEqual(choice.user_id, self.people["buyer"])
        self.assertIn("number 2", choice.message_ids[0].body)
        self.assertIn("Sundays", choice.message_ids[0].body)
        self._check_locked(choice)
        action = choice.action_open_order()
        self.assertEqual(action["res_id"], self.cheap.id)
        choice.action_cancel_others()
        self.assertEqual((self.cheap.state, self.dear.state), ("draft", "cancel"))
        with self.assertRefused("Only a manager", AccessError):
            choice.action_reopen("no")
        own = self._as(choice, "manager")
        with self.assertRefused("Say why"):
            own.action_reopen()
        own.action_reopen("Sundays are not needed")
        self.assertIn("Sundays are not", choice.message_ids[0].body)
        self.assertEqual(choice.state, "draft")
        with self.assertRefused("has a history"):
            choice.unlink()
        choice.action_drop("Not bought at all")
        self.assertEqual(choice.state, "dropped")
        self.assertFalse(choice.candidate_id)

    def _check_locked(self, choice):
        for vals in (
            {"title": "Nuts"},
            {"candidate_id": False},
            {"choice_reason": "Another one"},
            {"criterion_ids": [Command.clear()]},
        ):
            with self.subTest(vals=vals), self.assertRefused("is decided"):
                choice.write(vals)
        with self.assertRefused("is decided"):
            choice.criterion_ids[0].weight = 1
        with self.assertRefused("is decided"):
            choice.score_ids[0].own_figure = 1
        with self.assertRefused("is decided"):
            choice.candidate_ids[0].unlink()
        with self.assertRefused("is decided"):
            choice.action_fill()
        for vals in ({"state": "draft"}, {"user_id": False}, {"round": 0}):
            with self.assertRefused("cannot be written", AccessError):
                choice.write(vals)

    def test_only_candidate(self):
        """Without alternatives somebody says why; without an offer, it is asked for."""
        choice = self._as(self.env["supplier.choice"], "buyer").create(
            {
                "title": "Press",
                "candidate_ids": [Command.create({"partner_id": self.rival.id})],
            }
        )
        choice.candidate_id = choice.candidate_ids
        with self.assertRefused("the only candidate"):
            choice.action_choose()
        choice.choice_reason = "Nobody else builds it"
        choice.action_choose()
        order = self.env["purchase.order"].browse(choice.action_open_order()["res_id"])
        self.assertEqual((order.partner_id, order.origin), (self.rival, "Press"))
        self.assertEqual(choice.candidate_id.order_id, order)

    def test_offers_are_theirs(self):
        with self.assertRefused("not of", ValidationError):
            self._list([("Trial", 100, {})]).candidate_ids[0].order_id = self.dear
        one, two = (self._list([("Trial", 100, {})]) for _number in range(2))
        with self.assertRefused("no candidate of"):
            one.candidate_id = two.candidate_ids[0]

    def test_template(self):
        """Another template takes the place of the requirements, if that is wanted."""
        template = self._as(self.env["supplier.choice.template"], "manager").create(
            {
                "name": "Bolts only",
                "company_id": self.company.id,
                "line_ids": [Command.create({"name": "Price", "source": "price"})],
            }
        )
        self.assertEqual(template.line_ids.rating, "lowest")
        choice = self._choice_of(self.cheap)
        choice.template_id = template
        choice.action_apply_template()
        self.assertEqual(choice.criterion_ids.mapped("name"), ["Price"])
        self.assertEqual(len(choice.score_ids), 2)

    def test_from_candidates(self):
        """Who made no offer yet is compared by the price that is known."""
        action = self._as(self.product, "buyer").action_find_candidates()
        sourcing = self._as(self.env["supplier.sourcing"], "buyer")
        sourcing = sourcing.browse(action["res_id"])
        with self.assertRefused("at least one"):
            sourcing.action_weigh()
        sourcing.candidate_ids.is_chosen = True
        choice = self.env["supplier.choice"].browse(sourcing.action_weigh()["res_id"])
        self.assertEqual(choice.candidate_ids.partner_id, self.supplier | self.rival)
        cell = self._cell(choice, "Price", self.rival)
        self.assertEqual((cell.own_figure, cell.reason), (10, "List Price"))

    def test_access(self):
        """Who buys, in their companies; templates are the managers'."""
        choice = self._choice_of(self.cheap)
        company = self._create_company("Elsewhere", "Europe/Berlin", "EUR")
        people = {name: self.people[name] for name in PEOPLE}
        other = self._create_user("elsewhere", PEOPLE["manager"], company)
        records = {
            "supplier.choice": choice,
            "supplier.choice.criterion": choice.criterion_ids,
            "supplier.choice.candidate": choice.candidate_ids,
            "supplier.choice.score": choice.score_ids,
        }
        for model, own in records.items():
            for name, user in (*people.items(), ("other", other)):
                with self.subTest(model=model, name=name):
                    seen = self._as(own, user)
                    for operation in ("read", "write"):
                        self.assertEqual(seen.has_access(operation), name in USERS)
                    if model == "supplier.choice.score":
                        # There is one of each: they go with candidate or requirement.
                        self.assertFalse(seen.has_access("unlink"))
                    may = seen.browse().has_access("create")
                    is_made = model != "supplier.choice.score"
                    self.assertEqual(may, is_made and name in {*USERS, "other"})
        for model in TEMPLATES:
            for name in PEOPLE:
                with self.subTest(model=model, name=name):
                    own = self._as(self.env[model], name)
                    self.assertEqual(own.has_access("read"), name in USERS)
                    self.assertEqual(own.has_access("write"), name == "manager")
        with self.assertRaises(AccessError):
            choice.company_id = company

    def test_statements(self):
        """However many candidates and requirements: the same number for reading."""
        choice = self._choice_of(self.cheap)

        def read():
            # A button of the form reads it, too.
            choice.invalidate_recordset()
            choice.read(["matrix", "other_offer_count", "weight_total"])
            choice.candidate_ids.read(["missing", "rank", "score", "gate_level"])

        def add(number):
            vendor = self._create_supplier(f"More {number}")
            # What it offers less of has a name, too.
            order = self._request(vendor, 10, quantity=9, origin=self.cheap)
            choice.candidate_ids = [
                Command.create({"partner_id": vendor.id, "order_id": order.id})
            ]

        add(0)
        self.env.flush_all()
        self._statements_of(read)
        before = self._statements_of(read)
        for number in range(1, 4):
            add(number)
        choice.criterion_ids = [Command.create({"name": "More", "weight": 1})]
        self.env.flush_all()
        self._statements_of(read)
        self.assertEqual(self._statements_of(read), before)
