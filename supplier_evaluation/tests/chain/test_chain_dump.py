import gzip
import io
import tempfile
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from odoo.tests import tagged

from ..access import AccessCommon
from .common import ChainCommon, load_script


@tagged("post_install", "-at_install")
class TestChainDump(ChainCommon, AccessCommon):
    """A file that is no whole dump holds no chain, and breaks none."""

    def _run_on(self, name, content):
        """Run the checker on a file; return its exit status, and what it printed."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, name)
            path.write_bytes(content)
            output = io.StringIO()
            with redirect_stdout(output), redirect_stderr(output):
                status = load_script().main([str(path)])
        return status, output.getvalue()

    @staticmethod
    def _zip(name, content):
        backup = io.BytesIO()
        with zipfile.ZipFile(backup, "w") as archive:
            archive.writestr(name, content)
        return backup.getvalue()

    def test_dumps_and_backups(self):
        self._seal()
        dump = self._dump()
        for name, content in {
            "dump.sql": dump,
            "dump.sql.gz": gzip.compress(dump),
            "backup.zip": self._zip("dump.sql", dump),
        }.items():
            with self.subTest(name=name):
                status, said = self._run_on(name, content)
                self.assertEqual(status, 0, said)

    def test_what_is_no_dump(self):
        self._seal()
        dump = self._dump()
        whole = gzip.compress(dump)
        for name, content in {
            "empty.sql": b"",
            "cut.sql": dump[: dump.rindex(b"\\.")],
            "binary.sql": b"PGDMP\x00\xff" * 100,
            "empty.zip": b"",
            "other.zip": self._zip("readme.txt", "Hello"),
            "text.gz": b"CREATE TABLE",
            "cut.gz": whole[: len(whole) // 2],
            "spoilt.gz": whole[:200] + b"\xff" * 20 + whole[220:],
            "columns.sql": dump.replace(b"company_id", b"company_of"),
        }.items():
            with self.subTest(name=name):
                status, said = self._run_on(name, content)
                self.assertEqual(status, 2, said)
                self.assertIn("Cannot be checked", said)

    def test_table_that_is_left_out(self):
        """Nothing is known of its rows, so the chain is not said to hold."""
        self._seal()
        dump = self._dump()
        for table in (
            b"supplier_tier_change",
            b"supplier_scorecard_line",
            self.env["supplier.certification"]
            ._fields["category_ids"]
            .relation.encode(),
        ):
            with self.subTest(table=table):
                copy = b"COPY public.%s (" % table
                self.assertIn(copy, dump)
                less = dump.replace(copy, b"COPY public.other_%s (" % table)
                status, said = self._run_on("dump.sql", less)
                self.assertEqual(status, 1, said)
                self.assertIn(f"has no table {table.decode()}, which", said)
