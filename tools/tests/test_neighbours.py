"""Where the output of others' tests is kept."""

import json
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from tools.neighbours import part


class TestLogs(unittest.TestCase):
    """The run without the add-on leaves what the run with it wrote."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        for patch in (
            mock.patch.object(part, "say"),
            mock.patch.object(part.paths, "logs", return_value=self.folder),
            mock.patch.object(part.session, "current"),
            mock.patch.multiple(part.database, fresh=mock.DEFAULT, drop=mock.DEFAULT),
            mock.patch.object(part.odoo, "command", return_value=["odoo"]),
            mock.patch.object(part.odoo, "environment", return_value={}),
            mock.patch.object(part.odoo, "call_of_main", side_effect=self.answer),
            mock.patch.object(part.odoo, "run", side_effect=self.install),
            mock.patch.object(part.subprocess, "run", side_effect=self.finish),
        ):
            patch.start()
            self.addCleanup(patch.stop)

    def answer(self, _script, args):
        return args["answer"]

    def install(self, arguments, *, db, log):
        log.write_text(" ".join(arguments))
        return 0

    def finish(self, _command, *, input, stdout, **_options):
        stdout.write(input)
        Path(input).write_text(json.dumps({"run": 2, "failed": ["/stock:TestA"]}))

    def test_every_run_has_its_logs(self):
        part._run_modules("h_", ("purchase_exception",), self.folder)
        part._run_modules("h_", part.ODOO, self.folder)
        self.assertEqual(
            {file.name for file in self.folder.iterdir()},
            {
                "neighbours-purchase_exception-with.log",
                "neighbours-purchase_exception-with-install.log",
                "neighbours-purchase_exception-without.log",
                "neighbours-purchase_exception-without-install.log",
                "neighbours-purchase-with.log",
                "neighbours-purchase-with-install.log",
                "neighbours-purchase-without.log",
            },
        )
        installed = self.folder / "neighbours-purchase_exception-with-install.log"
        self.assertIn("supplier_evaluation", installed.read_text())
