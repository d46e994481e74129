"""The screens of scorecards: a database of many, and what each call takes on it."""

from pathlib import Path

INSIDE = Path(__file__).with_name("inside")
