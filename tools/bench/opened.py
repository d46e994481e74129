"""What opening analyses, and the records behind a figure, took and may take."""

from __future__ import annotations

from collections.abc import Iterator

# The first page of an analysis and its count: of three months, and of everything.
ANALYSES = {"months": ("three months", 1), "ever": ("everything", 3)}
# The records behind a figure: of the supplier with the most of them, and a usual one.
RECORDS = {"largest": ("the largest supplier", 0.5), "middle": ("the middle one", 0.2)}


def targets(figures: dict) -> Iterator[tuple[str, str, bool]]:
    """Yield ``(target, what was measured, whether it is met)``: of each the slowest."""
    for what, key, limits in (
        ("an analysis", "analyses", ANALYSES),
        ("the records of a figure", "records", RECORDS),
    ):
        for size, (words, limit) in limits.items():
            name, seconds = _slowest(figures.get(key, {}), size)
            if name:
                title = f"{what} of {words}: less than {limit} s"
                yield title, f"{seconds:.2f} s ({name})", seconds < limit


def rows(figures: dict) -> list[tuple[str, str]]:
    """The seconds of each, for people."""
    return [
        (f"  {name}, {words[0]}"[:37], f"{opened[size]:.2f} s")
        for key, limits in (("analyses", ANALYSES), ("records", RECORDS))
        for size, words in limits.items()
        for name, opened in sorted(figures.get(key, {}).items())
    ]


def _slowest(opened: dict, size: str) -> tuple[str, float]:
    found = [(seconds[size], name) for name, seconds in opened.items()]
    seconds, name = max(found, default=(0, ""))
    return name, seconds
