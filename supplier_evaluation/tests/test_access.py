from odoo.exceptions import AccessError
from odoo.tests import tagged

from .access import AccessCommon
from .access_models import (
    APPLIED_MODELS,
    ASKED_MODELS,
    AUDITED_MODELS,
    GENERATED_MODELS,
    HIDDEN_MODELS,
    PLANNED_MODELS,
    RECORD_MODELS,
    REVIEWER_MODELS,
    SETTINGS_MODELS,
    SHARED_MODELS,
    USER_MODELS,
)

PERMISSIONS = ("perm_read", "perm_write", "perm_create", "perm_unlink")
CHANGES = ("write", "create", "unlink")
# They have the same rights: an approver decides in dialogs, see test_setup_access.
USERS = ("user", "evaluator", "approver")
# What managers may do with what they do not make: override a score, delete an
# evaluation with its scorecards, take back an import.
GIVEN = {
    "supplier.scorecard": CHANGES,
    "supplier.scorecard.line": CHANGES,
    "supplier.history.job": ("unlink",),
    "supplier.field.set": ("write",),
    # To leave it out; all that it says is guarded.
    "supplier.customer.review": ("write",),
}
# Published figures count the one, somebody decided on the other.
KEPT_MODELS = {"supplier.incident", "supplier.corrective.action"}
SCORECARD_REFUSALS = {
    "supplier.scorecard": {
        "create": "made by an evaluation",
        "write": "written by an evaluation",
        "unlink": "go with their evaluation",
    },
    "supplier.scorecard.line": {
        "create": "made by an evaluation",
        "write": "A measured figure is not edited",
        "unlink": "The lines of a scorecard stay",
    },
}


