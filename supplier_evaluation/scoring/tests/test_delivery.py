# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import unittest
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from .. import (
    DeliveryMeasures,
    delivery_measures,
    effective_sample,
    mean,
    ratio,
    variation,
)

CONFIRMED, CUTOFF = date(2026, 3, 1), date(2026, 4, 5)


def march(day):
    return date(2026, 3, day)


#: Order lines: ordered quantity, value, day promised, receipts as (day, quantity),
#: all in March 2026 and in the company's time zone and the product's own unit.
LINES = {
    "L1": (100, 1000, 10, [(10, 100)]),
    "L2": (100, 2000, 10, [(10, 60), (13, 40)]),  # split
    "L3": (50, 2000, 15, []),  # overdue, never delivered
    "L4": (10, 1000, 20, [(19, 20)]),  # over-delivery
    "L5": (24, 240, 25, [(25, 24)]),  # two dozen
    "L6": (10, 500, 25, [(26, 10)]),  # a day late in the company's time zone
    "L7": (30, 300, 12, [(12, 30)]),  # 12 returned: a return is no receipt
    "L10": (40, 200, 18, [(18, 40)]),
    "L12": (5, 0, 28, [(30, 5)]),  # free sample
    "L13": (20, 200, 5, [(9, 20)]),  # the supplier's change moves no promise
    "L14": (20, 200, 16, [(16, 20)]),  # re-based for the buyer
}

EXPECTED = {
    "L1": DeliveryMeasures(1.0, 1.0, 0.0, 9.0, 9.0),
    "L2": DeliveryMeasures(0.6, 1.0, 1.2, 10.2, 12.0),
    "L3": DeliveryMeasures(0.0, 0.0, 21.0, None, None),
    "L4": DeliveryMeasures(1.0, 1.0, 0.0, 18.0, 18.0),
    "L5": DeliveryMeasures(1.0, 1.0, 0.0, 24.0, 24.0),
    "L6": DeliveryMeasures(0.0, 1.0, 1.0, 25.0, 25.0),
    "L7": DeliveryMeasures(1.0, 1.0, 0.0, 11.0, 11.0),
    "L10": DeliveryMeasures(1.0, 1.0, 0.0, 17.0, 17.0),
    "L12": DeliveryMeasures(0.0, 1.0, 2.0, 29.0, 29.0),
    "L13": DeliveryMeasures(0.0, 1.0, 4.0, 8.0, 8.0),
    "L14": DeliveryMeasures(1.0, 1.0, 0.0, 15.0, 15.0),
}


def measure_line(name, **tolerances):
    ordered, _value, promise, receipts = LINES[name]
    return delivery_measures(
        ordered,
        march(promise),
        [(march(day), quantity) for day, quantity in receipts],
        CUTOFF,
        CONFIRMED,
        **tolerances,
    )


def weighted(field, weights, factor=1.0, share=False, **tolerances):
    """Return the weighted mean over the lines as the KPI engine builds it."""
    total = sum(weights.values())
    n_eff = effective_sample(total, sum(w * w for w in weights.values()))
    products = (
        weight * getattr(measure_line(name, **tolerances), field)
        for name, weight in weights.items()
    )
    return ratio(sum(products), total, len(weights), n_eff, factor, share)


BY_VALUE = {name: value for name, (_qty, value, _day, _got) in LINES.items()}
BY_LINE = dict.fromkeys(LINES, 1)


class TestGoldenSet(unittest.TestCase):
    def assert_rounded(self, measure, expected, digits=4):
        self.assertEqual(f"{measure.value:.{digits}f}", expected)

    def test_lines(self):
        for name, expected in EXPECTED.items():
            with self.subTest(name):
                self.assertEqual(measure_line(name), expected)

    def test_sample(self):
        measure = weighted("fill_share", BY_VALUE)
        self.assertEqual((measure.n, measure.denominator), (11, 7640))
        self.assertEqual(f"{measure.n_eff:.4f}", "5.5497")

    def test_on_time_delivery(self):
        otd = weighted("on_time_share", BY_VALUE, factor=100, share=True)
        self.assert_rounded(otd, "54.1885")
        self.assertEqual((f"{otd.low:.2f}", f"{otd.high:.2f}"), ("20.56", "84.39"))
        by_line = weighted("on_time_share", BY_LINE, factor=100)
        self.assert_rounded(by_line, "60.0000")

    def test_on_time_delivery_with_tolerance(self):
        otd = weighted("on_time_share", BY_VALUE, factor=100, late=3)
        self.assert_rounded(otd, "71.2042")

    def test_fill_rate(self):
        self.assert_rounded(weighted("fill_share", BY_VALUE, 100), "73.8220")
        self.assert_rounded(weighted("fill_share", BY_LINE, 100), "90.9091")

    def test_days_late(self):
        self.assert_rounded(weighted("days_late", BY_VALUE), "5.9817")
        self.assert_rounded(weighted("days_late", BY_LINE), "2.6545")

    def test_lead_time_and_its_variation(self):
        days = [measure_line(name).lead_time for name in LINES]
        days = [day for day in days if day is not None]
        self.assertEqual(len(days), 10)
        self.assert_rounded(mean(sum(days), len(days)), "16.62", digits=2)
        squares = sum(day * day for day in days)
        self.assert_rounded(variation(sum(days), squares, len(days)), "44.2962")

    def test_every_line_has_an_expectation(self):
        self.assertEqual(set(EXPECTED), set(LINES))


