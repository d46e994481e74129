"""What the add-on costs those who only buy: orders, receipts, bills.

Two databases, one with what the add-on depends on, one with the add-on as well.
"""

from pathlib import Path

SCRIPT = Path(__file__).parent / "inside" / "work.py"
