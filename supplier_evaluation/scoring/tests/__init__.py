# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tests of the scoring core; they need hypothesis, and neither Odoo nor a database.

python -m unittest discover -s supplier_evaluation/scoring/tests -t supplier_evaluation
"""

from hypothesis import settings

# Derandomised: a red build is the fault of a change, never of the day's seed.
# No deadline: a busy machine is not a failure.
settings.register_profile(
    "scoring", derandomize=True, deadline=None, database=None, max_examples=200
)
settings.load_profile("scoring")
