# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How much will be needed: three simple methods, and the one that was right most often.

A history is a sequence of quantities by month, the oldest first, without a gap: a month
in which nothing was needed is a 0 in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

#: Months in a season, in a moving average, and that are forecast again at most.
SEASON, WIDTH, TESTS = 12, 3, 12
#: With fewer tests, chance says which method is the best.
LEAST_TESTS = 3
WEIGHTS = tuple(tenth / 10 for tenth in range(1, 10))


@dataclass(frozen=True)
class Demand:
    """What is forecast, how, and how wrong that was.

    :param method: ``moving_average``, ``smoothing`` or ``seasonal``
    :param quantities: by month, the next one first
    :param error: mean absolute error of the tests, in the unit of the history
    :param scaled_error: the same, divided by that of "as in the month before"; None
        where that was never wrong
    :param tests: how many months were forecast again

    >>> Demand("smoothing", (5.0,), 1.0, 0.5, 12).method
    'smoothing'
    """

    method: str
    quantities: tuple[float, ...]
    error: float
    scaled_error: float | None
    tests: int


def moving_average(
    history: Sequence[float], months: int, width: int = WIDTH
) -> tuple[float, ...]:
    """Return the mean of the last months, for each month to come.

    >>> moving_average([9, 1, 2, 3], 2)
    (2.0, 2.0)
    """
    last = history[-width:]
    return (sum(last) / len(last),) * months


def smoothing(history: Sequence[float], months: int) -> tuple[float, ...]:
    """Return the level of simple exponential smoothing, for each month to come.

    level = weight * quantity + (1 - weight) * level before, beginning with the first
    quantity. The weight is the one of 0.1 to 0.9 with the smallest sum of squared
    errors one month ahead, in this history. Source: R. G. Brown, Statistical
    Forecasting for Inventory Control, 1959; Hyndman and Athanasopoulos, Forecasting:
    Principles and Practice, 3rd edition, section 8.1.

    >>> smoothing([4, 4, 4], 2)
    (4.0, 4.0)
    >>> smoothing([0, 0, 10, 10, 10], 1)[0] > 9.8
    True
    """
    _error, level = min(_smoothed(history, weight) for weight in WEIGHTS)
    return (level,) * months


def _smoothed(history, weight):
    """Return the sum of squared errors, and the last level."""
    level, error = float(history[0]), 0.0
    for quantity in history[1:]:
        error += (quantity - level) ** 2
        level += weight * (quantity - level)
    return error, level


def seasonal(history: Sequence[float], months: int) -> tuple[float, ...]:
    """Return what was needed in the same months a year before ("seasonal naive").

    >>> seasonal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 3)
    (1.0, 2.0, 3.0)
    """
    last = history[-SEASON:]
    return tuple(float(last[month % SEASON]) for month in range(months))


#: By name: how a method forecasts, and how many months it needs for it. The simplest
#: comes first: it is taken when another one is no better.
METHODS: dict[str, tuple[Callable, int]] = {
    "moving_average": (moving_average, WIDTH),
    "smoothing": (smoothing, WIDTH),
    "seasonal": (seasonal, SEASON),
}


def back_test(history: Sequence[float], method: Callable, tests: int) -> float:
    """Return the mean absolute error of a method, one month ahead.

    Each of the last months is forecast from the months before it only ("rolling
    origin"; Tashman, International Journal of Forecasting 16, 2000), and the absolute
    differences from what was needed are averaged.

    >>> back_test([1, 1, 1, 4], moving_average, 1)
    3.0
    """
    origins = range(len(history) - tests, len(history))
    errors = (
        abs(method(history[:origin], 1)[0] - history[origin]) for origin in origins
    )
    return sum(errors) / tests


def naive(history: Sequence[float], months: int) -> tuple[float, ...]:
    """Return the last month's quantity: what every method has to beat.

    >>> naive([1, 2], 1)
    (2.0,)
    """
    return (float(history[-1]),) * months


def forecast_demand(history: Sequence[float], months: int) -> Demand | None:
    """Return the forecast of the method that erred least, or None.

    Every method forecasts the same months again, and must have had the months that it
    needs before the first of them. The scaled error is the mean absolute error divided
    by that of :func:`naive` in the same months, after Hyndman and Koehler,
    International Journal of Forecasting 22, 2006 (who divide by the error of naive
    forecasts within the months that were learned from): below 1 is better than "as in
    the month before".

    :param history: quantities by month, the oldest first
    :param months: how many to forecast
    :return: None where nothing was ever needed, or the history is too short to tell
        how wrong a forecast would be

    >>> year = [0, 0, 0, 0, 0, 60, 60, 0, 0, 0, 0, 0]
    >>> found = forecast_demand(year * 3, 6)
    >>> found.method, found.quantities[-1], found.error, found.tests
    ('seasonal', 60.0, 0.0, 12)
    >>> forecast_demand([5, 5, 5], 2) is None
    True
    """
    length = len(history)
    able = {
        name: method
        for name, (method, needed) in METHODS.items()
        if length - needed >= LEAST_TESTS
    }
    if not able or not any(history):
        return None
    tests = min(TESTS, *(length - METHODS[name][1] for name in able))
    errors = {name: back_test(history, able[name], tests) for name in able}
    name = min(errors, key=errors.get)
    scale = back_test(history, naive, tests)
    return Demand(
        name,
        tuple(max(quantity, 0.0) for quantity in able[name](history, months)),
        errors[name],
        errors[name] / scale if scale else None,
        tests,
    )
