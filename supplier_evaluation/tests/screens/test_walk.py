import json
import re
from importlib.resources import files

import polib

from odoo.tests import HttpCase, tagged
from odoo.tools import file_path

from ..access import AccessCommon

READY = "window.supplierWalk && document.querySelector('.o_view_controller')"
# A word that a reader would miss, and no code or unit.
WORD = re.compile(r"[A-Z][a-z]{2,}[A-Za-z ,.’'-]*")


class WalkCommon(AccessCommon, HttpCase):
    """A manager opens every menu of the app, with one record of each model at least."""

    def _walk(self, script="", **options):
        """Walk, with a script that is loaded before; see supplier_walk.esm.js."""
        manager = self.people["manager"]
        root = self.env.ref("supplier_evaluation.supplier_root_menu")
        menus = self.env["ir.ui.menu"].with_user(manager)
        entries = menus.search([("id", "child_of", root.id), ("action", "!=", False)])
        self.assertGreater(len(entries), 30)
        self.browser_js(
            "/odoo/supplier-scorecards",
            f"{script}; window.supplierWalk({len(entries)}, {json.dumps(options)})",
            f"Boolean({READY})",
            login=manager.login,
            timeout=300,
        )


@tagged("post_install", "-at_install")
class TestWalk(WalkCommon):
    browser_size = "1400x900"

    def test_every_view(self):
        """Each opens, and who sees or hears it otherwise can use it."""
        axe = files("axe_core_python").joinpath("axe.min.js").read_text()
        self._walk(axe, inspect=True)


@tagged("post_install", "-at_install")
class TestWalkOnPhone(WalkCommon):
    browser_size = "390x844"
    touch_enabled = True

    def test_every_view(self):
        self._walk()


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
        self._walk(words=words)


def _is_of_records(entry):
    """Whether a word is of records alone: they keep the language of who made them."""
    return all(
        place.startswith("model:supplier.") for place, _line in entry.occurrences
    )
