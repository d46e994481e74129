"""What follows from scores, as data: nights, corrective actions, and what is said."""

from __future__ import annotations

# Nights, days ago, on which the rules are looked at; before, there were none.
NIGHTS = (74, 60, 45, 31, 20, 12, 6, 2, 1)
# Corrective actions: whose, the KPI, how many days ago it began and D6 was accepted,
# the cause, and what the supplier answered.
ACTIONS = (
    (
        "Phoenix Machining",
        "otd",
        250,
        215,
        "machine",
        "A second machine was bought; two people were trained on it.",
    ),
    (
        "Twoday Fasteners",
        "otd",
        230,
        190,
        "method",
        "We plan two days more for transport from now on.",
    ),
    (
        "Douzaine Étiquettes",
        "otd",
        170,
        130,
        "people",
        "A second colleague looks after our orders.",
    ),
)
# The one that an alert starts, and how far it has come.
CURRENT = ("Downhill Castings", "Parts of the last lot are sorted in our store.")
# What the buyer says when an alert is resolved.
RESOLVED = "They called: the lorry stands at the border."
DISMISSED = "Nobody else has these parts, but they are small."
SHARED = "MA-BSH"
# Goals: what they are called, whose figure, in which tier or of whom, the target, who
# answers for it, and in how many months it is to be reached; of the past it is over.
# They begin where the first published month was.
GOALS = (
    ("Strategic suppliers deliver on time", "otd", "strategic", "", 90, "buyer", 4),
    ("Most suppliers are graded A or B", "grade", "", "", 80, "manager", 7),
    (
        "Less comes back from Boomerang",
        "return_rate",
        "",
        "Boomerang Ceramics",
        2,
        "quality",
        0,
    ),
)
