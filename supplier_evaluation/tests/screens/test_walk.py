from odoo.tests import HttpCase, tagged

from ..access import AccessCommon

READY = "window.supplierWalk && document.querySelector('.o_view_controller')"


class WalkCommon(AccessCommon, HttpCase):
    """A manager opens every menu of the app, with one record of each model at least."""

    def _walk(self):
        manager = self.people["manager"]
        root = self.env.ref("supplier_evaluation.supplier_root_menu")
        menus = self.env["ir.ui.menu"].with_user(manager)
        entries = menus.search([("id", "child_of", root.id), ("action", "!=", False)])
        self.assertGreater(len(entries), 30)
        self.browser_js(
            "/odoo/supplier-scorecards",
            f"window.supplierWalk({len(entries)})",
            f"Boolean({READY})",
            login=manager.login,
            timeout=300,
        )


@tagged("post_install", "-at_install")
class TestWalk(WalkCommon):
    browser_size = "1400x900"

    def test_every_view(self):
        self._walk()


@tagged("post_install", "-at_install")
class TestWalkOnPhone(WalkCommon):
    browser_size = "390x844"
    touch_enabled = True

    def test_every_view(self):
        self._walk()
