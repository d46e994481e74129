"""The printer is found or fetched, tried before it is used, and told of if missing."""

import contextlib
import io
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from tools import browser, printer, unpacked
from tools.console import Failure

GOOD = "#!/bin/sh\necho 'Supplier 供应商'\n"
BROKEN = "#!/bin/sh\necho 'no display'\nexit 1\n"


class FakeSuite:
    """Debian, as far as the printer asks it: its programs are scripts of a test."""

    def __init__(self, script):
        self.script = script
        self.asked = []

    def fetch_with_dependencies(self, packages, target):
        self.asked.append(packages)
        folder = target / "usr" / "bin"
        folder.mkdir(parents=True)
        (target / "usr/lib/any/qt5/plugins").mkdir(parents=True)
        (target / "usr/lib/any/libQt5.so.5").touch()
        for name in printer.PROGRAMS:
            (folder / name).write_text(self.script)
            (folder / name).chmod(0o755)


class TestPrinter(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.cache = Path(folder.name) / "a cache"
        self._patch(printer.paths, "cache", return_value=self.cache)
        self.which = self._patch(printer.process, "which", return_value=None)

    def _patch(self, target, name, **options):
        patcher = mock.patch.object(target, name, **options)
        self.addCleanup(patcher.stop)
        return patcher.start()

    def _suite(self, script):
        suite = FakeSuite(script)
        self._patch(printer.debian, "Suite", return_value=suite)
        return suite

    def test_fetched_once_and_put_first(self):
        suite = self._suite(GOOD)
        self.assertEqual(printer.environment("/bin")["PATH"], "/bin")
        with contextlib.redirect_stderr(io.StringIO()):
            printer.ensure()
            printer.ensure()
        self.assertEqual(
            suite.asked, [["wkhtmltopdf", "poppler-utils", *unpacked.FONT_PACKAGES]]
        )
        environment = printer.environment("/bin")
        first, last = environment["PATH"].split(os.pathsep)
        self.assertEqual((Path(first), last), (self.cache / "printer/bin", "/bin"))
        self.assertEqual(environment["QT_QPA_PLATFORM"], "offscreen")
        script = Path(first, "wkhtmltopdf").read_text()
        root = self.cache / "printer"
        self.assertIn(f"root='{root}'", script)
        self.assertIn(f"LD_LIBRARY_PATH='{root}/usr/lib/any'", script)
        self.assertIn(f"QT_PLUGIN_PATH='{root}/usr/lib/any/qt5/plugins'", script)
        self.assertIn(f"<dir>{root}/usr", (root / "fonts.conf").read_text())

    def test_the_machines_own_is_taken(self):
        suite = self._suite(GOOD)
        self.which.return_value = "/usr/bin/it"
        printer.ensure()
        self.assertEqual(suite.asked, [])
        self.assertEqual(printer.environment("/bin")["PATH"], "/bin")

    def test_only_what_is_missing_is_fetched(self):
        suite = self._suite(GOOD)
        self.which.side_effect = lambda name: name == "wkhtmltopdf" and "/usr/bin/it"
        with contextlib.redirect_stderr(io.StringIO()):
            printer.ensure()
        self.assertEqual(suite.asked, [["poppler-utils", *unpacked.FONT_PACKAGES]])
        commands = self.cache / "printer" / "bin"
        self.assertEqual([file.name for file in commands.iterdir()], ["pdftotext"])

    def test_one_that_does_not_print_is_not_kept(self):
        self._suite(BROKEN)
        with (
            contextlib.redirect_stderr(io.StringIO()),
            self.assertRaisesRegex(Failure, r"(?s)cannot be printed.*no display"),
        ):
            printer.ensure()
        self.assertEqual(printer.environment("/bin")["PATH"], "/bin")

    def test_offered_it_may_be_missing(self):
        self._suite(BROKEN)
        with contextlib.redirect_stderr(io.StringIO()) as told:
            printer.offer()
        self.assertIn("Reports are shown as web pages", told.getvalue())
        self.assertIn("apt-get install wkhtmltopdf poppler-utils", told.getvalue())


class TestUnpacked(unittest.TestCase):
    def test_own_libraries_come_last(self):
        """Chromium brings libraries of its own, which are no good for others."""
        with tempfile.TemporaryDirectory() as folder:
            partial = Path(folder)
            for name in ("chromium/liba.so", "x/libb.so.1"):
                file = partial / "usr/lib" / name
                file.parent.mkdir(parents=True)
                file.touch()
            found = unpacked.libraries(partial, Path("/root"), last="chromium")
        self.assertEqual(found, "/root/usr/lib/x:/root/usr/lib/chromium")

    def test_the_browser_uses_the_same_fonts(self):
        self.assertLessEqual({*unpacked.FONT_PACKAGES}, {*browser.PACKAGES})
        with tempfile.TemporaryDirectory() as folder:
            partial = Path(folder)
            (partial / "usr/lib/chromium").mkdir(parents=True)
            (partial / "usr/lib/chromium/chromium").touch()
            browser._write_wrapper(partial, Path("/root"))
            self.assertIn(
                "/root/usr/lib/chromium/chromium",
                (partial / "bin/chromium").read_text(),
            )
            self.assertIn("/root/usr/share/fonts", (partial / "fonts.conf").read_text())
