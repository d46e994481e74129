# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import unittest

from hypothesis import given
from hypothesis import strategies as st

from .. import Coming, project_days, project_share

fractions = st.floats(0, 1)
lines = st.lists(
    st.builds(Coming, st.floats(0.1, 100), fractions, st.floats(0, 60)),
    min_size=1,
    max_size=20,
)


class TestProjection(unittest.TestCase):
    @given(lines, fractions, st.floats(0, 500))
    def test_is_within_its_bounds(self, coming, share, weight):
        found = project_share(share * weight, weight, coming)
        self.assertLessEqual(found.low, found.value + 1e-9)
        self.assertLessEqual(found.value, found.high + 1e-9)
        self.assertTrue(-1e-9 <= found.low and found.high <= 1 + 1e-9)
        days = project_days(share * weight, weight, coming)
        self.assertLessEqual(days.low, days.value + 1e-9)
        self.assertLessEqual(days.value, days.high + 1e-9)

    def test_what_is_certain_has_no_interval(self):
        found = project_share(3, 4, [Coming(1, 0.0, 5), Coming(1, 1.0, 5)])
        self.assertEqual(found[:3], (4 / 6,) * 3)
        found = project_days(2, 4, [Coming(1, 0.0, 5), Coming(1, 1.0, 5)])
        self.assertEqual(found[:3], (7 / 6,) * 3)

    def test_nothing_to_come_leaves_it_as_it_is(self):
        self.assertEqual(project_share(3, 4, []), (0.75, 0.75, 0.75, 0))
        self.assertEqual(project_days(3, 4, [Coming(1, 0.5)]), (0.75, 0.75, 0.75, 0))

    def test_without_weight_there_is_no_projection(self):
        self.assertIsNone(project_share(0, 0, []))
        self.assertIsNone(project_share(0, 0, [Coming(0, 0.5)]))
