from odoo import Command
from odoo.tests import tagged

from ..access_models import GENERATED_MODELS, HIDDEN_MODELS
from ..common import MANAGER, SupplierEvaluationCommon

#: Neither archived nor a part of something that is, and why that is right.
NOT_ARCHIVED = {
    # Seen by states, and kept by rules of their own.
    "supplier.alert": "is resolved, and nobody deletes it",
    "supplier.application": "is a stranger's data: refused ones may be deleted",
    "supplier.certification.audit": "is evidence of a certification: done ones stay",
    "supplier.evaluation": "is what figures are: published ones stay",
    "supplier.incentive": "is revoked, and nobody deletes it",
    "supplier.contract.penalty": "is claimed or waived, and nobody deletes it",
    # Rows of figures: what was scored of them is sealed with the scorecard.
    "supplier.history.line": "goes with its import, which is taken back as a whole",
    "supplier.history.bill": "goes with its import, which is taken back as a whole",
    "supplier.price.index": "is a figure of the market: it is corrected",
    "supplier.risk.check": "notes a look at a source on a day: it is corrected",
    # Scales and lists that are used as a whole.
    "supplier.introduction.phase": "is a step of a list that is ticked off",
    "supplier.risk.rating": "is a row of a scale",
    # Written by no user.
    "supplier.chain.block": "is a seal",
}


@tagged("post_install", "-at_install")
class TestArchive(SupplierEvaluationCommon):
    """What happened is archived, and not deleted; figures stay as they were."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("archive", MANAGER)
        cls.mine = {"partner_id": cls.supplier.id, "company_id": cls.company.id}

    def _models(self):
        """Yield our models that have a table, but for dialogs."""
        for name, model in self.env.registry.items():
            ours = model._module == "supplier_evaluation"
            kept = model._auto and not model._abstract and not model._transient
            if name.startswith("supplier.") and ours and kept:
                yield name, model

    def _is_part(self, model):
        """Whether its rows go with a record of ours, to which they belong."""
        return any(
            field.type == "many2one"
            and field.required
            and field.ondelete == "cascade"
            and (field.comodel_name or "").startswith("supplier.")
            for field in model._fields.values()
        )

    def test_every_model_is_archived_or_a_part(self):
        others = {
            name
            for name, model in self._models()
            if "active" not in model._fields
            and not self._is_part(model)
            and name not in HIDDEN_MODELS
            and name not in GENERATED_MODELS
        }
        self.assertEqual(others, set(NOT_ARCHIVED))

    def test_nothing_with_a_chatter_is_deleted_unasked(self):
        """Whoever may delete meets a rule of the model that looks at its history."""
        rights = self.env["ir.model.access"].search([("perm_unlink", "=", True)])
        threads = self.env.registry["mail.thread"]
        deleted = set(rights.mapped("model_id.model"))
        for name, model in self._models():
            if name in deleted and issubclass(model, threads):
                with self.subTest(name):
                    own = {
                        method.__name__ for method in self.env[name]._ondelete_methods
                    }
                    self.assertTrue(own - {"_unlink_when_nothing_points"})

    def test_an_incident_counts_archived(self):
        incident = self.env["supplier.incident"].create(
            {**self.mine, "title": "Bent", "date_opened": "2026-03-12 04:00:00"}
        )
        mine = incident.with_user(self.manager)
        with self.assertRefused("Bent is in the state “New”, so it is not over"):
            # As a client may write it.
            mine.active = 0
        mine.action_start()
        with self.assertRefused("Bent has a history, which stays"):
            mine.unlink()
        mine.action_resolve()
        before = self._counted(incident)
        self.assertTrue(before)
        mine.action_archive()
        self.assertEqual(self._counted(incident), before)
        self.assertFalse(mine.search([("id", "=", incident.id)]))
        mine.copy({"title": "Mistyped"}).unlink()

    def test_what_is_reopened_comes_back(self):
        """Nothing that somebody has to see to is archived, nor begins so."""
        vals = {**self.mine, "title": "Bent"}
        for model, over in (
            ("supplier.incident", "resolved"),
            ("supplier.corrective.action", "cancelled"),
        ):
            records = self.env[model].with_user(self.manager)
            with self.subTest(model):
                with self.assertRefused("so it is not over"):
                    records.create({**vals, "active": False})
                record = records.create(dict(vals))
                start = record.state
                record._write_guarded({"state": over})
                record.active = False
                self.assertTrue(record.copy().active)
                record._write_guarded({"state": start})
                self.assertTrue(record.active)

    def test_archived_drafts_come_back(self):
        """What is submitted waits for somebody, who looks into lists."""
        program = self.env["supplier.certification.program"].create(
            {"name": "Programme", "company_id": self.company.id}
        )
        for model, own, state in (
            ("supplier.contract", {"title": "Bolts"}, "to_approve"),
            ("supplier.certification", {"program_id": program.id}, "submitted"),
        ):
            with self.subTest(model):
                draft = self.env[model].create({**self.mine, **own})
                draft.active = False
                self.assertTrue(draft.copy().active)
                draft._write_guarded({"state": state})
                self.assertTrue(draft.active)

    def _counted(self, incident):
        self.env.flush_all()
        facts = self.env["supplier.incident.fact"]._with_fact_scope(self._scope())
        return facts.search([("res_id", "=", incident.id)]).read(["date", "exclusion"])

    def test_published_figures_keep_what_is_new(self):
        incident = self.env["supplier.incident"].create(
            {**self.mine, "title": "Bent", "date_opened": "2026-03-12 04:00:00"}
        )
        line = self._order(10, 5, "2026-03-10")
        self._receive(line, "2026-03-10")
        self._evaluate().action_publish()
        with self.assertRefused("Bent has a history"):
            incident.with_user(self.manager).unlink()

    def test_what_others_use_is_named(self):
        line = self.template.line_ids[:1]
        kind = self.env["supplier.document.type"].create(
            {"name": "Licence", "code": "archive"}
        )
        self.env["supplier.document"].create({**self.mine, "type_id": kind.id})
        chief = self._create_user(
            "archive_chief",
            MANAGER,
            company_ids=[Command.set(self.env["res.company"].search([]).ids)],
        )
        for record, text in (
            (kind, r"Licence is not deleted: Licence \(Supplier Document\) has it"),
            (line.kpi_id, "is not deleted: .* has it. Archive it instead"),
        ):
            with self.subTest(text), self.assertRefused(text):
                record.with_user(chief).unlink()
        kind.with_user(chief).action_archive()
        self.assertFalse(kind.search([("id", "=", kind.id)]))
