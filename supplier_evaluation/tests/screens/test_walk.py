import re

import polib

from odoo.tests import tagged
from odoo.tools import file_path

from .common import WalkCommon, axe

# A word that a reader would miss, and no code or unit.
WORD = re.compile(r"[A-Z][a-z]{2,}[A-Za-z ,.’'-]*")


@tagged("post_install", "-at_install")
class TestWalk(WalkCommon):
    browser_size = "1400x900"

    def test_every_view(self):
        """Each opens, and who sees or hears it otherwise can use it."""
        places = self._main_places() + self._side_places()
        self._walk(axe(), inspect=True, places=places)


@tagged("post_install", "-at_install")
class TestWalkOnPhone(WalkCommon):
    browser_size = "390x844"
    touch_enabled = True

    def test_every_view(self):
        self._walk(axe(), places=self._main_places())


@tagged("post_install", "-at_install")
class TestWalkInChinese(WalkCommon):
    browser_size = "1400x900"

    def test_no_word_of_ours_is_english(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        modules = self.env["ir.module.module"].search([("state", "=", "installed")])
        modules._update_translations(["zh_CN"])
        self.people["manager"].lang = "zh_CN"
        entries = polib.pofile(
            file_path("supplier_evaluation/i18n/zh_CN.po"), encoding="utf-8"
        )
        words = [
            entry.msgid
            for entry in entries
            if entry.msgstr != entry.msgid
            and WORD.fullmatch(entry.msgid)
            and not _is_of_records(entry)
        ]
        self.assertGreater(len(words), 1000)
        places = self._main_places() + self._side_places()
        self._walk(axe(), words=words, places=places)


def _is_of_records(entry):
    """Whether a word is of records alone: they keep the language of who made them."""
    return all(
        place.startswith("model:supplier.") for place, _line in entry.occurrences
    )
