"""How many parts of a lot are checked, by ISO 2859-1.

Single sampling, normal inspection, general inspection level II (tables 1 and 2-A). The
tables are those of the standard of 1999; switching to tightened or reduced inspection
is not done here.
"""

from bisect import bisect_left

#: Up to which size of a lot a code letter holds, and how many parts it samples.
LETTERS = (
    (8, 2),
    (15, 3),
    (25, 5),
    (50, 8),
    (90, 13),
    (150, 20),
    (280, 32),
    (500, 50),
    (1200, 80),
    (3200, 125),
    (10_000, 200),
    (35_000, 315),
    (150_000, 500),
    (500_000, 800),
    (float("inf"), 1250),
)
#: Acceptable quality levels, with the letter (as a place in LETTERS) whose sample
#: must be without a fault.
LEVELS = {
    "0.065": 10,
    "0.10": 9,
    "0.15": 8,
    "0.25": 7,
    "0.40": 6,
    "0.65": 5,
    "1.0": 4,
    "1.5": 3,
    "2.5": 2,
    "4.0": 1,
    "6.5": 0,
}
#: How many bad parts pass, from three letters above that one on.
NUMBERS = (1, 2, 3, 5, 7, 10, 14, 21)
#: Letters between which the table has an arrow to the plan above or below.
ARROWS = 3


def sample_of(lot, level):
    """Return ``(parts to check, bad parts that still pass)`` of a lot.

    Where the table has an arrow, the plan to which it leads is taken, with its own
    sample. A sample as large as the lot is all of it.

    >>> sample_of(1000, "1.0")
    (80, 2)
    >>> sample_of(200, "1.0")
    (50, 1)
    >>> sample_of(60, "0.065")
    (60, 0)

    :param int lot: parts that came, at least 1
    :param str level: acceptable quality level in percent, one of :data:`LEVELS`
    """
    letter = bisect_left([size for size, _sample in LETTERS], lot)
    faultless = LEVELS[level]
    beyond = letter - faultless
    if beyond <= 1:
        # Below it an arrow leads down, just above it one leads up to it.
        letter, accepted = faultless, 0
    elif beyond < ARROWS:
        letter, accepted = faultless + ARROWS, NUMBERS[0]
    else:
        place = min(beyond - ARROWS, len(NUMBERS) - 1)
        letter, accepted = faultless + ARROWS + place, NUMBERS[place]
    return min(LETTERS[letter][1], lot), accepted
