# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import unittest

from hypothesis import given
from hypothesis import strategies as st

from .. import mail_domain, normalise_mail, normalise_number, normalise_phone

national = st.integers(10**8, 10**10 - 1).map(str)
blanks = st.sampled_from(["", " ", "-", ".", " / ", "　", "–"])


class TestPhone(unittest.TestCase):
    def test_one_number_in_many_writings(self):
        for text in (
            "0512-88889999",
            "(0512) 8888 9999",
            "+86 512 88889999",
            "+86 (0)512 8888 9999",
            "0086-512-88889999",
            "86 512 8888 9999",
            "０５１２－８８８８９９９９",
            "0512-88889999 转 801",
            "0512-88889999 ext. 12",
        ):
            with self.subTest(text):
                self.assertEqual(normalise_phone(text, "CN"), "+8651288889999")

    def test_zeros_that_belong_to_the_number(self):
        self.assertEqual(normalise_phone("06 1234567", "IT"), "+39061234567")
        self.assertEqual(normalise_phone("+39 06 1234567"), "+39061234567")

    def test_what_is_dialled_inside_a_country(self):
        self.assertEqual(normalise_phone("8 495 1234567", "RU"), "+74951234567")
        self.assertEqual(normalise_phone("1-212-555-0100", "US"), "+12125550100")
        self.assertEqual(normalise_phone("011 86 512 88889999", "US"), "+8651288889999")

    def test_what_is_no_number(self):
        for text in (None, "", "ask Li Na", "110", "0000", "+"):
            with self.subTest(text):
                self.assertEqual(normalise_phone(text, "CN"), "")

    @given(national, st.lists(blanks, min_size=10, max_size=10))
    def test_what_stands_between_the_digits_makes_no_difference(self, digits, between):
        text = "".join(map("".join, zip(digits, between, strict=False)))
        self.assertEqual(normalise_phone(text, "FR"), normalise_phone(digits, "FR"))

    @given(national, st.sampled_from(["CN", "DE", "FR", "GB", "IN"]))
    def test_from_inside_and_from_abroad(self, digits, country):
        code = {"CN": 86, "DE": 49, "FR": 33, "GB": 44, "IN": 91}[country]
        inside = normalise_phone(f"0{digits}", country)
        self.assertEqual(inside, normalise_phone(f"+{code} {digits}"))
        self.assertEqual(inside, normalise_phone(f"00{code} (0) {digits}", "US"))

    @given(st.text(alphabet="+0123456789()- x转"), st.sampled_from(["", "CN", "US"]))
    def test_once_is_enough(self, text, country):
        once = normalise_phone(text, country)
        if once.startswith("+"):
            self.assertEqual(normalise_phone(once, country), once)

    @given(st.text(), st.text(max_size=2))
    def test_anything_is_read(self, text, country):
        self.assertIsInstance(normalise_phone(text, country), str)


class TestNumber(unittest.TestCase):
    def test_the_code_of_the_country_is_left_out_before_digits_only(self):
        self.assertEqual(normalise_number("EL 094259216", "GR"), "094259216")
        self.assertEqual(normalise_number("NOVA1234", "NO"), "NOVA1234")
        self.assertEqual(normalise_number("DE123456789", "FR"), "DE123456789")

    def test_what_is_no_number(self):
        for text in (None, "", "/", "n.a.", "123", "11111111", "unknown"):
            with self.subTest(text):
                self.assertEqual(normalise_number(text), "")

    @given(st.text(), st.sampled_from(["", "CN", "DE", "GR"]))
    def test_once_is_enough_without_the_country(self, text, country):
        once = normalise_number(text, country)
        self.assertEqual(normalise_number(once), once)


class TestMail(unittest.TestCase):
    def test_domains_of_everybody_are_none(self):
        self.assertEqual(mail_domain("a@163.com"), "")
        self.assertEqual(mail_domain("A@Norden.Example.com"), "norden.example.com")

    def test_what_is_no_address(self):
        for text in (None, "", "a@b", "a b@c.de", "a@b.c, d@e.f", "<>", "a@10.0.0.1"):
            with self.subTest(text):
                self.assertEqual(normalise_mail(text), "")

    @given(st.text())
    def test_once_is_enough(self, text):
        once = normalise_mail(text)
        self.assertEqual(normalise_mail(once), once)
