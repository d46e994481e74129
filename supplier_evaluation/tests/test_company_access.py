from odoo.exceptions import AccessError
from odoo.tests import tagged

from .access import AccessCommon
from .access_models import GENERATED_MODELS
from .common import MANAGER
from .exchange.records import audited_records

# Of a dialog, which ends in a company, only what it is about.
DIALOGS = {
    "supplier.customer.ask.wizard": {"date_due": "2036-01-01"},
    "supplier.demand.forecast.wizard": {},
    "supplier.history.import": {},
    "supplier.purchase.override.wizard": {"reason": "Why"},
    "supplier.risk.import": {},
    "supplier.tz.wizard": {"tz": "Asia/Tokyo"},
}


@tagged("post_install", "-at_install")
class TestCompanyAccess(AccessCommon):
    """Nobody puts anything into a company where they do not act."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        shared = cls._create_template("Of all", ["otd"], company_id=False)
        # Published, or tied to others, they would stay for another reason.
        cls.records["supplier.scorecard.template"] = cls._create_template(
            "Own", ["otd"]
        )
        cls.records["supplier.incident"] = cls.records["supplier.incident"].create(
            {"title": "Late papers", "company_id": cls.company.id}
        )
        cls.records["supplier.certification.audit"] = cls.records[
            "supplier.certification.audit"
        ].create({"partner_id": cls.supplier.id, "company_id": cls.company.id})
        cls.records["supplier.evaluation"] = cls.evaluation.create(
            {
                "template_id": shared.id,
                "company_id": cls.company.id,
                "date_from": "2026-04-01",
                "date_to": "2026-04-30",
            }
        )
        cls.records.update(audited_records(cls.env, cls.company, cls.people["manager"]))
        cls._share_the_programme()
        cls.people["both"] = cls._create_user("evaluation_both", MANAGER)
        cls.people["both"].company_ids |= cls.other_company
        cls.foreign = {}

    @classmethod
    def _share_the_programme(cls):
        """Let the certification be of a programme that all companies have."""
        program = cls.records["supplier.certification.program"]
        program.write({"company_id": False, "questionnaire_id": False})
        own = program.copy({"company_id": cls.company.id})
        cls.records["supplier.certification.program"] = own
        cls.records["supplier.certification.program.step"] = own.step_ids[0]

    @classmethod
    def _models(cls):
        """What is stored with a company: ``{name: what it takes its company of}``."""
        return {
            name: (model._fields["company_id"].related or "company_id").split(".")[0]
            for name, model in cls.env.items()
            if name.startswith("supplier.")
            and not model._abstract
            and model._auto
            and "company_id" in model._fields
            and model._fields["company_id"].store
        }

    def _elsewhere(self, model):
        """Return a record of the model that belongs to the other company."""
        if model not in self.foreign:
            record, path = self.records[model].sudo(), self._models()[model]
            value, copied = self.other_company, record.browse()
            if path != "company_id":
                value = self._elsewhere(record[path]._name)
                copied = record.search([(path, "=", value.id)], limit=1)
            self.foreign[model] = copied or record.copy({path: value.id})
        return self.foreign[model]

    def _written(self):
        """Yield model, user and what they could write about the company."""
        for model in self._models().keys() - set(GENERATED_MODELS):
            path = self._models()[model]
            for user in ("user", "manager"):
                rows = self._as(self.env[model], user)
                if not rows._transient and rows.has_access("write"):
                    yield model, path, user

    def test_everything_with_a_company_is_tested(self):
        dialogs = {
            name
            for name in self._models()
            if self.env[name]._transient
            and self._as(self.env[name], "manager").has_access("create")
        }
        self.assertEqual(dialogs, set(DIALOGS))
        self.assertGreater(len({model for model, *_path in self._written()}), 20)

    def test_nothing_is_moved_to_a_company_of_others(self):
        for model, path, user in self._written():
            mine = self._as(self.records[model], user)
            value = self.other_company
            if path != "company_id":
                value = self._elsewhere(self.records[model][path]._name)
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(model=model, user=user), self.assertRaises(AccessError):
                mine.write({path: value.id})

    def test_nothing_is_made_in_a_company_of_others(self):
        for model, path, user in self._written():
            rows = self._as(self.env[model], user)
            if path == "company_id" and rows.has_access("create"):
                mine = self._as(self.records[model], user)
                with (
                    self.subTest(model=model, user=user),
                    self.assertRaises(AccessError),
                ):
                    mine.copy({"company_id": self.other_company.id})

    def test_no_dialog_ends_in_a_company_of_others(self):
        for model, vals in DIALOGS.items():
            dialogs = self._as(self.env[model], "manager")
            foreign = {**vals, "company_id": self.other_company.id}
            if "partner_id" in dialogs._fields:
                foreign["partner_id"] = self.supplier.id
            refused = self.assertRefused("do not act in Elsewhere", AccessError)
            with self.subTest(model=model), refused:
                dialogs.create(foreign)

    def test_defaults_and_imports(self):
        """A company comes by the context, and by a file, too."""
        policies = self._as(self.env["supplier.purchase.policy"], "manager")
        default = policies.with_context(default_company_id=self.other_company.id)
        with self.assertRaises(AccessError):
            default.create({"name": "Planted"})
        loaded = policies.load(["name", "company_id"], [["Planted", "Elsewhere"]])
        self.assertFalse(loaded["ids"])
        self.assertFalse(policies.sudo().search([("name", "=", "Planted")]))

    def test_whoever_acts_in_both_moves_it(self):
        """Also while only one of them is chosen in the switch of companies."""
        for model in ("supplier.purchase.policy", "supplier.incident"):
            with self.subTest(model=model):
                record = self.records[model].copy()
                one = self._as(record, "both").with_context(
                    allowed_company_ids=self.company.ids
                )
                one.company_id = self.other_company
                self.assertEqual(record.company_id, self.other_company)

    def test_what_is_made_of_it_begins_in_its_company(self):
        """While both are chosen, and the other one is the present one."""
        both = [self.other_company.id, self.company.id]
        for model, names in {
            "supplier.scorecard.template": (
                "action_open_evaluations",
                "action_open_trials",
                "action_back_test",
            ),
            "supplier.certification.program": ("action_open_certifications",),
        }.items():
            record = self._as(self.records[model], "both")
            record = record.with_context(allowed_company_ids=both)
            for name in names:
                with self.subTest(model=model, name=name):
                    action = getattr(record, name)()
                    made = record.env[action["res_model"]]
                    made = made.with_context(**action["context"])
                    [company] = made.default_get(["company_id"]).values()
                    self.assertEqual(company, self.company.id)
                    shared = record.sudo().copy({"company_id": False})
                    action = getattr(shared, name)()
                    self.assertNotIn("default_company_id", action["context"])
