# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import time
import unittest
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from .. import REASONS, Known, Party, candidates, pairs

few = st.builds(
    dict,
    name=st.sampled_from(["", "Acme GmbH", "ACME", "华翔有限公司", "华翔"]),
    country=st.sampled_from(["", "CN", "DE"]),
    registry=st.sampled_from(["", "HRB 12345", "91320594MA1M7X2K3P"]),
    tax_id=st.sampled_from(["", "DE123456789", "91320594ma1m7x2k3p"]),
    phones=st.lists(st.sampled_from(["089 123456", "+49 89 123456"]), max_size=2).map(
        tuple
    ),
    mails=st.lists(st.sampled_from(["a@acme.com", "b@acme.com", "a@qq.com"])).map(
        tuple
    ),
)
parties = st.lists(few, max_size=5).map(
    lambda many: [Party(number, **one) for number, one in enumerate(many)]
)


class TestParty(unittest.TestCase):
    def reasons(self, one, other):
        found = candidates(Party("one", **one), [Party("other", **other)])
        return found[0].reasons if found else ()

    def test_each_reason(self):
        for reason, one, other in (
            ("registry", {"registry": "HRB 12345"}, {"registry": "hrb12345"}),
            ("tax_id", {"tax_id": "DE123456789"}, {"tax_id": "DE 123456789"}),
            ("name", {"name": "Acme GmbH"}, {"name": "ACME Ltd."}),
            ("name", {"name": "Acme Parts"}, {"name": "AcmeParts"}),
            ("phone", {"phones": ("+49 89 1234",)}, {"phones": ("0049 89 1234",)}),
            ("mail_domain", {"mails": ("a@acme.com",)}, {"mails": ("b@acme.com",)}),
            ("mail", {"mails": ("a@qq.com",)}, {"mails": ("A@QQ.com",)}),
        ):
            with self.subTest(reason):
                self.assertEqual(self.reasons(one, other), (reason,))

    def test_a_number_in_the_other_field(self):
        number = "91320594MA1M7X2K3P"
        self.assertEqual(
            self.reasons({"registry": number}, {"tax_id": number}), ("registry",)
        )

    def test_numbers_of_two_countries_are_two(self):
        one, other = (
            {"registry": "12345678", "country": country} for country in ("GB", "SG")
        )
        self.assertEqual(self.reasons(one, other), ())
        self.assertEqual(self.reasons(one, {**other, "country": ""}), ("registry",))

    def test_what_nobody_knows_makes_nobody_alike(self):
        self.assertEqual(self.reasons({}, {}), ())

    def test_what_many_share_tells_nothing(self):
        many = [Party(number, mails=("x@park.example",)) for number in range(11)]
        self.assertEqual(pairs(many), [])
        self.assertEqual(len(pairs(many[:10])), 45)

    def test_the_strongest_first(self):
        new = Party("new", name="Acme", tax_id="DE123456789", mails=("a@acme.com",))
        known = [
            Party("domain", mails=("b@acme.com",)),
            Party("name and domain", name="Acme AG", mails=("b@acme.com",)),
            Party("name", name="Acme AG"),
            Party("number", tax_id="DE123456789"),
        ]
        self.assertEqual(
            [one.key for one in candidates(new, known)],
            ["number", "name and domain", "name", "domain"],
        )

    @given(parties)
    def test_pairs_are_the_candidates_of_each_other(self, known):
        expected = {
            (one.key, other.key): found[0].reasons
            for one, other in combinations(known, 2)
            if (found := candidates(one, [other]))
        }
        found = {(one, other): reasons for one, other, reasons in pairs(known)}
        self.assertEqual(found, expected)
        self.assertLessEqual(
            {why for all_ in found.values() for why in all_}, set(REASONS)
        )

    @given(few, few)
    def test_likeness_is_mutual(self, one, other):
        self.assertEqual(self.reasons(one, other), self.reasons(other, one))

    def test_many_take_no_time_for_each_other(self):
        many = [
            Party(number, name=f"Company {number // 2}", tax_id=f"DE{10**8 + number}")
            for number in range(20000)
        ]
        start = time.monotonic()
        self.assertEqual(len(Known(many).pairs()), 10000)
        self.assertLess(time.monotonic() - start, 20)
