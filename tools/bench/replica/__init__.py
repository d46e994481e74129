"""Whether the screens are read from a standby, and are right while it lags."""

from pathlib import Path

SCRIPT = Path(__file__).parent / "inside" / "prepare.py"
