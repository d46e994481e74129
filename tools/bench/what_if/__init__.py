"""The what-if, where it runs: in a browser, on suppliers that the page makes itself."""

from pathlib import Path

PAGE = Path(__file__).with_name("page.html")
