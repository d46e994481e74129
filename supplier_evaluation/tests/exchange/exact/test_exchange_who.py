from odoo.tests import BaseCase, tagged

from ....exchange.checking import Wrong, check
from ....exchange.who import Candidate, Key, Who
from ....models.exchange.candidates import traces_of
from ..common import ExchangeCommon


@tagged("post_install", "-at_install")
class TestExchangeNumbers(BaseCase):
    """Who is meant by numbers that fit, and by those that do not; no database."""

    def _match(self, candidate, **key):
        try:
            return Who([Candidate(1, **{**self.NOBODY, **candidate})]).match(Key(**key))
        except Wrong as problem:
            return problem.code

    NOBODY = {"name": "Bolt", "registry": "", "tax": "", "country": ""}
    BOTH = "91310000MA1FL0XQ2T"

    def test_numbers_that_contradict(self):
        for candidate, key, expected in (
            ({"tax": "DE1", "registry": "R1"}, {"tax": "DE1", "registry": "R2"}, False),
            ({"tax": "DE1", "registry": "R1"}, {"tax": "DE2", "registry": "R1"}, False),
            ({"tax": "DE1"}, {"tax": "DE1", "registry": "R2"}, True),
            ({"tax": "DE12", "registry": "R1"}, {"tax": "12", "registry": "R1"}, True),
            ({"registry": self.BOTH}, {"tax": self.BOTH}, True),
            (
                {"registry": self.BOTH, "tax": "110000"},
                {"tax": self.BOTH, "registry": self.BOTH},
                True,
            ),
        ):
            with self.subTest(candidate=candidate, key=key):
                found = self._match(candidate, **key)
                if expected:
                    self.assertEqual(found.id, 1)
                else:
                    self.assertEqual(found, "numbers_differ")

    def test_a_country_in_small_letters(self):
        found = self._match({"tax": "1", "country": "CN"}, tax="1", country="cn")
        self.assertEqual(found.id, 1)
        record = {"kind": "supplier", "id": "1", "name": "Bolt", "country": "cn"}
        self.assertEqual(check(record).values["country"], "CN")

    def test_who_is_called_otherwise_now(self):
        who = Who([Candidate(1, **self.NOBODY)])
        who.add(Candidate(1, **{**self.NOBODY, "name": "Nut"}))
        self.assertIsNone(who.match(Key(name="Bolt")))
        self.assertEqual(who.match(Key(name="nut")).id, 1)


@tagged("post_install", "-at_install")
class TestExchangeWho(ExchangeCommon):
    """Who is meant is found in the database, by what the message says."""

    def _create(self, name, **vals):
        return self.env["res.partner"].create(
            {"name": name, "is_company": True, **vals}
        )

    def _found(self, **key):
        """The supplier that a run finds, as one that takes a message does."""
        message = self._take(self._supplier("probe", "Probe Ltd")).sudo()
        run = message._run()
        run.look_up([Key(**key)])
        found = run.who.match(Key(**key))
        return self.env["res.partner"].browse(found.id if found else ())

    def test_a_contradiction_of_numbers_is_asked(self):
        bolt = self._create("Bolt Ltd", vat="DE129273398", company_registry="HRB 1")
        result = self._one(
            self._supplier(
                "1", "Other Ltd", tax_id="DE129273398", registry_number="HRB 2"
            )
        )
        self.assertEqual(result.state, "question")
        self.assertEqual(result.question_id.candidate_ids, bolt)
        self.assertEqual(bolt.name, "Bolt Ltd")

    def test_small_letters_make_no_second_supplier(self):
        bolt = self._create("Bolt Ltd", country_id=self.env.ref("base.cn").id)
        result = self._one(self._supplier("1", "Bolt Ltd", country="cn"))
        self.assertEqual(self._partner(result), bolt)
        self.assertFalse(result.note)

    def test_names_however_they_are_written(self):
        for kept, said in (
            ("Société Générale S.A.", "SOCIETE  generale sa"),
            ("Straße & Söhne", "STRASSE+SÖHNE".replace("+", " & ")),
            ("上海螺丝（有限公司）", "上海螺丝(有限公司)"),
            ("ΜΕΤΑΛΛΑ", "μεταλλα"),
            ("ﬁrst bolt", "First  Bolt"),
        ):
            partner = self._create(kept)
            with self.subTest(kept=kept):
                self.assertEqual(self._found(name=said), partner)

    def test_numbers_however_they_are_written(self):
        bolt = self._create("Bolt Ltd", company_registry="HRB-4711 b", active=False)
        self.assertEqual(self._found(registry="hrb4711B"), bolt)
        self.assertFalse(self._found(registry="4711"))
        bolt.company_registry = False
        self.env.flush_all()
        self.assertFalse(self._found(registry="hrb4711B"))

    def test_only_who_may_be_meant_is_read(self):
        self._create("Nut Ltd")
        bolt = self._create("Bolt Ltd")
        message = self._take(self._supplier("probe", "Probe Ltd")).sudo()
        run = message._run()
        run.look_up([Key(name="bolt ltd")])
        self.assertEqual(list(run.who.known), [bolt.id])
        self.assertEqual(
            self._statements_of(lambda: run.look_up([Key(name="BOLT ltd")])), 0
        )
        self.assertEqual(traces_of([Key()]), (set(), set()))

    def test_we_and_our_users_are_not_meant(self):
        user = self._create_user("Exchange Person", "purchase.group_purchase_user")
        user.partner_id.email = "person@example.com"
        ours = self._take(
            self._supplier("1", self.company.name, email="x@example.com"),
            self._supplier("2", user.name, email="x@example.com"),
            self._supplier("3", self.other_company.name),
        )
        self.assertEqual(self._states(ours), ["created"] * 3)
        self.assertEqual(user.partner_id.email, "person@example.com")
        self.assertFalse(self.company.partner_id.email)

    def test_a_company_of_ours_that_supplies_is_meant(self):
        sister = self.other_company.partner_id
        sister.supplier_rank = 1
        self.assertEqual(self._found(name="ELSEWHERE"), sister)
        self.company.partner_id.supplier_rank = 1
        self.assertFalse(self._found(name=self.company.name))
