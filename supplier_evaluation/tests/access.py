"""Who may do what: the people, and a record of each model."""

from datetime import date

from odoo import Command

from ..report.document.requirement import FACT_IDS
from ..tools.groups import USER_GROUP
from .application.records import application_records
from .assessment.records import assessment_records
from .certification.records import certification_records
from .common import APPROVER, BUYER, MANAGER, REVIEWER
from .contract.records import contract_records
from .demand.records import demand_records
from .exchange.records import exchange_records
from .fact.common import CatalogueCommon
from .following import following_records
from .forecast.records import forecast_records
from .inspection.records import inspection_records
from .meeting.records import meeting_records
from .portal.records import portal_records
from .profile.records import profile_records
from .risk.records import risk_records
from .start.records import start_records
from .training.records import training_records
from .trial.records import trial_records


class AccessCommon(CatalogueCommon):
    """One user of each kind, and one record of each model."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls._create_company("Elsewhere", "UTC", "EUR")
        cls.people = cls._create_people(
            "evaluation",
            {
                "user": BUYER,
                "evaluator": USER_GROUP,
                "reviewer": REVIEWER,
                "approver": APPROVER,
                "manager": MANAGER,
                "portal": "base.group_portal",
                "nobody": "base.group_user",
            },
        )
        cls.people["elsewhere"] = cls._create_user(
            "evaluation_elsewhere", MANAGER, cls.other_company
        )
        cls._make_records()

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
        job = cls.env["supplier.history.job"].create(
            {"name": "old.csv", "company_id": cls.company.id, "columns": {}}
        )
        row = cls.env["supplier.history.job.row"].create(
            {"job_id": job.id, "number": 2, "line_hash": 1, "content": "[[], []]"}
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
        questions = review.answer_ids.question_id
        cls.evaluation.action_publish()
        card = cls.evaluation.scorecard_ids[0]
        for exclusion in ("manual", False):
            cls.line._set_supplier_exclusion(exclusion, "Typed twice")
        revision = cls.evaluation.browse(cls.evaluation.action_revise()["res_id"])
        revision.action_compute()
        rater = cls._create_user("evaluation_rater", REVIEWER, name="Rater")
        handed_in = review._unguarded().create(
            {
                "evaluation_id": revision.id,
                "partner_id": cls.supplier.id,
                "user_id": rater.id,
                "role": "quality",
                "questionnaire_id": review.questionnaire_id.id,
                # After the one that is open: that is what a list begins with.
                "date_due": "2026-05-04",
                "state": "done",
                "has_score": True,
                "score": 80,
            }
        )
        cls.records = {
            "supplier.scorecard.comparison": cls.env[
                "supplier.scorecard.comparison"
            ].browse(revision.scorecard_ids[0].id),
            "supplier.rater.figure": cls.env["supplier.rater.figure"].browse(
                handed_in.id
            ),
            "supplier.scorecard.template.member": cls.template.member_ids,
            "supplier.adjustment": cls.env["supplier.adjustment"].search(
                [("partner_id", "=", cls.supplier.id)], limit=1
            ),
            "supplier.evaluation": cls.evaluation,
            "supplier.scorecard": card,
            "supplier.scorecard.line": card.line_ids[0],
            "supplier.scorecard.dimension": card.dimension_ids[0],
            "supplier.promise.change": cls.line.promise_change_ids[0],
            "supplier.history.line": history,
            "supplier.history.receipt": history.receipt_ids,
            **cls._facts(incident),
            "supplier.incident": incident,
            "supplier.field.set": incident.field_set_id,
            "supplier.kpi": cls.template.line_ids[0].kpi_id,
            "supplier.dimension": cls.env.ref(
                "supplier_evaluation.supplier_dimension_quality"
            ),
            "supplier.grade": card.grade_id,
            "supplier.tier": cls.env.ref("supplier_evaluation.supplier_tier_partner"),
            "supplier.scorecard.template": cls.template,
            "supplier.scorecard.template.line": cls.template.line_ids[0],
            "supplier.scorecard.template.point": cls.template.line_ids[0].point_ids[0],
            "supplier.history.job": job,
            "supplier.history.job.row": row,
            "supplier.history.mapping": mapping,
            "supplier.questionnaire": cls.template.questionnaire_id,
            "supplier.questionnaire.question": questions[0],
            "supplier.questionnaire.choice": questions.choice_ids[0],
            "supplier.scorecard.template.reviewer": cls.template.reviewer_ids,
            "supplier.review": review,
            "supplier.review.fact": cls.env["supplier.review.fact"].browse(review.id),
            "supplier.review.answer": review.answer_ids[0],
            **cls._make_documents(),
            **cls._make_stages(),
            **certification_records(
                cls.env, cls.company, cls.supplier, cls.template.questionnaire_id
            ),
            **cls._make_purchase_gate(),
            **trial_records(cls.template),
            **following_records(cls.env, cls.company, card),
            **risk_records(cls.env, cls.company, cls.supplier),
            **start_records(cls.env, cls.company, cls.evaluation),
            **application_records(cls.env, cls.company, cls.supplier),
            **assessment_records(cls.env, cls.company, cls.supplier),
            **contract_records(cls.env, cls.company, cls.line),
            **demand_records(cls.env, cls.company, cls.line),
            **inspection_records(cls.env, cls.line),
            **training_records(cls.env, cls.company, cls.supplier),
            **meeting_records(cls.env, cls.company, cls.line),
            **exchange_records(cls.env, cls.company, cls.supplier),
            **forecast_records(cls.env, cls.company, cls.line),
            **profile_records(cls.env, cls.company, cls.supplier),
            **portal_records(cls.env, cls.company, card),
        }
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _ask_for_reviews(cls):
        preset = cls.env.ref("supplier_evaluation.supplier_questionnaire_general")
        cls.template.write(
            {
                "questionnaire_id": preset.copy({"company_id": cls.company.id}).id,
                "member_ids": [Command.create({"user_id": cls.people["manager"].id})],
                "reviewer_ids": [
                    Command.create(
                        {
                            "role": "quality",
                            "user_ids": [Command.set(cls.people["manager"].ids)],
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
        cls.line._write_guarded({"urgent_promised": True})
        ids = {
            "supplier.delivery.fact": cls.line.id * 2,
            "supplier.receipt.fact": cls.line.move_ids.id * 4,
            "supplier.price.fact": cls.line.id * 2,
            "supplier.flexibility.fact": cls.line.id * 2,
            "supplier.quotation.fact": cls.line.id * 2,
            "supplier.cooperation.fact": cls.line.id * 4,
            "supplier.saving.fact": cls.line.id * 16,
            "supplier.bill.fact": bill.invoice_line_ids.id,
            "supplier.payment.fact": bill.id * 2,
            "supplier.response.fact": question.id,
            "supplier.incident.fact": incident.id,
        }
        return {model: cls.env[model].browse(fact_id) for model, fact_id in ids.items()}

    @classmethod
    def _make_stages(cls):
        stage = cls.env["supplier.stage"].create(
            {"name": "Known to us", "code": "known"}
        )
        cls.supplier._set_supplier_stage(stage, "Met at a fair")
        tier = cls.env.ref("supplier_evaluation.supplier_tier_partner")
        cls.supplier.supplier_tier_id = tier
        domain = [("company_id", "=", cls.company.id)]
        return {
            "supplier.stage": stage,
            **{
                model: cls.env[model].search(domain, limit=1)
                for model in (
                    "supplier.tier.change",
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
            FACT_IDS.encode(cls.supplier.id, document_type.id, cls.company.id)
        )
        return {
            "supplier.document.type": document_type,
            "supplier.document": document,
            "supplier.document.fact": fact,
        }

    @classmethod
    def _make_purchase_gate(cls):
        values = {"name": "Tour", "company_id": cls.company.id, "active": True}
        policy = cls.env.ref("supplier_evaluation.supplier_purchase_policy_grade_d")
        override = cls.env["supplier.purchase.override"]._grant(
            cls.supplier, cls.company, "Nobody else has it", date(2036, 1, 1)
        )
        return {
            "supplier.purchase.policy": policy.copy(values),
            "supplier.purchase.override": override,
        }
