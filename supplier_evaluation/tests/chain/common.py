import io
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from odoo.modules import get_module_path
from odoo.tools import SQL

from ...models.chain.check import verify_chain
from ...models.chain.content import sealed_models

# Stands beside the add-on, for people who have no Odoo.
SCRIPT = Path(get_module_path("supplier_evaluation")).parent / "tools/verify_chain.py"


def load_script():
    """Return the checker of dumps as a module."""
    spec = spec_from_file_location("verify_chain", SCRIPT)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class ChainCommon:
    """Seals what waits, and checks it both ways: here, and in a dump by the script.

    To be mixed into a class with a ``company``.
    """

    @classmethod
    def _seal(cls):
        blocks = cls.env["supplier.chain.block"]
        while blocks._seal_next():
            pass
        cls.env.invalidate_all()

    def _sql(self, text, *params):
        self.env.flush_all()
        self.env.cr.execute(SQL(text, *params))
        self.env.invalidate_all()

    def _blocks(self, record=None):
        domain = [("company_id", "=", self.company.id)]
        if record:
            domain += [("res_model", "=", record._name), ("res_id", "in", record.ids)]
        return self.env["supplier.chain.block"].search(domain, order="number")

    def _waiting(self, *domain):
        return self.env["supplier.chain.waiting"].search([*domain])

    # ------------------------------------------------------------
    # Both checks
    # ------------------------------------------------------------

    def assertHolds(self, *heads):
        self.assertFalse(verify_chain(self.company))
        status, said = self._check_dump(*heads)
        self.assertEqual(status, 0, said)
        self.assertNotIn("BROKEN", said)

    def assertBroken(self, text, record=None, script="."):
        """Both find it, here the record is named.

        :param str text: regular expression of what is said here
        :param str script: regular expression of what the script says
        """
        broken = verify_chain(self.company)
        self.assertTrue(broken, "nothing was found")
        self.assertRegex(broken.text, text)
        status, said = self._check_dump()
        self.assertEqual(status, 1, said)
        first = said.partition("BROKEN ")[2].partition("\n")[0]
        self.assertRegex(first, script)
        if broken.number:
            self.assertIn(f"number {broken.number}:", first)
        if record:
            self.assertEqual(broken.res_model, record._name)
            self.assertEqual(broken.res_id, record.id)
            self.assertIn(f"{record._name} id {record.id}:", first)
        return broken

    def _check_dump(self, *heads):
        """Run the script over a dump of this transaction.

        :param heads: files with ends of chains
        :return: its exit status, and what it printed
        """
        with tempfile.TemporaryDirectory() as folder:
            dump = Path(folder, "dump.sql")
            dump.write_bytes(self._dump())
            arguments = [str(dump)]
            for number, head in enumerate(heads):
                path = Path(folder, f"head-{number}.json")
                path.write_bytes(head)
                arguments += ["--head", str(path)]
            output = io.StringIO()
            with redirect_stdout(output), redirect_stderr(output):
                status = load_script().main(arguments)
        return status, output.getvalue()

    def _dump(self):
        """Return what pg_dump would write of the tables that matter.

        It would not see what this transaction did.
        """
        self.env.flush_all()
        tables = ["supplier_chain_block", "supplier_chain_waiting"]
        for model in sealed_models(self.env):
            parts = [self.env[part]._table for part in model._sealed_parts]
            links = [
                field.relation
                for name in model._sealed_columns()
                for field in [model._fields[name]]
                if field.type == "many2many"
            ]
            tables += [model._table, *parts, *links]
        dump = io.BytesIO(b"SET statement_timeout = 0;\n")
        dump.seek(0, io.SEEK_END)
        for table in sorted(tables):
            [(columns,)] = self.env.execute_query(
                SQL(
                    "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum)"
                    " FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
                    " AND NOT attisdropped",
                    table,
                )
            )
            dump.write(f"\nCOPY public.{table} ({columns}) FROM stdin;\n".encode())
            self.env.cr.copy_expert(f"COPY {table} ({columns}) TO STDOUT", dump)
            dump.write(b"\\.\n")
        return dump.getvalue()
