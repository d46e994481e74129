# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tests of the forecasts; they need hypothesis and no database.

python -m unittest discover -s supplier_evaluation/forecast/tests -t supplier_evaluation
"""

from hypothesis import settings

# Derandomised: a red build is the fault of a change, never of the day's seed.
settings.register_profile(
    "forecast", derandomize=True, deadline=None, database=None, max_examples=200
)
settings.load_profile("forecast")
