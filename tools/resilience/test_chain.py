"""The chain of seals: sealed by processes that die or meet, dumped and restored."""

import base64
import gzip
import subprocess
import sys
import unittest
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from .. import database, pg_programs, session, verify_chain
from . import laboratory, remains
from .scene import DECISIONS

# By whoever may write to the database.
CHANGE = "UPDATE supplier_tier_change SET date = date + INTERVAL '1 day' WHERE id = %s"
FIRST = "SELECT MIN(id) FROM supplier_tier_change"


class TestChain(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lab = laboratory.current()

    def setUp(self):
        self.db = self.lab.database(f"chain_{self._testMethodName}")
        self.addCleanup(self.lab.drop, self.db)
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def do(self, *steps, name="look", db=None):
        """What the steps return, done in a process of their own."""
        self.lab.chain(db or self.db, name, *steps).finish()
        report = self.lab.report(db or self.db, name)
        return [report[step] for step in steps]

    def waiting(self, *steps, at):
        one = self.lab.chain(self.db, "one", *steps, closed=[at])
        one.reach(at)
        return one

    # ---- processes ---------------------------------------------------------------

    def test_killed(self):
        """What it had taken waits still, and is sealed once."""
        self.do("decide")
        one = self.waiting("seal", at="seal-1")
        one.kill()
        laboratory.wait(
            lambda: not remains.has_sessions(self.db), "PostgreSQL to notice"
        )
        sealed, waiting = self.do("sealed", "waiting")
        self.assertEqual(sealed, 0)
        self.assertGreaterEqual(waiting, DECISIONS)
        self.assertEqual(
            self.do("seal", "sealed", "waiting", "verify"), [None, DECISIONS, 0, []]
        )

    def test_two_at_once(self):
        """The second one leaves it to the first, and nobody who decides waits."""
        self.do("decide")
        one = self.waiting("seal", at="seal-1")
        self.assertEqual(self.do("seal", "sealed"), [None, 0])
        self.do("decide")
        self.assertFalse(one.has_ended())
        one.open("seal-1")
        one.finish()
        self.assertEqual(self.do("sealed", "verify"), [DECISIONS, []])
        self.assertEqual(self.do("seal", "sealed", "verify"), [None, 2 * DECISIONS, []])

    def test_committed_late(self):
        """Rows of lower numbers that come later are sealed like any others."""
        late = self.waiting("decide", at="decided-1")
        self.do("decide", "seal")
        self.assertEqual(self.do("sealed", "waiting", "verify"), [DECISIONS, 0, []])
        late.open("decided-1")
        late.finish()
        self.assertEqual(
            self.do("seal", "sealed", "waiting", "verify"),
            [None, 2 * DECISIONS, 0, []],
        )

    # ---- dumps -------------------------------------------------------------------

    def test_dumped_and_restored(self):
        """What is restored verifies both ways, until somebody changes it."""
        self.do("decide")
        self.do("seal")
        [export] = self.do("export")
        head = self.folder / "head.json"
        head.write_bytes(base64.b64decode(export))
        self.do("decide")
        dump = self.dump(self.db)
        status, said = self.check(dump, head)
        self.assertEqual(status, 0, said)
        self.assertIn(f"{DECISIONS} not sealed yet. It holds, as exported.", said)
        self.check_packed(dump)

        copy = self.restore(dump)
        self.assertEqual(self.do("verify", db=copy), [[]])
        self.assertEqual(self.check(self.dump(copy), head)[0], 0)
        self.assertEqual(self.do("seal", "verify", db=copy), [None, []])
        again = self.dump(copy)
        self.assertEqual(self.check(again, head)[0], 0)

        [[row]] = database.query(FIRST, database=copy)
        database.query(CHANGE, row, database=copy)
        [[problem]] = self.do("verify", db=copy)
        self.assertIn("was changed afterwards", problem)
        status, said = self.check(self.dump(copy), head)
        self.assertEqual(status, 1, said)
        self.assertIn(f"supplier.tier.change id {row}: it was changed: date", said)

    def check_packed(self, dump):
        """Compressed, and as Odoo makes backups."""
        packed = self.folder / "dump.sql.gz"
        packed.write_bytes(gzip.compress(dump.read_bytes()))
        self.assertEqual(self.check(packed)[0], 0)
        backup = self.folder / "backup.zip"
        with zipfile.ZipFile(backup, "w") as archive:
            archive.write(dump, "dump.sql")
        self.assertEqual(self.check(backup)[0], 0)

    def test_what_is_no_dump(self):
        for name, content in (
            ("empty.sql", b""),
            ("custom.dump", b"PGDMP\x01\x0e"),
            ("text.sql", "供应商".encode("gb18030")),
        ):
            with self.subTest(name=name):
                path = self.folder / name
                path.write_bytes(content)
                status, said = self.check(path)
                self.assertEqual(status, 2)
                self.assertIn("Cannot be checked", said)
        self.assertEqual(self.check(self.folder / "none.sql")[0], 2)

    def check(self, dump, *heads):
        """The script's exit status and what it prints."""
        arguments = [dump]
        for head in heads:
            arguments += ["--head", head]
        done = subprocess.run(
            [sys.executable, verify_chain.__file__, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    def dump(self, db):
        path = self.folder / f"{db}.sql"
        self.program("pg_dump", "--no-owner", "--format=plain", f"--file={path}", db)
        return path

    def restore(self, dump):
        copy = self.lab.empty("restored")
        self.addCleanup(self.lab.drop, copy)
        self.program("psql", "--quiet", "--no-psqlrc", f"--file={dump}", copy)
        return copy

    def program(self, name, *arguments):
        done = subprocess.run(
            [pg_programs.binaries() / name, *arguments],
            env={**pg_programs.environment(), **session.current().server.environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
