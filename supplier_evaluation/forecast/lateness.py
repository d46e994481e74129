# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How probable it is that a delivery comes late, and by how many days.

**What counts.** Every past delivery of the company counts once, at the innermost of
these levels: the *product* from this supplier; the *supplier*'s other products; its
*peers*, other suppliers of the product's category; all *others*.

**Recency.** A delivery that was due ``d`` days ago weighs ``2 ** (-d / HALF_LIFE)``.

**Probability.** Begin with half, worth one delivery (the prior of H. Jeffreys, 1946).
Then go inwards, level by level. With ``p`` and ``m`` of the level outside, ``n``
deliveries here of which ``x`` were late, and ``k``, how alike the level's groups are::

    1 / (prior + 1) = 1 / (k + 1) + 1 / (m + 1)     what the outside is worth here
    p' = (x + prior * p) / (n + prior)              the new probability
    m' = n + prior                                  what it is worth

and ``prior`` is at least one delivery. The first line is the law of total variance: a
group differs from the level outside it, and of that level one knows a sample only; a
Beta distribution with the same mean and variance takes its place. The second is the
Beta-Binomial model with shrinkage to the mean of the group's peers: B. Efron and C.
Morris (1975), "Data Analysis Using Stein's Estimator and its Generalizations", Journal
of the American Statistical Association 70 (350), 311-319; A. Gelman et al., "Bayesian
Data Analysis" (3rd ed.), chapter 5.

So ``p`` is an average of the rates of the four levels and of the half that it began
with; each has its weight, and the weights add up to one.

**How alike.** ``k`` of each level is what makes the rates of its groups most probable
(maximum likelihood of the Beta-Binomial distribution: J. G. Skellam, 1948, Journal of
the Royal Statistical Society B 10 (2), 257-261), among ``STRENGTHS``; of less than
``FEW`` groups nothing can be told, and ``USUAL`` is taken.

**Interval.** The quantiles of Beta(p * m, (1 - p) * m): 95 % are inside.

**Days.** The mean days of late deliveries goes inwards in the same way, with ``d`` and
``m`` of the level outside, and ``n`` late deliveries here of ``sum`` days::

    1 / prior = 1 / K + 1 / m           what the outside is worth here
    d' = (sum + prior * d) / (n + prior)
    m' = n + prior

``K`` is the variance within suppliers divided by that between them: H. Bühlmann and E.
Straub (1970), "Glaubwürdigkeit für Schadensätze". Of less than ``FEW`` suppliers that
were ever late it cannot be told: then the outside is worth no more late deliveries than
suppliers it is made of. Nor is it ever worth more than the late deliveries that it was
seen in: so two suppliers do not change places. What is expected is the probability
times these days.

**Tolerance.** Where a delivery is in time until ``N`` days after its promise, all of
the above is learned anew for that ``N``, from the same deliveries: late is then what
was not completely there after ``N`` days, and deliveries whose ``N`` days are not over
teach nothing yet. No distribution of the days is supposed. Of a line that is open still
when ``s`` of the ``N`` days are over, it is known that it did not come in them. With
``p0`` the probability that it comes late at all, and ``pN`` that it takes more than
``N`` days, and as many of those that are late coming on each of the ``N`` days in
relation to those that are open still, it takes more than ``N`` days with::

    (pN / p0) ** ((N - s + 1) / N)      from s = 1 on; before, pN; after N, 1

As long as ``pN`` was not learned, ``p0``, which it never exceeds, takes its place, and
half that of ``pN / p0``, as every probability begins with half; or ``p0``, if that is
more: that a line did not come on its day makes it no better. So what is too late is
certain only when the tolerance is over.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from math import lgamma
from typing import NamedTuple

from .beta import beta_interval
from .history import Book, Tally

#: From the outside inwards.
LEVELS = ("others", "peers", "supplier", "product")
#: Days after which a delivery weighs half; see ``calibration``.
HALF_LIFE = 180
#: What a probability begins with, and how many deliveries that is worth.
BEGIN, BEGIN_WORTH = 0.5, 1.0
#: However much groups differ, the level outside is worth this many deliveries: a
#: supplier that was late each time is never certain to be late again.
LEAST_WORTH = 1.0
#: How alike groups may be: as many deliveries the level outside is worth.
STRENGTHS = tuple(2.0 ** (step / 2) for step in range(21))
USUAL = 16.0
FEW = 5


class Key(NamedTuple):
    """Whose delivery it is.

    >>> Key("Ajax", "bolt", "fasteners").supplier
    'Ajax'
    """

    supplier: Hashable
    product: Hashable
    category: Hashable


@dataclass(frozen=True, slots=True)
class Level:
    """What the deliveries of one level say.

    :param name: one of ``LEVELS``
    :param tally: its deliveries
    :param weight: what their rate weighs in the probability, a fraction
    """

    name: str
    tally: Tally
    weight: float


