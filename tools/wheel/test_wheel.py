"""What `pip install` of the wheel brings, on a real Odoo and real databases."""

import unittest
import zipfile
from email.parser import HeaderParser

from .. import addons, database, paths, runtime
from ..bridges.others import OTHERS
from . import workshop

# What the wheel leaves out on purpose, and what Python and editors make.
LEFT_OUT = ("pyproject.toml", ".pyc", "~")
THREE = ["Ardent Fasteners", "Meander Metals", "Thrift Components"]


class TestBuilt(unittest.TestCase):
    def look_into(self, addon):
        """The names of the files in the wheel of an add-on, and its metadata."""
        with zipfile.ZipFile(workshop.current().wheels[addon.name]) as archive:
            names = archive.namelist()
            (metadata,) = [name for name in names if name.endswith("/METADATA")]
            text = archive.read(metadata).decode()
        return names, HeaderParser().parsestr(text)

    def test_metadata(self):
        for addon in addons.found():
            with self.subTest(addon=addon.name):
                self.assert_metadata(addon)

    def assert_metadata(self, addon):
        manifest = addon.manifest
        _names, metadata = self.look_into(addon)
        self.assertEqual(metadata["Name"], f"odoo-addon-{addon.name}")
        # A number is added for every commit after the one that set the version.
        self.assertEqual(
            metadata["Version"].split(".")[:5], manifest["version"].split(".")
        )
        apart = {other.name for other in addons.found()}.union(*OTHERS.values())
        needed = ["odoo", *(f"odoo-addon-{one}" for one in apart & {*addon.depends})]
        self.assertEqual(
            {*metadata.get_all("Requires-Dist")},
            {f"{name}=={runtime.SERIES}.*" for name in needed},
        )
        self.assertEqual(metadata["Home-page"], manifest["website"])

    def test_every_file_is_in_it(self):
        for addon in addons.found():
            with self.subTest(addon=addon.name):
                self.assert_complete(addon)

    def assert_complete(self, addon):
        names, _metadata = self.look_into(addon)
        there = {
            name.removeprefix(f"odoo/addons/{addon.name}/")
            for name in names
            if name.startswith("odoo/")
        }
        wanted = {
            str(path.relative_to(addon.folder))
            for path in addon.folder.rglob("*")
            if path.is_file()
            and not path.name.endswith(LEFT_OUT)
            and not path.name.startswith(".")
        }
        self.assertFalse(wanted - there, "Only what git knows is packed: git add.")
        self.assertFalse(there - wanted)


class TestInstalled(unittest.TestCase):
    def assert_from_wheel(self, found):
        """Odoo took it from the environment and could not have from elsewhere."""
        home = workshop.current().folder / "venv"
        self.assertEqual(found["state"], "installed")
        self.assertTrue(found["path"].startswith(f"{home}/"), found["path"])
        self.assertTrue(found["code"].startswith(f"{home}/"), found["code"])
        self.assertNotIn(str(paths.CHECKOUT), found["addons"])

    def test_without_demo(self):
        shop = workshop.current()
        found = shop.look(shop.database("plain", database.FOR_TESTS, demo=False))
        self.assert_from_wheel(found)
        self.assertFalse(found["demo"])
        self.assertEqual(found["suppliers"], [])
        template = database.template(database.FOR_TESTS)
        states = database.installed(template)
        present = [name for name, state in states.items() if state == "installed"]
        there = addons.installable(addons.found(), present)
        own = {addon.name for addon in there}
        self.assertEqual({*found["bridges"]}, own - {addons.MAIN})
        home = workshop.current().folder / "venv"
        for path in found["bridges"].values():
            self.assertTrue(path.startswith(f"{home}/"), path)

    def test_with_demo(self):
        """Beside Odoo's own demo data, and unchanged by an update."""
        shop = workshop.current()
        name = shop.database("demo", database.FOR_DEMO, demo=True)
        found = shop.look(name)
        self.assert_from_wheel(found)
        self.assert_demo(found)
        shop.odoo(name, ["-u", addons.MAIN])
        self.assertEqual(shop.look(name), found)

    def assert_demo(self, found):
        self.assertTrue(found["demo"], "The demo data failed: see Odoo's log.")
        self.assertEqual(sorted(found["suppliers"]), THREE)
        self.assertEqual(found["evaluations"], ["published"])
        self.assertEqual(found["certified"], ["certified"])
        self.assertTrue(found["deciders"])
        self.assertFalse({*found["deciders"]} & {*found["submitters"]})
        self.assertTrue(found["counted"])
        for counted, opened in found["counted"]:
            self.assertEqual(counted, opened)
