from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.supplier_evaluation.report.document_query import fact_id

from .catalogue_common import CatalogueCommon

FACT_MODELS = (
    "supplier.delivery.fact",
    "supplier.receipt.fact",
    "supplier.price.fact",
    "supplier.bill.fact",
    "supplier.response.fact",
    "supplier.incident.fact",
    "supplier.document.fact",
    "supplier.certification.fact",
)
RECORD_MODELS = (
    "supplier.evaluation",
    "supplier.scorecard",
    "supplier.scorecard.line",
    "supplier.promise.change",
    "supplier.stage.change",
    "supplier.stage.funnel",
    "supplier.source",
    "supplier.history.line",
    "supplier.history.receipt",
    "supplier.certification.approval",
    "supplier.certification.transition",
    *FACT_MODELS,
)
# Written by every user, decided on and deleted by managers only.
USER_MODELS = (
    "supplier.incident",
    "supplier.document",
    "supplier.certification.audit",
    "supplier.certification",
)
# Written by every user as part of an application; questions come from the programme.
APPLIED_MODELS = {
    "supplier.certification.answer": ("write",),
    "supplier.certification.audit.finding": ("write", "create", "unlink"),
}
SETTINGS_MODELS = (
    "supplier.kpi",
    "supplier.grade",
    "supplier.tier",
    "supplier.stage",
    "supplier.scorecard.template",
    "supplier.scorecard.template.line",
    "supplier.scorecard.template.point",
    "supplier.history.mapping",
    "supplier.document.type",
    "supplier.review.template",
    "supplier.review.question",
    "supplier.review.choice",
    "supplier.scorecard.template.reviewer",
    "supplier.certification.program.step",
    "supplier.certification.program",
)
# Written by whoever was asked; see test_review_access.
ASKED_MODELS = (
    "supplier.review",
    "supplier.review.answer",
)
# Never made by hand, not even by a manager.
GENERATED_MODELS = (
    "supplier.scorecard",
    "supplier.scorecard.line",
    "supplier.promise.change",
    "supplier.stage.change",
    "supplier.stage.funnel",
    "supplier.source",
    "supplier.certification.approval",
    "supplier.certification.transition",
    *FACT_MODELS,
)


