"""The benchmark: a large database, what is measured on it, and the report."""

from pathlib import Path

FLOOR = Path(__file__).with_name("floor.sql")
CHECKS = Path(__file__).with_name("checks")
SCRIPT = Path(__file__).parent / "inside" / "measure.py"