@dataclass(frozen=True, slots=True)
class Lateness:
    """What is to be expected of a delivery.

    :param probability: that it comes late, a fraction
    :param worth: how many deliveries the probability is worth
    :param low: below this it is with a probability of 2.5 %
    :param high: above this it is with a probability of 2.5 %
    :param days_when_late: how late, if it comes late; ``None``: nothing ever did
    :param levels: what it is made of, from the outside inwards
    """

    probability: float
    worth: float
    low: float
    high: float
    days_when_late: float | None
    levels: tuple[Level, ...]

    @property
    def expected_days(self) -> float | None:
        """Days late to be expected; ``None`` where none was ever late."""
        if self.days_when_late is None:
            return None
        return self.probability * self.days_when_late

    @property
    def basis(self) -> str:
        """The innermost level that has deliveries."""
        return next(level.name for level in reversed(self.levels) if level.tally.count)


def recency(days: float, half_life: float | None = HALF_LIFE) -> float:
    """Return what a delivery weighs that was due so many days ago.

    >>> recency(0), recency(180), recency(5000, None)
    (1.0, 0.5, 1.0)
    """
    return 2.0 ** (-days / half_life) if half_life else 1.0


class Learned:
    """What past deliveries teach; ask it for a forecast.

    :param Book book: the deliveries
    :param strengths: how alike groups are, by level; estimated where not given
    :param days_strength: how alike the days of suppliers are, with the strengths
    """

    def __init__(
        self,
        book: Book,
        strengths: dict[str, float | None] | None = None,
        days_strength: float = USUAL,
    ) -> None:
        self.book = book
        self.strengths, self.days_strength = strengths, days_strength
        if strengths is None:
            self.refit()

    def refit(self) -> None:
        """Estimate anew how alike suppliers are, and their products."""
        self.strengths = _strengths(self.book)
        self.days_strength = _days_strength(self.book)

    def forecast(self, key: Key, with_interval: bool = True) -> Lateness | None:
        """Return what is to be expected, or ``None`` where nothing is known at all.

        :param key: of whom and what
        :param with_interval: without, low and high are the probability itself
        """
        tallies = self.book.levels(key)
        if not any(tally.count for tally in tallies):
            return None
        p, m = BEGIN, BEGIN_WORTH
        days, days_worth = None, 0.0
        priors = []
        for name, tally in zip(LEVELS, tallies, strict=True):
            prior = _prior(m, self.strengths[name])
            p, m = _update(p, prior, tally)
            days, days_worth = _update_days(days, days_worth, self.days_strength, tally)
            priors.append(prior)
        low, high = beta_interval(p, m) if with_interval else (p, p)
        levels = tuple(
            Level(name, tally, weight)
            for name, tally, weight in zip(
                LEVELS, tallies, _weights(priors, tallies), strict=True
            )
        )
        return Lateness(p, m, low, high, days, levels)


def beyond(late: float, too_late: float | None, tolerance: int, over: int) -> float:
    """Return how probable it is that an open line comes after the tolerance.

    :param late: how probable it was that it comes late at all
    :param too_late: how probable it was that it comes after the tolerance; ``None``:
        that was not learned
    :param tolerance: days after the promise that still count as on time
    :param over: how many days after the promise today is; 0 or less: it is not over

    >>> [beyond(0.4, 0.1, 2, over) for over in (-5, 0, 1, 2, 3)]
    [0.1, 0.1, 0.25, 0.5, 1.0]
    >>> beyond(0.4, 0.4, 0, 0), beyond(0.4, 0.4, 0, 1)
    (0.4, 1.0)
    >>> [round(beyond(0.4, None, 2, over), 2) for over in (0, 1, 2, 3)]
    [0.4, 0.5, 0.71, 1.0]
    """
    known = late if too_late is None else min(late, too_late)
    if over > tolerance:
        return 1.0
    if over <= 0:
        return known
    if too_late is None:
        share = max(late, BEGIN)
    else:
        share = known / late if late else 0.0
    return share ** ((tolerance - over + 1) / tolerance)


def learn(rows: Iterable[tuple[Key, Tally]]) -> Learned:
    """Learn from deliveries, in whatever order they come.

    :param rows: of whom and what, and the deliveries, each weighed by its age

    >>> rows = [(Key("Ajax", "bolt", "metal"), Tally(20, 2, 20, 2, 6, 20))]
    >>> rows.append((Key("Bond", "bolt", "metal"), Tally(80, 40, 80, 40, 80, 160)))
    >>> learned = learn(rows)
    >>> new, known = (learned.forecast(Key(*who)) for who in (
    ...     ("Cole", "bolt", "metal"), ("Ajax", "bolt", "metal")))
    >>> new.basis, round(new.probability, 2), round(new.low, 2), round(new.high, 2)
    ('peers', 0.42, 0.11, 0.77)
    >>> known.basis, round(known.probability, 2), round(known.expected_days, 2)
    ('product', 0.2, 0.5)
    >>> {level.name: (level.tally.count, round(level.weight, 2))
    ...     for level in known.levels if level.weight}
    {'peers': (80, 0.25), 'product': (20, 0.75)}
    >>> learn([]).forecast(Key("Ajax", "bolt", "metal")) is None
    True
    """
    book = Book()
    for key, tally in rows:
        book.add(key, tally)
    return Learned(book)


