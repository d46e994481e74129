import datetime
import sys
import time
from types import ModuleType

from freezegun import api, freeze_time

from odoo.tests import BaseCase, tagged

from odoo.addons.base.models import ir_cron

from . import freezing


@tagged("post_install", "-at_install")
class TestFreezing(BaseCase):
    """What freezegun is spared to look into has nothing to freeze."""

    def _frozen(self):
        """Return where something is frozen: names of modules and of what is in them."""
        freezer = freeze_time("2026-04-01").freezer
        freezer.start()
        try:
            return {
                (getattr(place, "__name__", place), name)
                for place, name, _value in freezer.undo_changes
            }
        finally:
            freezer.stop()

    def _module(self, name, **values):
        module = ModuleType(name)
        vars(module).update(values)
        sys.modules[name] = module
        self.addCleanup(sys.modules.pop, name)
        return module

    def test_as_without(self):
        self.assertIsInstance(api.sys.modules, freezing.Modules)
        self._frozen()  # to look imports what others import when it is needed
        found = self._frozen()
        self.patch(api, "sys", sys)
        self.assertEqual(found, self._frozen())
        self.assertGreater(len(found), 200)

    def test_what_is_imported_later(self):
        self._frozen()
        late = self._module("late_one", today=datetime.date, wait=time.sleep)
        with freeze_time("2026-04-01"):
            self.assertEqual(late.today.today().isoformat(), "2026-04-01")
            self.assertEqual(str(ir_cron.datetime.now()), "2026-04-01 00:00:00")
            later = self._module("later_one", today=datetime.date)
        for module in (late, later):
            self.assertIs(module.today, api.real_date)
        self.assertIs(ir_cron.datetime, api.real_datetime)