class AccessCommon(CatalogueCommon):
    """One user of each kind, and one record of each model."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls._create_company("Elsewhere", "UTC", "EUR")
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        elsewhere = {
            "company_id": cls.other_company.id,
            "company_ids": cls.other_company.ids,
        }
        cls.users = {
            name: cls._create_user(name, groups, vals)
            for name, groups, vals in (
                ("user", "purchase.group_purchase_user", company),
                ("manager", "purchase.group_purchase_manager", company),
                ("elsewhere", "purchase.group_purchase_manager", elsewhere),
                ("portal", "base.group_portal", company),
                ("nobody", "base.group_user", company),
            )
        }
        cls._make_records()

    @classmethod
    def _create_user(cls, name, groups, vals):
        return new_test_user(
            cls.env,
            f"evaluation_{name}",
            groups=groups,
            company_id=vals["company_id"],
            company_ids=[Command.set(vals["company_ids"])],
        )

    @classmethod
    def _make_records(cls):
        cls.line = cls._order(10, 5, "2026-03-10")
        cls._receive(cls.line, "2026-03-10")
        cls._change_promise(cls.line, "2026-03-12", "supplier")
        history = cls.env["supplier.history.line"].create(
            {
                "company_id": cls.company.id,
                "partner_id": cls.supplier.id,
                "order_ref": "OLD",
                "line_ref": "1",
                "quantity_ordered": 1,
                "price_unit": 1,
                "currency_id": cls.company.currency_id.id,
                "date_promised": "2026-03-10",
                "receipt_ids": [Command.create({"date": "2026-03-10", "quantity": 1})],
            }
        )
        mapping = cls.env["supplier.history.mapping"].create(
            {"name": "Legacy", "company_id": cls.company.id}
        )
        cls._ask_for_reviews()
        incident = cls.env["supplier.incident"].create(
            {
                "title": "Stripped threads",
                "date_opened": "2026-03-12 04:00:00",
                "company_id": cls.company.id,
                "partner_id": cls.supplier.id,
                "purchase_line_id": cls.line.id,
            }
        )
        cls.evaluation = cls._evaluate()
        cls.evaluation.action_ask_reviews()
        review = cls.evaluation.review_ids
        cls.evaluation.action_publish()
        card = cls.evaluation.scorecard_ids[0]
        cls.records = {
            "supplier.evaluation": cls.evaluation,
            "supplier.scorecard": card,
            "supplier.scorecard.line": card.line_ids[0],
            "supplier.promise.change": cls.line.promise_change_ids[0],
            "supplier.history.line": history,
            "supplier.history.receipt": history.receipt_ids,
            **cls._facts(incident),
            "supplier.incident": incident,
            "supplier.kpi": cls.template.line_ids[0].kpi_id,
            "supplier.grade": card.grade_id,
            "supplier.tier": cls.env.ref("supplier_evaluation.supplier_tier_partner"),
            "supplier.scorecard.template": cls.template,
            "supplier.scorecard.template.line": cls.template.line_ids[0],
            "supplier.scorecard.template.point": cls.template.line_ids[0].point_ids[0],
            "supplier.history.mapping": mapping,
            "supplier.review.template": cls.template.review_template_id,
            "supplier.review.question": review.answer_ids.question_id[0],
            "supplier.review.choice": review.answer_ids.question_id.choice_ids[0],
            "supplier.scorecard.template.reviewer": cls.template.reviewer_ids,
            "supplier.review": review,
            "supplier.review.answer": review.answer_ids[0],
            **cls._make_documents(),
            **cls._make_stages(),
            **cls._make_certifications(),
        }
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _ask_for_reviews(cls):
        preset = cls.env.ref("supplier_evaluation.supplier_review_template_general")
        cls.template.write(
            {
                "review_template_id": preset.copy({"company_id": cls.company.id}).id,
                "reviewer_ids": [
                    Command.create(
                        {
                            "role": "quality",
                            "user_ids": [Command.set(cls.users["manager"].ids)],
                        }
                    )
                ],
            }
        )

    @classmethod
    def _facts(cls, incident):
        """One row of each kind of facts, by its identifier."""
        cls._create_accounts()
        bill = cls._bill(cls.line, 10, 5)
        question = cls._ask(cls.line.order_id, "2026-03-03 04:00:00")
        ids = {
            "supplier.delivery.fact": cls.line.id * 2,
            "supplier.receipt.fact": cls.line.move_ids.id * 4,
            "supplier.price.fact": cls.line.id * 2,
            "supplier.bill.fact": bill.invoice_line_ids.id,
            "supplier.response.fact": question.id,
            "supplier.incident.fact": incident.id,
        }
        return {model: cls.env[model].browse(fact_id) for model, fact_id in ids.items()}

    @classmethod
    def _make_stages(cls):
        stage = cls.env["supplier.stage"].create({"name": "Known", "code": "known"})
        cls.supplier._set_supplier_stage(stage, "Met at a fair")
        domain = [("company_id", "=", cls.company.id)]
        return {
            "supplier.stage": stage,
            **{
                model: cls.env[model].search(domain, limit=1)
                for model in (
                    "supplier.stage.change",
                    "supplier.stage.funnel",
                    "supplier.source",
                )
            },
        }

    @classmethod
    def _make_documents(cls):
        document_type = cls.env.ref(
            "supplier_evaluation.supplier_document_type_iso_9001"
        )
        document_type.is_required = True
        document = cls.env["supplier.document"].create(
            {
                "partner_id": cls.supplier.id,
                "company_id": cls.company.id,
                "type_id": document_type.id,
                "date_to": "2036-12-31",
            }
        )
        fact = cls.env["supplier.document.fact"].browse(
            fact_id(cls.supplier.id, document_type.id, cls.company.id)
        )
        return {
            "supplier.document.type": document_type,
            "supplier.document": document,
            "supplier.document.fact": fact,
        }

    @classmethod
    def _make_certifications(cls):
        group = cls.env.ref("supplier_evaluation.group_supplier_evaluation_approver")
        program = cls.env["supplier.certification.program"].create(
            {
                "name": "Access",
                "company_id": cls.company.id,
                "review_template_id": cls.template.review_template_id.id,
                "step_ids": [Command.create({"name": "One", "group_id": group.id})],
            }
        )
        certification = cls.env["supplier.certification"].create(
            {
                "partner_id": cls.supplier.id,
                "company_id": cls.company.id,
                "program_id": program.id,
                "audit_ids": [
                    Command.create({"finding_ids": [Command.create({"name": "Dust"})]})
                ],
            }
        )
        facts = cls.env["supplier.certification.fact"]
        stamp = {
            "certification_id": certification.id,
            "company_id": cls.company.id,
            "user_id": cls.users["manager"].id,
            "date": "2026-03-12 04:00:00",
        }
        return {
            "supplier.certification.program": program,
            "supplier.certification.program.step": program.step_ids,
            "supplier.certification": certification,
            "supplier.certification.answer": certification.answer_ids[0],
            "supplier.certification.audit": certification.audit_ids,
            "supplier.certification.audit.finding": certification.audit_ids.finding_ids,
            **{
                model: cls.env[model]._unguarded().create({**stamp, **vals})
                for model, vals in (
                    ("supplier.certification.approval", {"decision": "approved"}),
                    ("supplier.certification.transition", {"state_to": "submitted"}),
                )
            },
            "supplier.certification.fact": cls.env[
                "supplier.certification.fact"
            ].browse(fact_id(cls.supplier.id, 0, cls.company.id)),
        }

    def _as(self, name, model):
        user = self.users[name]
        return self.env(
            user=user,
            context={"allowed_company_ids": user.company_ids.ids},
            su=False,
        )[model]


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
        }
        self.assertEqual(models, tested)

    def test_user_reads(self):
        for model, record in self.records.items():
            with self.subTest(model=model):
                found = self._as("user", model).search([("id", "=", record.id)])
                self.assertEqual(found.id, record.id)
                found.read()

    def test_user_writes_nothing(self):
        for model, record in self.records.items():
            if model in (*USER_MODELS, *APPLIED_MODELS, *ASKED_MODELS):
                continue
            for operation in ("write", "create", "unlink"):
                with self.subTest(model=model, operation=operation):
                    own = self._as("user", model).browse(record.id)
                    self.assertFalse(own.has_access(operation))

    def test_user_writes_and_only_managers_delete(self):
        for model in USER_MODELS:
            with self.subTest(model=model):
                own = self._as("user", model).browse(self.records[model].id)
                for operation in ("read", "write", "create"):
                    self.assertTrue(own.has_access(operation))
                self.assertFalse(own.has_access("unlink"))
                with self.assertRaises(AccessError):
                    own.unlink()
                self._as("manager", model).browse(own.id).unlink()
                self.assertFalse(self.records[model].exists())

    def test_user_fills_in_what_is_asked(self):
        for model, allowed in APPLIED_MODELS.items():
            own = self._as("user", model).browse(self.records[model].id)
            for operation in ("write", "create", "unlink"):
                with self.subTest(model=model, operation=operation):
                    self.assertEqual(own.has_access(operation), operation in allowed)

    def test_manager_configures(self):
        for model in SETTINGS_MODELS:
            with self.subTest(model=model):
                record = self._as("manager", model).browse(self.records[model].id)
                for operation in ("read", "write", "create", "unlink"):
                    self.assertTrue(record.has_access(operation))

    def test_manager_makes_no_figures(self):
        for model in GENERATED_MODELS:
            with self.subTest(model=model), self.assertRaises(UserError):
                record = self._as("manager", model).browse(self.records[model].id)
                record.write({"company_id": self.other_company.id})

    def test_other_company_sees_nothing(self):
        for model, record in self.records.items():
            if "company_id" not in record._fields:
                continue
            with self.subTest(model=model):
                facts = self._as("elsewhere", model)
                self.assertFalse(facts.search([("id", "=", record.id)]))
                if not model.endswith(".fact"):
                    self.assertFalse(facts.browse(record.id).has_access("read"))

    def test_other_company_sees_no_vendor_score(self):
        vendor = self._as("elsewhere", "res.partner").browse(self.supplier.id)
        self.assertFalse(vendor.supplier_score)
        self.assertFalse(vendor.supplier_grade_id)
        mine = self._as("user", "res.partner").browse(self.supplier.id)
        self.assertTrue(mine.supplier_grade_id)

    def test_portal_and_others_see_nothing(self):
        for name in ("portal", "nobody"):
            for model in self.records:
                with self.subTest(user=name, model=model):
                    self.assertFalse(self._as(name, model).has_access("read"))

    def test_vendor_fields_are_hidden(self):
        self.users["portal"].partner_id.parent_id = self.supplier
        for name in ("portal", "nobody"):
            partner = self._as(name, "res.partner").browse(self.supplier.id)
            for field in ("supplier_score", "supplier_grade_id", "supplier_tier_id"):
                with (
                    self.subTest(user=name, field=field),
                    self.assertRaises(AccessError),
                ):
                    partner.read([field])
        order = self._as("portal", "purchase.order").browse(self.line.order_id.id)
        with self.assertRaises(AccessError):
            order.read(["supplier_score"])
        line = self._as("portal", "purchase.order.line").browse(self.line.id)
        for field in (
            "supplier_exclusion_reason",
            "promise_change_ids",
            "date_promise_broken",
        ):
            with self.subTest(field=field), self.assertRaises(AccessError):
                line.read([field])
        self.assertTrue(line.read(["date_planned", "product_qty"]))

    def test_others_still_choose_vendors(self):
        """The order of choice reads no field that the user may not see."""
        partners = self._as("nobody", "res.partner").with_context(
            res_partner_search_mode="supplier"
        )
        self.assertTrue(partners.search([("id", "=", self.supplier.id)]))

    def test_user_computes_and_publishes_nothing(self):
        draft = self._evaluate(date_from="2026-03-02")
        own = self._as("user", "supplier.evaluation").browse(draft.id)
        for action in (own.action_compute, own.action_publish):
            with self.assertRaises(AccessError):
                action()
        with self.assertRaises(AccessError):
            own.browse(self.evaluation.id).action_revise()
        with self.assertRaises(AccessError):
            own.write({"date_from": "2026-03-04"})
        self.assertTrue(draft.scorecard_ids)

    def test_manager_computes_and_publishes(self):
        run = self._as("manager", "supplier.evaluation").create(
            {
                "template_id": self.template.id,
                "date_from": "2026-03-03",
                "date_to": "2026-03-31",
            }
        )
        run.action_compute()
        self.assertEqual(run.scorecard_count, 1)
        with self.assertRaises(UserError):
            run.state = "published"
        run.action_publish()
        self.assertEqual(run.state, "published")

    def test_manager_of_another_company(self):
        run = self._as("elsewhere", "supplier.evaluation").browse(self.evaluation.id)
        with self.assertRaises(AccessError):
            run.action_revise()

    def test_drill_down_as_user(self):
        line = self._as("user", "supplier.scorecard.line").browse(
            self.records["supplier.scorecard.line"].id
        )
        for action in (line.action_open_counted(), line.action_open_excluded()):
            facts = line.env[action["res_model"]].with_context(**action["context"])
            facts.search(action["domain"])

    def test_damaged_link(self):
        facts = self._as("user", "supplier.delivery.fact")
        for scope in ("x", {}, {"company_id": self.company.id}, {"tz": "Mars"}):
            with (
                self.subTest(scope=scope),
                self.assertRaisesRegex(UserError, "link is damaged"),
            ):
                facts.with_context(supplier_fact_scope=scope).search([])

    def test_scope_of_another_company(self):
        """A scope in the context is a question, not a right."""
        facts = self._as("elsewhere", "supplier.delivery.fact")
        scope = self._scope(with_excluded=True)
        self.assertFalse(facts._with_fact_scope(scope).search([]))


@tagged("post_install", "-at_install")
class TestExport(AccessCommon, HttpCase):
    def _download(self, name):
        user = self.users[name]
        self.authenticate(user.login, user.login)
        return self.url_open(
            f"/supplier_evaluation/{self.evaluation.id}/scorecards.xlsx"
        )

    def test_workbook(self):
        response = self._download("user")
        self.assertEqual(response.status_code, 200)
        self.assertTrue(response.content.startswith(b"PK"))

    def test_refused(self):
        for name in ("elsewhere", "portal", "nobody"):
            with self.subTest(user=name):
                self.assertIn(self._download(name).status_code, (403, 404))
