"""What ./dev lint looks at, and what its hooks are made of."""

import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from tools import lint, paths
from tools.console import Failure


class TestFiles(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        patch = mock.patch.object(paths, "CHECKOUT", self.folder)
        patch.start()
        self.addCleanup(patch.stop)

    @unittest.skipUnless(shutil.which("git"), "git is not installed")
    def test_new_files_count_and_ignored_ones_do_not(self):
        subprocess.run(["git", "init", "-q", self.folder], check=True)
        for name in ("added.py", "new.py", "two words.py", "ignored.log"):
            (self.folder / name).touch()
        (self.folder / ".gitignore").write_text("*.log\n")
        subprocess.run(["git", "-C", self.folder, "add", "added.py"], check=True)
        self.assertEqual(
            sorted(lint.files()), [".gitignore", "added.py", "new.py", "two words.py"]
        )

    def test_unpacked_archive(self):
        with self.assertRaisesRegex(Failure, "git names none here"):
            lint.files()


class TestHooks(unittest.TestCase):
    """They come from PyPI and npm alone, and are the same tomorrow."""

    text = (paths.CHECKOUT / ".pre-commit-config.yaml").read_text()

    def test_from_registries_only(self):
        self.assertEqual(set(re.findall(r"repo: (.*)", self.text)), {"local"})

    def test_pinned(self):
        lists = re.findall(
            r"additional_dependencies:(?: &\w+)?(?: \[(.+)\]|((?:\n {10}- .+)+))",
            self.text,
        )
        self.assertTrue(lists)
        for inline, block in lists:
            for package in (inline or block).replace("- ", ",").split(","):
                if package := package.strip(' \n"'):
                    self.assertRegex(package, r"^(\S+==|@?[^@\s]+@)\d+\.\d+\.\d+$")

    def test_pinned_node_comes_first(self):
        with mock.patch.dict("os.environ", {"PATH": "/usr/bin"}):
            environment = lint.environment(Path("/venv/bin"))
        self.assertEqual(environment["PATH"], "/venv/bin:/usr/bin")
