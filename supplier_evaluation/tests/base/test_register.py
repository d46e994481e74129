from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import SQL

from ..access import AccessCommon

PEOPLE = ("user", "approver", "manager")
# What a client may try to pass for the key, or to be taken for the server itself.
CONTEXTS = (
    {},
    {"supplier_guard_key": True},
    {"supplier_guard_key": "<object object>", "install_mode": True},
    {"_force_unlink": True, "module": "supplier_evaluation"},
)


@tagged("post_install", "-at_install")
class TestRegister(AccessCommon):
    """Every register that the registry knows, so that later ones are tested as well."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        mixin = cls.env.registry["supplier.register.mixin"]
        cls.registers = sorted(
            name
            for name, model in cls.env.registry.items()
            if issubclass(model, mixin) and not model._abstract
        )

    def setUp(self):
        super().setUp()
        self.before = {model: self._rows(model) for model in self.registers}

    def _rows(self, model):
        table = SQL.identifier(self.env[model]._table)
        self.env.flush_all()
        return self.env.execute_query(SQL("SELECT * FROM %s ORDER BY id", table))

    def _vals(self, model):
        """Return values that make a row, were it not refused."""
        return self.records[model].copy_data()[0]

    def _refused_to_everybody(self, attempt):
        """Let each person, and the server, attempt something with each register's row.

        :param attempt: a function of the row, which asserts that it is refused
        """
        for model in self.registers:
            row = self.records[model]
            own = {name: self._as(row, name) for name in PEOPLE}
            own |= {f"{name}, sudo": record.sudo() for name, record in own.items()}
            own["server"] = self.env[model].sudo().browse(row.id)
            for who, record in own.items():
                for context in CONTEXTS:
                    with self.subTest(model=model, who=who, context=context):
                        attempt(record.with_context(**context))
        self._assert_untouched()

    def _assert_untouched(self):
        for model in self.registers:
            self.assertEqual(self._rows(model), self.before[model], model)

    # ------------------------------------------------------------
    # Nobody
    # ------------------------------------------------------------

    def test_which(self):
        self.assertLessEqual(
            {
                "supplier.certification.approval",
                "supplier.certification.transition",
                "supplier.promise.change",
                "supplier.stage.change",
            },
            set(self.registers),
        )
        for model in self.registers:
            with self.subTest(model=model):
                self.assertTrue(self.before[model])
                for name in ("user_id", "date", "company_id"):
                    field = self.env[model]._fields[name]
                    self.assertTrue(field.required and field.store, name)
                self.assertIn("reason", self.env[model]._fields)

    def test_nobody_edits(self):
        def attempt(row):
            for vals in (
                {"user_id": self.env.uid},
                {"date": "2020-01-01 00:00:00"},
                {"reason": False},
                {},
            ):
                with self.assertRaisesRegex(AccessError, "register"):
                    row.write(vals)
            with self.assertRaisesRegex(AccessError, "register"):
                row.user_id = self.env.user

        self._refused_to_everybody(attempt)

    def test_nobody_adds(self):
        def attempt(row):
            vals = self._vals(row._name)
            for vals_list in ([vals], [vals, vals], [{}]):
                with self.assertRaisesRegex(AccessError, "register"):
                    row.create(vals_list)
            with self.assertRaisesRegex(AccessError, "register"):
                row.copy()

        self._refused_to_everybody(attempt)

    def test_nobody_deletes(self):
        def attempt(row):
            # Without rights on the model, that is what the error tells.
            with self.assertRaisesRegex(AccessError, "register" if row.env.su else ""):
                row.unlink()

        self._refused_to_everybody(attempt)

    def test_no_client(self):
        """The calls of the web client and of XML-RPC, which end in the same place."""

        def attempt(row):
            vals = self._vals(row._name)
            context = dict(row.env.context)
            for method, args in (
                ("write", [row.ids, {"date": "2020-01-01 00:00:00"}]),
                ("web_save", [row.ids, {"user_id": self.env.uid}, {}]),
                ("create", [vals]),
                ("web_save", [[], vals, {}]),
                ("copy", [row.ids]),
                ("unlink", [row.ids]),
                ("_append", [[vals]]),
                ("_unguarded", [row.ids]),
            ):
                with self.assertRaises(AccessError, msg=method):
                    call_kw(row.browse(), method, args, {"context": context})

        self._refused_to_everybody(attempt)

    def test_no_import(self):
        def attempt(row):
            vals = {
                name: value for name, value in self._vals(row._name).items() if value
            }
            fields = [
                f"{name}/.id" if row._fields[name].relational else name for name in vals
            ]
            values = [str(value) for value in vals.values()]
            result = row.browse().load(fields, [values])
            self.assertFalse(result["ids"])
            self.assertIn("register", result["messages"][0]["message"])

        self._refused_to_everybody(attempt)

    def test_no_server_action(self):
        for model in self.registers:
            row = self.records[model]
            rows = f"env['{model}'].sudo().browse({row.id})"
            for code in (
                f"{rows}.write({{'date': '2020-01-01 00:00:00'}})",
                f"{rows}.with_context(supplier_guard_key=True).copy()",
                f"{rows}.with_context(_force_unlink=True).unlink()",
            ):
                action = self.env["ir.actions.server"].create(
                    {
                        "name": "Forge",
                        "model_id": self.env["ir.model"]._get_id(model),
                        "state": "code",
                        "code": code,
                    }
                )
                with (
                    self.subTest(code=code),
                    self.assertRaisesRegex(AccessError, "register"),
                ):
                    action.run()
        self._assert_untouched()

    # ------------------------------------------------------------
    # Our own methods
    # ------------------------------------------------------------

    def test_own_methods_add_and_no_more(self):
        for model in self.registers:
            with self.subTest(model=model):
                vals = self._vals(model)
                for name in ("user_id", "date"):
                    vals.pop(name, None)
                forged = {"default_user_id": self.env.ref("base.user_admin").id}
                register = self._as(self.env[model], "manager").with_context(**forged)
                row = register._append([vals])
                self.assertEqual(row.sudo().user_id, self.people["manager"])
                self.assertEqual(row.sudo().company_id, self.company)
                self.assertFalse(row._is_unguarded())
                with self.assertRaises(AccessError):
                    row._unguarded().sudo().write({"date": "2020-01-01 00:00:00"})
                with self.assertRaises(AccessError):
                    row._unguarded().sudo().unlink()
