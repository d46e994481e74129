"""How the two pages are laid out; plain text in, plain text out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

# Fragments that become a section, in the order of the page.
SECTIONS = {
    "CONTEXT": "Use Cases / Context",
    "INSTALL": "Installation",
    "CONFIGURE": "Configuration",
    "USAGE": "Usage",
    "DEVELOP": "Development",
    "ROADMAP": "Known issues / Roadmap",
    "HISTORY": "Changelog",
}
FRAGMENTS = ("DESCRIPTION", *SECTIONS, "CONTRIBUTORS", "CREDITS")
# The keys of the manifest that are on the page.
SHOWN = (
    "author",
    "development_status",
    "license",
    "maintainers",
    "name",
    "version",
    "website",
)
BADGE = "https://img.shields.io/badge"
STATUS_PAGE = "https://odoo-community.org/page/development-status"
LICENSE_PAGE = "https://www.gnu.org/licenses/lgpl-3.0-standalone.html"
COLOURS = {
    "Alpha": "red",
    "Beta": "yellow",
    "Production/Stable": "green",
    "Mature": "brightgreen",
}
NOTICE = "This page is made by ./dev readme from the folder readme."
# As seen from a fragment, from README.rst, and from index.html.
PICTURES = ("../static/description/", "static/description/", "")
HTML = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<!-- {notice} -->
<style>
main {{ font-family: sans-serif; margin: auto; max-width: 60em; }}
main img {{ max-width: 100%; }}
</style>
</head>
<body>
{body}</body>
</html>
"""


def rst(name: str, manifest: Mapping, fragments: Mapping[str, str], digest: str) -> str:
    """README.rst of the add-on `name`.

    :param fragments: texts in reStructuredText by their names
    :param digest: of what the page was made of
    """
    blocks = [
        _title(manifest["name"], "=", above=True),
        f"..\n   {NOTICE}\n   Changes of it are lost.\n   source digest: {digest}\n",
        *_badges(name, manifest),
        fragments["DESCRIPTION"],
        "**Table of contents**\n",
        ".. contents::\n   :local:\n",
        *_sections(fragments),
        *_bug_tracker(name, manifest),
        *_credits(manifest, fragments),
    ]
    text = "\n".join(f"{block.strip()}\n" for block in blocks)
    return text.replace(PICTURES[0], PICTURES[1])


def html(title: str, body: str) -> str:
    """index.html around the body that README.rst became."""
    page = HTML.format(title=title, notice=NOTICE, body=body)
    return page.replace(f'src="{PICTURES[1]}', f'src="{PICTURES[2]}')


def _title(text: str, line: str, *, above: bool = False) -> str:
    rule = line * len(text)
    return "\n".join([*[rule] * above, text, rule])


def _sections(fragments: Mapping[str, str]) -> Iterator[str]:
    for fragment, title in SECTIONS.items():
        if fragment in fragments:
            yield _title(title, "=")
            yield fragments[fragment]


def _badges(name: str, manifest: Mapping) -> Iterator[str]:
    status = manifest["development_status"]
    badges = [
        (f"maturity-{_in_badge(status)}-{COLOURS[status]}", STATUS_PAGE, status),
        (
            f"license-{_in_badge(manifest['license'])}-blue",
            LICENSE_PAGE,
            f"License: {manifest['license']}",
        ),
        (f"source-{_in_badge(name)}-lightgray", manifest["website"], "Source"),
    ]
    yield "\n".join(
        f".. |badge{number}| image:: {BADGE}/{image}.png\n"
        f"    :target: {target}\n    :alt: {text}"
        for number, (image, target, text) in enumerate(badges, 1)
    )
    yield " ".join(f"|badge{number}|" for number in range(1, len(badges) + 1))


def _in_badge(text: str) -> str:
    """In such an address, a dash separates and an underscore is a space."""
    return quote(text.replace("-", "--").replace("_", "__"), safe="")


def _bug_tracker(name: str, manifest: Mapping) -> Iterator[str]:
    yield _title("Bug Tracker", "=")
    yield (
        f"Bugs are tracked in the `issues <{manifest['website']}/issues>`_ of the "
        f"project.\nPlease look there first; otherwise report what you did, what "
        f"happened, what you\nexpected, and the version (``{name}`` "
        f"{manifest['version']})."
    )


def _credits(manifest: Mapping, fragments: Mapping[str, str]) -> Iterator[str]:
    yield _title("Credits", "=")
    yield _title("Authors", "-")
    authors = [author.strip() for author in manifest["author"].split(",")]
    yield "\n".join(f"* {author}" for author in authors)
    for fragment, title in (
        ("CONTRIBUTORS", "Contributors"),
        ("CREDITS", "Other credits"),
    ):
        if fragment in fragments:
            yield _title(title, "-")
            yield fragments[fragment]
    yield _title("Maintainers", "-")
    links = [
        f"`{maintainer} <https://github.com/{maintainer}>`__"
        for maintainer in manifest["maintainers"]
    ]
    yield f"Maintained by {', '.join(links)}. You are welcome to contribute."
