"""What there is to know of a supplier from outside, and how long it weighs."""

KINDS = [
    ("litigation", "Lawsuit"),
    ("penalty", "Penalty"),
    ("abnormal_operation", "Abnormal Operation"),
    ("environment", "Environmental Violation"),
    ("credit_rating", "Credit Rating"),
    ("insolvency", "Insolvency"),
    ("supply_interruption", "Supply Interruption"),
    ("sanctions", "Sanctions"),
    ("news", "News"),
]
RATING = "credit_rating"
SEVERITIES = [
    ("low", "Low"),
    ("medium", "Medium"),
    ("high", "High"),
    ("critical", "Critical"),
]
#: By how much a severity weighs, and which levels there are, the lowest first.
RANKS = {severity: rank for rank, (severity, _label) in enumerate(SEVERITIES, start=1)}
# Closing these takes a second person.
SERIOUS = ("high", "critical")
STATES = [
    ("open", "Not Confirmed"),
    ("confirmed", "Confirmed"),
    ("mitigated", "Measures Taken"),
    ("closed", "Closed"),
    ("false_alarm", "False Alarm"),
]
OVER = ("closed", "false_alarm")
#: What is proposed where a source says no severity.
PROPOSED_SEVERITIES = {
    "litigation": "medium",
    "penalty": "medium",
    "abnormal_operation": "high",
    "environment": "medium",
    "credit_rating": "low",
    "insolvency": "critical",
    "supply_interruption": "high",
    "sanctions": "critical",
    "news": "low",
}
#: Below which rating, of 100, a rating is how serious.
RATING_SEVERITIES = ((25, "critical"), (45, "high"), (60, "medium"))
#: These happen on a day and weigh for a year; the others last until they end.
EVENTS = ("penalty", "environment", "news")
#: Within how many days a signal is to be looked at again.
DAYS_TO_REVIEW = {"low": 180, "medium": 90, "high": 30, "critical": 7}
#: What a violation of the environment weighs in its KPI.
ENVIRONMENT_POINTS = {"low": 1, "medium": 2, "high": 4, "critical": 8}