class TestRules(unittest.TestCase):
    def measure(self, ordered, receipts, promise=10, cutoff=30, **options):
        return delivery_measures(ordered, promise, receipts, cutoff, **options)

    def test_over_delivery_on_a_later_day_is_not_looked_at(self):
        measures = self.measure(10, [(9, 10), (20, 5)], confirmed_day=0)
        self.assertEqual(measures, DeliveryMeasures(1.0, 1.0, 0.0, 9.0, 9.0))

    def test_only_the_first_units_count(self):
        measures = self.measure(10, [(20, 15), (8, 6)], confirmed_day=0)
        self.assertEqual(measures, DeliveryMeasures(0.6, 1.0, 4.0, 12.8, 20.0))

    def test_open_quantity_ages_to_the_cutoff(self):
        measures = self.measure(10, [(12, 5)], confirmed_day=2)
        self.assertEqual(measures, DeliveryMeasures(0.0, 0.5, 11.0, 10.0, None))

    def test_open_quantity_is_not_late_before_its_promise(self):
        self.assertEqual(self.measure(10, [], promise=31).days_late, 0.0)

    def test_early_is_no_negative_lateness(self):
        self.assertEqual(self.measure(10, [(1, 5), (12, 5)]).days_late, 1.0)

    def test_receipt_after_the_cutoff_is_not_looked_at(self):
        self.assertEqual(self.measure(10, [(31, 10)]), self.measure(10, []))
        self.assertEqual(self.measure(10, [(30, 10)]).fill_share, 1.0)
        later = self.measure(10, [(31, 10)], promise=31, late=5)
        self.assertEqual(later.on_time_share, 0.0)

    def test_late_tolerance_ends_with_its_last_day(self):
        receipts = [(12, 4), (13, 6)]
        self.assertEqual(self.measure(10, receipts, late=2).on_time_share, 0.4)
        self.assertEqual(self.measure(10, receipts, late=3).on_time_share, 1.0)

    def test_tolerance_does_not_touch_lateness(self):
        self.assertEqual(self.measure(10, [(12, 10)], late=2).days_late, 2.0)

    def test_early_tolerance_begins_with_its_first_day(self):
        receipts = [(7, 4), (8, 6)]
        self.assertEqual(self.measure(10, receipts, early=3).on_time_share, 1.0)
        self.assertEqual(self.measure(10, receipts, early=2).on_time_share, 0.6)
        self.assertEqual(self.measure(10, receipts, early=0).on_time_share, 0.0)
        self.assertEqual(self.measure(10, receipts).on_time_share, 1.0)

    def test_on_time_share_is_capped(self):
        self.assertEqual(self.measure(10, [(10, 25)]).on_time_share, 1.0)

    def test_without_confirmation_there_is_no_time(self):
        measures = self.measure(10, [(10, 10)])
        self.assertIsNone(measures.lead_time)
        self.assertIsNone(measures.cycle_time)

    def test_day_zero_is_a_confirmation(self):
        self.assertEqual(self.measure(10, [(3, 10)], confirmed_day=0).lead_time, 3.0)

    def test_receipt_of_nothing_is_no_receipt(self):
        measures = self.measure(10, [(9, 0)], confirmed_day=0)
        self.assertEqual(measures, self.measure(10, [], confirmed_day=0))

    def test_decimal_quantities_add_up(self):
        measures = self.measure(0.3, [(9, 0.1), (10, 0.2)], confirmed_day=0)
        self.assertEqual((measures.fill_share, measures.cycle_time), (1.0, 10.0))
        mixed = self.measure(1, [(9, Decimal("0.5")), (9, Fraction(1, 4)), (9, 0.25)])
        self.assertEqual(mixed.fill_share, 1.0)

    def test_refused_arguments(self):
        for ordered in (0, -1, float("nan")):
            with self.subTest(ordered), self.assertRaises(ValueError):
                self.measure(ordered, [])
        for quantity in (-1, float("nan"), float("inf")):
            with self.subTest(quantity), self.assertRaises(ValueError):
                self.measure(10, [(9, quantity)])
        with self.assertRaises(ValueError):
            self.measure(10, [], late=-1)
        with self.assertRaises(ValueError):
            self.measure(10, [], early=-1)


