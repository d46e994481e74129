"""When the history took place, and what time it is for the scheduled action."""

# The four months are closed and their grace days over, in any time zone.
MONTHS = ((2026, 2), (2026, 3), (2026, 4), (2026, 5))
NOW = "2026-06-10 12:00:00"

# Who evaluates May besides the first company with its template: the same suppliers.
OTHER = "The Other Company"
SECOND = "Second Template"
DUE = ("2026-05-01", "2026-05-31")

# How many suppliers change their tier at once.
DECISIONS = 30
