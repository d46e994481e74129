# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import unittest
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from .. import can_be_seated

places = st.lists(st.lists(st.sampled_from("ABCD"), max_size=4), max_size=5)


class TestSeating(unittest.TestCase):
    def test_no_place_needs_nobody(self):
        self.assertTrue(can_be_seated([]))

    def test_a_place_without_people_stays_empty(self):
        self.assertFalse(can_be_seated([("A",), ()]))

    def test_one_person_takes_one_place(self):
        self.assertFalse(can_be_seated([("A",), ("A",)]))
        self.assertFalse(can_be_seated([("A", "B"), ("B", "A"), ("A", "B")]))

    def test_whoever_has_a_choice_moves(self):
        """The last one finds a seat only if both before move on."""
        self.assertTrue(can_be_seated([("A", "B"), ("A", "C"), ("A",)]))

    @given(places)
    def test_as_if_every_seating_was_tried(self, wanted):
        tried = any(len(set(people)) == len(wanted) for people in product(*wanted))
        self.assertEqual(can_be_seated(wanted), tried)

    @given(places)
    def test_one_more_person_never_hurts(self, wanted):
        if can_be_seated(wanted):
            self.assertTrue(can_be_seated([[*people, "E"] for people in wanted]))