days = st.integers(0, 40)
quantities = st.integers(1, 60).map(lambda tenths: tenths / 10)
receipt_lists = st.lists(st.tuples(days, quantities), max_size=6)
orders = st.fixed_dictionaries(
    {
        "ordered": quantities,
        "promise_day": days,
        "cutoff_day": days,
        "confirmed_day": st.none() | days,
        "late": st.integers(0, 5),
        "early": st.none() | st.integers(0, 5),
    }
)


def by_unit(ordered, promise_day, receipts, cutoff_day, confirmed_day, late, early):
    """Measure tenths of a unit one by one: slow, and obviously right."""
    units = [
        day
        for day, quantity in sorted(receipts)
        for _tenth in range(round(quantity * 10))
        if day <= cutoff_day
    ]
    size = round(ordered * 10)
    first = units[:size]
    earliest = min([0, *units]) if early is None else promise_day - early
    on_time = [day for day in units if earliest <= day <= promise_day + late]
    ends = first + [cutoff_day] * (size - len(first))
    timed = first and confirmed_day is not None
    return (
        min(size, len(on_time)) / size,
        len(first) / size,
        sum(max(0, day - promise_day) for day in ends) / size,
        sum(day - confirmed_day for day in first) / len(first) if timed else None,
        first[-1] - confirmed_day if timed and len(first) == size else None,
    )


class TestProperties(unittest.TestCase):
    @given(orders, receipt_lists)
    def test_agrees_with_counting_unit_by_unit(self, order, receipts):
        measures = delivery_measures(receipts=receipts, **order)
        expected = by_unit(receipts=receipts, **order)
        for name, value in zip(DeliveryMeasures.__slots__, expected, strict=True):
            if value is None:
                self.assertIsNone(getattr(measures, name), name)
            else:
                self.assertAlmostEqual(getattr(measures, name), value, msg=name)

    @given(orders, receipt_lists.filter(bool), st.data())
    def test_splitting_a_receipt_changes_nothing(self, order, receipts, data):
        place = data.draw(st.integers(0, len(receipts) - 1))
        day, quantity = receipts[place]
        tenths = round(quantity * 10)
        part = data.draw(st.integers(0, tenths))
        halves = [(day, part / 10), (day, (tenths - part) / 10)]
        split = [*receipts[:place], *halves, *receipts[place + 1 :]]
        self.assertEqual(
            delivery_measures(receipts=split, **order),
            delivery_measures(receipts=receipts, **order),
        )

    @given(orders, receipt_lists, st.randoms(use_true_random=False))
    def test_order_of_the_receipts_changes_nothing(self, order, receipts, random):
        shuffled = list(receipts)
        random.shuffle(shuffled)
        self.assertEqual(
            delivery_measures(receipts=shuffled, **order),
            delivery_measures(receipts=receipts, **order),
        )

    @given(orders, receipt_lists)
    def test_bounds(self, order, receipts):
        measures = delivery_measures(receipts=receipts, **order)
        self.assertTrue(0 <= measures.on_time_share <= 1)
        self.assertTrue(0 <= measures.fill_share <= 1)
        wait = max(0, order["cutoff_day"] - order["promise_day"])
        self.assertTrue(0 <= measures.days_late <= wait)
        if measures.cycle_time is not None:
            self.assertEqual(measures.fill_share, 1)
            self.assertLessEqual(measures.lead_time, measures.cycle_time)

    @given(orders, receipt_lists)
    def test_dates_and_day_numbers_are_the_same(self, order, receipts):
        def dated(day):
            return None if day is None else CONFIRMED + timedelta(day)

        with_dates = order | {
            name: dated(order[name])
            for name in ("promise_day", "cutoff_day", "confirmed_day")
        }
        self.assertEqual(
            delivery_measures(
                receipts=[(dated(day), quantity) for day, quantity in receipts],
                **with_dates,
            ),
            delivery_measures(receipts=receipts, **order),
        )
