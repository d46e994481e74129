"""Runs in an environment of its own: Markdown to reStructuredText, and that to HTML.

Reads a JSON object of texts on stdin and writes the converted ones to stdout.
Usage: convert.py rst|html
"""

import json
import sys

import docutils.core
import pypandoc

# A warning is a mistake in a fragment: it ends the run.
SETTINGS = {
    "file_insertion_enabled": False,
    "halt_level": 2,
    "initial_header_level": 2,
    "raw_enabled": False,
}


def to_rst(text: str) -> str:
    return pypandoc.convert_text(text, "rst", format="gfm")


def to_html(text: str) -> str:
    parts = docutils.core.publish_parts(
        text, writer="html5", settings_overrides=SETTINGS
    )
    return parts["html_body"]


def main(target: str) -> None:
    convert = {"rst": to_rst, "html": to_html}[target]
    texts = json.load(sys.stdin)
    json.dump({name: convert(text) for name, text in texts.items()}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
