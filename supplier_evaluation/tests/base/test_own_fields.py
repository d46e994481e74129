from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common import MANAGER
from ..contract.common import ContractCommon

COLOUR = {"name": "colour", "type": "char", "string": "Colour", "default": "grey"}
OWN = "own_properties"
WITH_FIELDS = (
    "supplier.incident",
    "supplier.corrective.action",
    "supplier.contract",
    "supplier.document",
    "supplier.certification",
)


@tagged("post_install", "-at_install")
class TestOwnFields(ContractCommon):
    """Fields of one's own: who defines them, where they stay, and who sees them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls._create_company("Elsewhere", "UTC", "EUR")
        cls.people["foreign"] = cls._create_user("fields", MANAGER, cls.elsewhere)
        cls.people["portal"] = cls._create_user("fields_p", "base.group_portal")
        cls.licence = cls.env["supplier.document.type"].create(
            {
                "name": "Licence",
                "code": "own_fields",
                "document_properties_definition": [COLOUR],
            }
        )
        cls.program = cls.env["supplier.certification.program"].create(
            {
                "name": "Programme",
                "company_id": cls.company.id,
                "certification_properties_definition": [COLOUR],
                "step_ids": [
                    Command.create(
                        {
                            "name": "Approval",
                            "user_ids": [Command.set(cls.people["approver"].ids)],
                        }
                    )
                ],
            }
        )
        cls.sets = cls.env["supplier.field.set"]._of(cls.company)[cls.company.id]
        for name in ("incident", "corrective", "contract"):
            cls.sets[f"{name}_properties_definition"] = [COLOUR]

    def _made(self, model, **vals):
        """Make a record of the buyer's, with a colour unless none is named."""
        own = {"partner_id": self.supplier.id, "title": "Bolts", **vals}
        records = self._as(self.env[model], "buyer")
        return records.create(
            {name: own[name] for name in own if name in records._fields}
        )

    def test_managers_define_for_their_company(self):
        incident = self._made("supplier.incident")
        self.assertEqual(incident.own_properties["colour"], "grey")
        size = {"name": "size", "type": "integer", "string": "Size"}

        def wanted():
            return [dict(COLOUR), {**size, "value": 3, "definition_changed": True}]

        for name in ("buyer", "foreign"):
            with self.subTest(name), self.assertRaises(AccessError):
                self._as(incident, name).write({"own_properties": wanted()})
        self._as(incident, "manager").write({"own_properties": wanted()})
        self.assertEqual(incident.own_properties["size"], 3)
        # Whoever fills in incidents fills it in on the next ones.
        other = self._made("supplier.incident", own_properties={"size": 5})
        self.assertEqual(other.own_properties["size"], 5)
        found = other.search([("own_properties.size", "=", 5)])
        self.assertEqual(found, other)
        groups = other._read_group(
            [("id", "in", (incident | other).ids)], ["own_properties.size"], ["__count"]
        )
        self.assertEqual(groups, [(3, 1), (5, 1)])
        theirs = self._as(self.env["supplier.incident"], "foreign").create(
            {"partner_id": self.supplier.id, "title": "Theirs"}
        )
        self.assertFalse(theirs.read(["own_properties"])[0]["own_properties"])
        with self.assertRefused("cannot be written", AccessError):
            self._as(self.sets, "manager").company_id = self.elsewhere

    def test_copies_have_them(self):
        for model in ("supplier.incident", "supplier.corrective.action"):
            copied = self._made(model, own_properties={"colour": "red"}).copy()
            with self.subTest(model):
                self.assertEqual(copied.own_properties["colour"], "red")

    def test_many_at_once_in_a_new_company(self):
        company = self._create_company("New", "UTC", "EUR")
        vals = {
            "partner_id": self.supplier.id,
            "title": "Bolts",
            "company_id": company.id,
        }
        incidents = self.env["supplier.incident"].create([dict(vals), dict(vals)])
        self.assertEqual(len(incidents.field_set_id), 1)
        self.assertEqual(incidents.field_set_id.company_id, company)

    def test_nobody_takes_the_set_away(self):
        """What was filled in would be lost with it."""
        for model in ("supplier.incident", "supplier.corrective.action"):
            record = self._made(model, own_properties={"colour": "red"})
            with self.subTest(model), self.assertRefused("written", AccessError):
                self._as(record, "manager").field_set_id = False

    def test_contracts_keep_them(self):
        contract = self._contract(own_properties={"colour": "red"})
        buyer = self._as(contract, "buyer")
        with self.assertRefused("is not changed any more"):
            buyer.own_properties = {"colour": "blue"}
        with self.assertRefused("is filled in on"):
            # Not even whoever defines fields takes it away.
            self._as(self.sets, "manager").contract_properties_definition = []
        revision = buyer._revise()
        self.assertEqual(revision.own_properties["colour"], "red")
        revision.own_properties = {"colour": "blue"}
        self.assertEqual(contract.own_properties["colour"], "red")
        # Incidents are not decided: what was tried out goes again.
        self._made("supplier.incident")
        self._as(self.sets, "manager").incident_properties_definition = []

    def test_what_a_contract_says_keeps_its_meaning(self):
        """Neither the options that it chose nor what a number or a name points to."""
        kind = {"name": "kind", "type": "selection", "string": "Kind"}
        tags = {"name": "marks", "type": "tags", "string": "Marks"}
        who = {"name": "who", "type": "many2one", "string": "Who"}
        alpha, beta, red, blue = ["a", "Alpha"], ["b", "Beta"], ["r", "R", 1], ["b"]
        blue += ["Blue", 2]
        sets = self._as(self.sets, "manager")

        def define(options=(alpha, beta), marks=(red, blue), model="res.partner"):
            sets.contract_properties_definition = [
                {**kind, "selection": list(options)},
                {**tags, "tags": list(marks)},
                {**who, "comodel": model},
            ]

        define()
        contract = self._contract(
            own_properties={"kind": "a", "marks": ["r"], "who": self.supplier.id}
        )
        for vals, text in (
            ({"options": [beta]}, "“Alpha” of “Kind” is chosen on"),
            ({"options": [["a", "Gamma"], beta]}, "“Alpha” of “Kind” is chosen on"),
            ({"marks": [blue]}, "“R” of “Marks” is chosen on"),
            ({"model": "res.users"}, "“Who” is filled in on"),
        ):
            with self.subTest(vals), self.assertRefused(text):
                define(**vals)
        # What nobody chose goes, and more to choose from comes.
        define([alpha, ["c", "Gamma"]], [[*red[:2], 3]])
        values = {one["name"]: one["value"] for one in contract.read()[0][OWN]}
        self.assertEqual(values["kind"], "a")

    def test_verified_documents_keep_them(self):
        document = self._made(
            "supplier.document",
            type_id=self.licence.id,
            own_properties={"colour": "red"},
        )
        document.own_properties = {"colour": "green"}
        document.sudo().action_verify()
        for value in ({"colour": "blue"}, False, [{**COLOUR, "value": "blue"}]):
            with self.subTest(value), self.assertRefused("was verified"):
                document.own_properties = value
        with self.assertRefused("is filled in on"):
            self.licence.document_properties_definition = [{**COLOUR, "type": "text"}]
        self.licence.document_properties_definition = [{**COLOUR, "string": "Tint"}]
        action = document.action_renew()
        with Form(document.with_context(**action["context"]).browse()) as form:
            form.number = "2"
        self.assertEqual(form.record.previous_id, document)
        self.assertEqual(form.record.own_properties["colour"], "green")

    def test_submitted_certifications_keep_them(self):
        certification = self._made(
            "supplier.certification",
            program_id=self.program.id,
            own_properties={"colour": "red"},
        )
        certification._write_guarded({"state": "certified"})
        with self.assertRefused("was submitted"):
            certification.own_properties = {"colour": "blue"}
        with self.assertRefused("is filled in on"):
            self.program.certification_properties_definition = False
        renewal = certification._open_renewals()
        self.assertEqual(renewal.own_properties["colour"], "red")

    def test_suppliers_see_none(self):
        for model in WITH_FIELDS:
            with self.subTest(model):
                records = self._as(self.env[model], "portal")
                self.assertFalse(records.has_access("read"))
                field = records._fields["own_properties"]
                self.assertFalse(field.groups)
        views = self.env["ir.ui.view"].search(
            [("type", "=", "qweb"), ("arch_db", "ilike", "own_properties")]
        )
        self.assertFalse(views)
