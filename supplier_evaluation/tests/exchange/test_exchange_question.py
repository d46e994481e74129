from odoo.tests import tagged

from ...tools.groups import MANAGER_GROUP
from .common import ExchangeCommon


@tagged("post_install", "-at_install")
class TestExchangeQuestion(ExchangeCommon):
    """Who is who: by identifier, number, name; else a person says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.china = cls.env.ref("base.cn")
        cls.first, cls.second = cls.env["res.partner"].create(
            [
                {"name": "Golden Bolt", "is_company": True, "city": "Ulm"},
                {"name": "golden  BOLT", "is_company": True, "city": "Bonn"},
            ]
        )

    def _questions(self):
        return self.env["supplier.exchange.question"].search(
            [("source_id", "in", (self.erp | self.crm).ids)]
        )

    def _answered(self, question):
        """The question, as the manager answers it."""
        return self._as(question, self.manager)

    def test_number_goes_before_name(self):
        self.first.company_registry = "91310000MA1FL0XQ2T"
        same = self._one(
            self._supplier("1", "Another Name", tax_id="91310000ma1fl0xq2t")
        )
        self.assertEqual(self._partner(same), self.first)
        self.assertTrue(self.first.supplier_rank)
        # From now on the identifier decides, whatever else is said.
        again = self._one(self._supplier("1", "Golden Bolt"))
        self.assertEqual(self._partner(again), self.first)

    def test_exact_name(self):
        self.second.name = "Silver Bolt"
        result = self._one(self._supplier("1", "GOLDEN bolt"))
        self.assertEqual(self._partner(result), self.first)

    def test_several_are_asked_and_the_answer_is_kept(self):
        contact = {"kind": "contact", "id": "c", "supplier": "1", "name": "Ann"}
        message = self._take(
            self._supplier("1", "Golden Bolt", phone="+49 731 1"), contact
        )
        self.assertEqual(self._states(message), ["question", "question"])
        question = self._questions()
        self.assertEqual(question.candidate_ids, self.first | self.second)
        activity = question.activity_ids
        self.assertEqual(activity.user_id, self.manager)
        self._take(self._supplier("1", "Golden Bolt", phone="+49 731 2"))
        self.assertEqual(self._questions(), question)
        with self.assertRefused("Choose which supplier"):
            self._answered(question).action_is_known()
        question.partner_id = self.second
        self._answered(question).action_is_known()
        self.assertEqual(question.state, "known")
        self.assertFalse(question.activity_ids)
        self.assertEqual(self._states(message), ["updated", "created"])
        self.assertEqual(self.second.phone, "+49 731 2")
        self.assertEqual(self._one(contact).state, "unchanged")
        self.assertEqual(self.second.child_ids.name, "Ann")

    def test_asked_of_somebody_who_is_there(self):
        left = self._create_user("exchange_left", MANAGER_GROUP)
        self.erp.user_id = left
        left.active = False
        self._take(self._supplier("1", "Golden Bolt"))
        told = self._questions().activity_ids.user_id
        self.assertTrue(told.active)
        self.assertTrue(told.has_group(MANAGER_GROUP))

    def test_a_new_one(self):
        result = self._one(self._supplier("1", "Golden Bolt"))
        self._answered(self._questions()).action_is_new()
        self.assertEqual(result.state, "created")
        self.assertNotIn(self._partner(result), self.first | self.second)
        self.assertEqual(
            self._one(self._supplier("1", "Golden Bolt")).state, "unchanged"
        )

    def test_not_taken(self):
        result = self._one(self._supplier("1", "Golden Bolt"))
        self._answered(self._questions()).action_drop()
        self.assertEqual(result.state, "refused")
        self.assertIn("decided", result.reason)

    def test_a_contradiction_is_asked(self):
        self.second.unlink()
        self.first.company_registry = "HRB 1"
        result = self._one(self._supplier("1", "Golden Bolt", registry_number="HRB 2"))
        self.assertEqual(result.state, "question")
        self.assertEqual(self._questions().candidate_ids, self.first)
        self.assertFalse(self._questions().result_ids.res_id)

    def test_twice_in_a_message(self):
        """What two identifiers mean is one supplier, if it has one number."""
        message = self._take(
            self._supplier("1", "Screw Ltd", registry_number="HRB 7"),
            self._supplier("2", "Screw Limited", registry_number="HRB-7"),
            self._supplier("3", "Screw Ltd", registry_number="HRB 8"),
        )
        self.assertEqual(self._states(message), ["created", "updated", "question"])
        one, two, _three = message.result_ids.sorted("number")
        self.assertEqual(one.res_id, two.res_id)
        self.assertEqual(self._partner(one).name, "Screw Limited")

    def test_merged_suppliers_keep_their_identifiers(self):
        self.second.name = "Silver Bolt"
        self._take(self._supplier("1", "Golden Bolt"))
        self._take(self._supplier("2", "Silver Bolt"))
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((self.first | self.second).ids, self.first)
        result = self._one(self._supplier("2", "Silver Bolt", city="Hof"))
        self.assertEqual(self._partner(result), self.first)
