# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import unittest

from hypothesis import given
from hypothesis import strategies as st

from .. import normalise_name

FORMS = (
    "有限公司",
    "股份有限公司",
    "有限责任公司",
    " Ltd",
    ", Inc.",
    " Co., Ltd.",
    " GmbH",
    " G.m.b.H.",
    " GmbH & Co. KG",
    " AG",
    " S.A.",
    " S.A. de C.V.",
    " S.p.A.",
    " S.r.l.",
    " B.V.",
    " Sdn. Bhd.",
    " Pty Ltd",
    " Sp. z o.o.",
    " (Pvt) Limited",
)
words = st.lists(
    st.sampled_from(["huaxiang", "norden", "苏州", "精密", "parts", "株式"]),
    min_size=1,
    max_size=4,
)


class TestName(unittest.TestCase):
    def test_each_form_is_left_out(self):
        for form in FORMS:
            with self.subTest(form):
                self.assertEqual(normalise_name("Huaxiang" + form), "huaxiang")

    def test_forms_before_the_name(self):
        for text in ("株式会社ハナ", "ハナ株式会社", "㈱ハナ", "（株）ハナ"):
            with self.subTest(text):
                self.assertEqual(normalise_name(text), "ハナ")
        self.assertEqual(normalise_name("PT Sinar Jaya Tbk"), "sinar jaya")

    def test_voiced_kana_stay_what_they_are(self):
        self.assertNotEqual(normalise_name("ガス"), normalise_name("カス"))

    def test_a_word_that_only_ends_like_a_form_stays(self):
        self.assertEqual(normalise_name("Costco"), "costco")
        self.assertEqual(normalise_name("Volkswag"), "volkswag")

    def test_a_branch_is_not_its_company(self):
        self.assertNotEqual(
            normalise_name("华翔有限公司上海分公司"), normalise_name("华翔有限公司上海")
        )

    def test_nothing_is_no_name(self):
        for text in (None, "", "  ", "…", "（）"):
            self.assertEqual(normalise_name(text), "")

    def test_a_name_of_nothing_but_a_form_stays(self):
        self.assertEqual(normalise_name("有限公司"), "有限公司")
        self.assertEqual(normalise_name("AG"), "ag")

    @given(words, st.sampled_from(FORMS))
    def test_the_form_makes_no_difference(self, parts, form):
        name = " ".join(parts)
        self.assertEqual(normalise_name(name + form), normalise_name(name))

    @given(words)
    def test_width_case_and_punctuation_make_no_difference(self, parts):
        name = " ".join(parts)
        wide = "".join(
            chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in name
        )
        self.assertEqual(normalise_name(wide.upper()), normalise_name(name))
        self.assertEqual(normalise_name(f"«{'，'.join(parts)}»"), normalise_name(name))

    @given(st.text())
    def test_once_is_enough(self, text):
        once = normalise_name(text)
        self.assertEqual(normalise_name(once), once)

    @given(st.text(alphabet="公司分子总有限股份责任 ()（）株式会社agcoltd.&,"))
    def test_once_is_enough_for_what_looks_like_forms(self, text):
        once = normalise_name(text)
        self.assertEqual(normalise_name(once), once)
