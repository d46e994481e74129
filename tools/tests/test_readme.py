"""The pages of the add-on: made of what is there, and how they are laid out."""

import unittest

from tools import addons
from tools.readme import layout, pages

MANIFEST = {
    "name": "Good Things",
    "author": "One, Another",
    "development_status": "Beta",
    "license": "LGPL-3",
    "maintainers": ["one"],
    "version": "19.0.1.0.0",
    "website": "https://example.com/good",
}


class TestPages(unittest.TestCase):
    def test_made_of_what_is_there(self):
        for addon in addons.found():
            text = pages.readme(addon).read_text()
            self.assertIn(f"digest: {pages.digest(addon)}\n", text, "./dev readme")


class TestLayout(unittest.TestCase):
    def page(self, **fragments):
        fragments = {"DESCRIPTION": "It is good.", **fragments}
        return layout.rst("good_things", MANIFEST, fragments, "d1")

    def test_sections_in_their_order(self):
        page = self.page(USAGE="Press it.", INSTALL="Copy it.", CREDITS="To her.")
        places = [
            page.index(f"\n{text}\n")
            for text in (
                "It is good.",
                "Installation\n============",
                "Copy it.",
                "Usage\n=====",
                "Press it.",
                "* Another",
                "To her.",
            )
        ]
        self.assertEqual(places, sorted(places))
        self.assertNotIn("Changelog", page)

    def test_badges(self):
        page = self.page()
        self.assertIn("/license-LGPL--3-blue.png", page)
        self.assertIn("/source-good__things-lightgray.png", page)
        self.assertIn("|badge1| |badge2| |badge3|", page)

    def test_pictures_are_found_from_both_pages(self):
        page = self.page(USAGE=".. image:: ../static/description/look.png")
        self.assertIn(".. image:: static/description/look.png", page)
        html = layout.html("Good", '<img src="static/description/look.png" />')
        self.assertIn('<img src="look.png" />', html)