@tagged("post_install", "-at_install")
class TestAccess(AccessCommon):
    def test_every_model_is_tested(self):
        models = {
            name
            for name, model in self.env.registry.items()
            if name.startswith("supplier.")
            and model._module == "supplier_evaluation"
            and not model._abstract
            and not model._transient
        }
        tested = {
            *RECORD_MODELS,
            *USER_MODELS,
            *APPLIED_MODELS,
            *ASKED_MODELS,
            *SETTINGS_MODELS,
            *PLANNED_MODELS,
        }
        self.assertEqual(models, tested.union(HIDDEN_MODELS, AUDITED_MODELS))
        self.assertEqual(set(self.records), tested)
        for model, record in self.records.items():
            with self.subTest(model=model):
                self.assertEqual(record._name, model)
                self.assertEqual(len(record.exists()), 1)

    def test_nobody_writes_what_follows_from_others(self):
        """A step of another supplier, say, would be in the portal of that one."""
        found = set()
        for model, record in self.records.items():
            if not hasattr(record, "_derived_fields"):
                continue
            own = self._as(record, "manager")
            for name in sorted(record._derived_fields()):
                found.add((model, name))
                with (
                    self.subTest(model=model, name=name),
                    self.assertRaises(AccessError),
                ):
                    own.write({name: False})
        for one in (
            ("supplier.corrective.action.step", "partner_id"),
            ("supplier.goal", "higher_is_better"),
            ("supplier.incident", "move_id"),
        ):
            self.assertIn(one, found)

    def test_every_row_of_rights_gives_something(self):
        """What a group has from one that it implies is not given again."""
        known = self.env["ir.model.data"].search(
            [("module", "=", "supplier_evaluation"), ("model", "=", "ir.model.access")]
        )
        rows = self.env["ir.model.access"].browse(known.mapped("res_id"))
        self.assertGreater(len(rows), 50)
        for row in rows:
            implied = row.group_id.all_implied_ids - row.group_id
            same = rows.filtered(
                lambda other, row=row, implied=implied: (
                    other.model_id == row.model_id and other.group_id in implied
                )
            )
            given = {name for name in PERMISSIONS if any(same.mapped(name))}
            with self.subTest(row=row.name):
                self.assertFalse(self.env[row.model_id.model]._abstract)
                self.assertTrue({name for name in PERMISSIONS if row[name]} - given)

    def test_nobody_sees_what_is_derived(self):
        for person in self.people:
            for model in HIDDEN_MODELS:
                records = self._as(self.env[model], person)
                for operation in ("read", *CHANGES):
                    with self.subTest(person=person, model=model, operation=operation):
                        self.assertFalse(records.has_access(operation))

    def _of(self, model, person):
        """Return the record of the model as the person has it in hand."""
        return self._as(self.env[model], person).browse(self.records[model].id)

    def _found(self, model, person):
        """Return what the person finds when looking for the record of the model."""
        domain = [("id", "=", self.records[model].id)]
        return self._as(self.env[model], person).search(domain)

    def test_users_read(self):
        for person in USERS:
            for model, record in self.records.items():
                with self.subTest(person=person, model=model):
                    found = self._found(model, person)
                    self.assertEqual(found.id, record.id)
                    found.read()

    def test_users_write_nothing(self):
        for person in USERS:
            for model in self.records:
                if model in (*USER_MODELS, *APPLIED_MODELS):
                    continue
                own = self._of(model, person)
                for operation in CHANGES:
                    with self.subTest(person=person, model=model, operation=operation):
                        self.assertFalse(own.has_access(operation))

    def test_users_write_and_only_managers_delete(self):
        for model in USER_MODELS:
            for person in USERS:
                with self.subTest(person=person, model=model):
                    own = self._of(model, person)
                    for operation in ("read", "write", "create"):
                        self.assertTrue(own.has_access(operation))
                    self.assertFalse(own.has_access("unlink"))
                    with self.assertRaises(AccessError):
                        own.unlink()
            with self.subTest(model=model):
                own = self._of(model, "manager")
                if model in KEPT_MODELS:
                    with self.assertRefused("has a history, which stays"):
                        own.unlink()
                    continue
                own.unlink()
                self.assertFalse(self.records[model].exists())

    def test_users_fill_in_what_is_asked(self):
        for person in USERS:
            for model, allowed in APPLIED_MODELS.items():
                own = self._of(model, person)
                for operation in CHANGES:
                    with self.subTest(person=person, model=model, operation=operation):
                        self.assertEqual(
                            own.has_access(operation), operation in allowed
                        )

    def test_reviewer_reads_own_reviews_only(self):
        """What somebody else was asked is not found; nothing else is readable."""
        for model in self.records:
            with self.subTest(model=model):
                readable = self._as(self.env[model], "reviewer").has_access("read")
                self.assertEqual(readable, model in REVIEWER_MODELS)
        for model in REVIEWER_MODELS:
            with self.subTest(model=model):
                found = self._found(model, "reviewer")
                self.assertEqual(bool(found), model not in ASKED_MODELS)
                found.read()

    def test_reviewer_writes_nothing_of_others(self):
        for model in self.records:
            own = self._of(model, "reviewer")
            for operation in CHANGES:
                with self.subTest(model=model, operation=operation):
                    self.assertFalse(own.has_access(operation))

    def test_manager_configures(self):
        for model in (*SETTINGS_MODELS, *PLANNED_MODELS):
            with self.subTest(model=model):
                record = self._of(model, "manager")
                for operation in ("read", *CHANGES):
                    self.assertTrue(record.has_access(operation))

    def test_manager_makes_no_figures(self):
        for model in GENERATED_MODELS:
            record = self._of(model, "manager")
            for operation in CHANGES:
                with self.subTest(model=model, operation=operation):
                    given = GIVEN.get(model, ())
                    self.assertEqual(record.has_access(operation), operation in given)

    def test_manager_makes_no_scorecards(self):
        for model, refusals in SCORECARD_REFUSALS.items():
            record = self._of(model, "manager")
            [vals] = record.copy_data()
            changes = {
                "create": lambda record=record, vals=vals: record.create(vals),
                "write": lambda record=record: record.write({"score": 100}),
                "unlink": lambda record=record: record.unlink(),
            }
            for operation, text in refusals.items():
                with (
                    self.subTest(model=model, operation=operation),
                    self.assertRefused(text),
                ):
                    changes[operation]()

    def test_other_company_sees_what_is_shared(self):
        for model in self.records:
            with self.subTest(model=model):
                shared = model in SHARED_MODELS
                self.assertEqual(bool(self._found(model, "elsewhere")), shared)
                if not model.endswith(".fact"):
                    own = self._of(model, "elsewhere")
                    self.assertEqual(own.has_access("read"), shared)

    def test_other_company_sees_no_vendor_score(self):
        vendor = self._as(self.env["res.partner"], "elsewhere").browse(self.supplier.id)
        self.assertFalse(vendor.supplier_score)
        self.assertFalse(vendor.supplier_grade_id)
        mine = self._as(self.env["res.partner"], "user").browse(self.supplier.id)
        self.assertTrue(mine.supplier_grade_id)

    def test_portal_and_others_see_nothing(self):
        for name in ("portal", "nobody"):
            for model in self.records:
                with self.subTest(user=name, model=model):
                    self.assertFalse(self._as(self.env[model], name).has_access("read"))
