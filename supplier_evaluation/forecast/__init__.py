# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is to be expected: pure functions that tell it from what was.

Nothing in here knows Odoo or a database. Every formula is in the docstring of the
function that computes it, with its source; nothing is learned that cannot be shown.
"""

from .beta import beta_interval, beta_share
from .calibration import (
    Forecast,
    Promise,
    Reliability,
    Score,
    forecasts,
    reliability,
    report,
    score,
)
from .history import Book, Tally
from .lateness import (
    BEGIN,
    HALF_LIFE,
    LEVELS,
    Key,
    Lateness,
    Learned,
    Level,
    beyond,
    learn,
    recency,
)
from .projection import Coming, Projected, project_days, project_share

__all__ = [
    "BEGIN",
    "HALF_LIFE",
    "LEVELS",
    "Book",
    "Coming",
    "Forecast",
    "Key",
    "Lateness",
    "Learned",
    "Level",
    "Projected",
    "Promise",
    "Reliability",
    "Score",
    "Tally",
    "beta_interval",
    "beta_share",
    "beyond",
    "forecasts",
    "learn",
    "project_days",
    "project_share",
    "recency",
    "reliability",
    "report",
    "score",
]
