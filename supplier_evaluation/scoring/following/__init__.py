# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What follows from a score: alerts, effects, tiers and shares. Plain Python, too."""
