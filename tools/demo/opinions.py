"""What our people think of suppliers: functions from role and progress to 0 … 10.

People of different roles see different things, and do not quite agree in any case.
"""

from __future__ import annotations

# Who is asked, by the role of a scorecard template.
ROLES = ("buyer", "quality", "warehouse")


def content(_role, _progress):
    """Nobody has anything to object to."""
    return 7


def alike(rating):
    """Everybody thinks the same, all the year."""
    return lambda _role, _progress: rating


def divided(**ratings):
    """Each role has a view of its own."""
    return lambda role, _progress: ratings[role]


def changing(first, last):
    """From the first to the last month."""
    return lambda _role, progress: first + (last - first) * progress


def rate(opinion, role, progress, rng):
    """Return an answer: a whole number near the opinion."""
    rating = opinion(role, progress) + rng.choice((-1, 0, 0, 0, 1))
    return max(0, min(10, round(rating)))
