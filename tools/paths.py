"""Where things are. All that the tool makes is in one cache folder."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
TOOLS = CHECKOUT / "tools"
REQUIREMENTS = TOOLS / "requirements"


def cache() -> Path:
    """The cache folder; nothing in it is precious (``./dev clean --all``)."""
    if chosen := os.environ.get("SUPPLIER_EVALUATION_CACHE"):
        return Path(chosen).expanduser().absolute()
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser().absolute() / "supplier-evaluation"


def logs() -> Path:
    return _made(cache() / "logs")


def data_dir() -> Path:
    """Odoo's data folder (file store, sessions)."""
    return _made(cache() / "data")


def checkout_key() -> str:
    """Tells two checkouts that share one cache apart."""
    return hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:10]


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