# ----------------------------------------------------------------
# Inwards, level by level
# ----------------------------------------------------------------


def _prior(worth, strength):
    """Return what a probability is worth one level further in.

    Without a strength the levels are the same, and it is worth all it was.
    """
    if strength is None:
        return worth
    return max(LEAST_WORTH, 1 / (1 / (strength + 1) + 1 / (worth + 1)) - 1)


def _update(p, prior, tally):
    """Return the probability and its worth, when the level's deliveries are known."""
    worth = tally.weight + prior
    if not worth:
        return p, worth
    return min(1.0, max(0.0, (tally.late + prior * p) / worth)), worth


def _update_days(days, worth, strength, tally):
    """Return the days of late deliveries and how many deliveries they are worth."""
    if not tally.late:
        return days, worth
    if days is None:
        return tally.days / tally.late, tally.late
    prior = 1 / (1 / strength + 1 / worth)
    total = tally.late + prior
    return (tally.days + prior * days) / total, total


def _weights(priors, tallies):
    """Return what the rate of each level weighs in the probability."""
    weights, left = [], 1.0
    for prior, tally in zip(reversed(priors), reversed(tallies), strict=True):
        worth = tally.weight + prior
        share = tally.weight / worth if worth else 0.0
        weights.append(left * share)
        left *= 1 - share
    return weights[::-1]


# ----------------------------------------------------------------
# How alike groups are
# ----------------------------------------------------------------


def _strengths(book):
    """Return how alike the groups of each level are; the outermost is all there is."""
    f = book.factor
    [overall, _worth] = _update(BEGIN, BEGIN_WORTH, book.all.times(f))
    categories = [(tally.times(f), overall) for tally in book.categories.values()]
    peers = _likeliest(categories)
    rates = {
        name: _update(overall, peers, tally.times(f))[0]
        for name, tally in book.categories.items()
    }
    suppliers = {
        name: (tally.times(f), _rate_of_peers(book, name, rates))
        for name, tally in book.suppliers.items()
    }
    supplier = _likeliest(suppliers.values())
    own = {
        name: _update(rate, supplier, tally)[0]
        for name, (tally, rate) in suppliers.items()
    }
    product = _likeliest(
        (tally.times(f), own[name]) for (name, _product), tally in book.products.items()
    )
    return {"others": None, "peers": peers, "supplier": supplier, "product": product}


def _rate_of_peers(book, supplier, rates):
    """Return the rate of the categories in which a supplier delivers."""
    weights = {
        category: book.supplier_categories[supplier, category].weight
        for category in book.categories_of[supplier]
    }
    total = sum(weights.values())
    if not total:
        return sum(map(rates.get, weights)) / len(weights)
    return sum(rates[name] * weight for name, weight in weights.items()) / total


def _likeliest(groups):
    """Return the strength that makes the groups most probable.

    :param groups: deliveries, and the rate of the level outside
    """
    groups = sorted(
        (tally.late, tally.weight - tally.late, rate)
        for tally, rate in groups
        if tally.weight > 0 and 0 < rate < 1
    )
    if len(groups) < FEW:
        return USUAL
    return max(STRENGTHS, key=lambda strength: _likelihood(groups, strength))


def _likelihood(groups, strength):
    """Return the logarithm of how probable the groups are, up to a constant."""
    begin = lgamma(strength)
    total = 0.0
    for late, in_time, rate in groups:
        a, b = strength * rate, strength * (1 - rate)
        total += lgamma(a + late) + lgamma(b + in_time) - lgamma(a) - lgamma(b)
        total += begin - lgamma(strength + late + in_time)
    return total


def _days_strength(book):
    """Return Bühlmann's and Straub's K of the days, between suppliers."""
    f = book.factor
    groups = sorted(
        (tally.late * f, tally.days * f, tally.square * f)
        for tally in book.suppliers.values()
        if tally.late > 0
    )
    n = sum(late for late, _days, _square in groups)
    free = n - len(groups)
    if len(groups) < FEW or free <= 0:
        return min(USUAL, max(STRENGTHS[0], len(groups)))
    mean = sum(days for _late, days, _square in groups) / n
    within = sum(square - days * days / late for late, days, square in groups) / free
    between = sum(late * (days / late - mean) ** 2 for late, days, _ in groups)
    between -= (len(groups) - 1) * within
    between /= n - sum(late * late for late, _days, _square in groups) / n
    if between <= 0:
        return STRENGTHS[-1]
    return min(STRENGTHS[-1], max(STRENGTHS[0], within / between))
