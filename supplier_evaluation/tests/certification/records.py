from odoo import Command

from ...report.document.requirement import FACT_IDS


def certification_records(env, company, supplier, questionnaire):
    """Return one record of each model of certifications, by the model's name."""
    group = env.ref("supplier_evaluation.group_supplier_evaluation_approver")
    program = env["supplier.certification.program"].create(
        {
            "name": "Access",
            "company_id": company.id,
            "questionnaire_id": questionnaire.id,
            "step_ids": [Command.create({"name": "One", "group_id": group.id})],
        }
    )
    finding = Command.create({"name": "Dust"})
    certification = env["supplier.certification"].create(
        {
            "partner_id": supplier.id,
            "company_id": company.id,
            "program_id": program.id,
            "audit_ids": [
                Command.create(
                    {
                        "finding_ids": [finding],
                        "questionnaire_id": questionnaire.id,
                    }
                )
            ],
        }
    )
    stamp = {
        "certification_id": certification.id,
        "company_id": company.id,
        "user_id": env.uid,
        "date": "2026-03-12 04:00:00",
    }
    written = {
        "supplier.certification.approval": {"decision": "approved"},
        "supplier.certification.transition": {"state_to": "submitted"},
    }
    fact = FACT_IDS.encode(supplier.id, 0, company.id)
    return {
        "supplier.certification.program": program,
        "supplier.certification.program.step": program.step_ids,
        "supplier.certification": certification,
        "supplier.certification.answer": certification.answer_ids[0],
        "supplier.certification.audit": certification.audit_ids,
        "supplier.certification.audit.finding": certification.audit_ids.finding_ids,
        "supplier.certification.audit.answer": certification.audit_ids.answer_ids[0],
        "supplier.expiry": env["supplier.expiry"].search(
            [("certification_id", "=", certification.id)]
        ),
        "supplier.certification.fact": env["supplier.certification.fact"].browse(fact),
        **{
            model: env[model]._append([{**stamp, **vals}])
            for model, vals in written.items()
        },
    }
