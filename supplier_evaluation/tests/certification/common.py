from odoo import Command, fields

from ..common import APPROVER, BUYER, MANAGER, SupplierEvaluationCommon


class CertificationCommon(SupplierEvaluationCommon):
    """A programme of two steps, and one person of each kind."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.elsewhere = cls._create_company("Elsewhere", "UTC", "EUR")
        cls.people = cls._create_people(
            "certification",
            {
                "submitter": BUYER,
                "colleague": BUYER,
                "first": APPROVER,
                "second": APPROVER,
                "substitute": APPROVER,
                "deputy": APPROVER,
                "manager": MANAGER,
                "portal": "base.group_portal",
                "clerk": "base.group_user",
            },
        )
        cls.people["stranger"] = cls._create_user(
            "certification_stranger", MANAGER, cls.elsewhere
        )
        cls.licence = cls.env["supplier.document.type"].create(
            {"name": "Licence", "code": "certification_licence"}
        )
        cls.document = cls._document()
        cls.program = cls._program()

    @classmethod
    def _document(cls, verified=True, **vals):
        document = cls.env["supplier.document"].create(
            {"partner_id": cls.supplier.id, "type_id": cls.licence.id, **vals}
        )
        if verified:
            document.sudo().action_verify()
        return document

    @classmethod
    def _step(cls, name, *people, **vals):
        return {
            "name": name,
            "user_ids": [Command.set([cls.people[person].id for person in people])],
            **vals,
        }

    @classmethod
    def _program(cls, steps=None, **vals):
        steps = steps or [
            cls._step(
                "Quality",
                "first",
                sequence=1,
                substitute_ids=[Command.set(cls.people["substitute"].ids)],
            ),
            cls._step(
                "Purchasing",
                "second",
                sequence=2,
                substitute_ids=[Command.set(cls.people["deputy"].ids)],
            ),
        ]
        return cls.env["supplier.certification.program"].create(
            {
                "name": "Test programme",
                "company_id": cls.company.id,
                "document_type_ids": [Command.set(cls.licence.ids)],
                "validity_months": 12,
                "renewal_days": 60,
                "step_ids": [Command.create(step) for step in steps],
                **vals,
            }
        )

    @classmethod
    def _archive_other_programs(cls):
        programs = cls.env["supplier.certification.program"]
        programs.search([("id", "!=", cls.program.id)]).active = False

    # ------------------------------------------------------------
    # Builders
    # ------------------------------------------------------------

    @classmethod
    def _draft(cls, **vals):
        model = cls._as(cls.env["supplier.certification"], "submitter")
        return model.create(
            {
                "partner_id": cls.supplier.id,
                "program_id": cls.program.id,
                "company_id": cls.company.id,
                **vals,
            }
        ).with_env(cls.env)

    @classmethod
    def _submitted(cls, **vals):
        certification = cls._draft(**vals)
        cls._as(certification, "submitter").action_submit()
        return certification

    @classmethod
    def _in_review(cls, **vals):
        certification = cls._submitted(**vals)
        cls._as(certification, "manager").action_start_review()
        return certification

    @classmethod
    def _in_approval(cls, **vals):
        certification = cls._in_review(**vals)
        cls._as(certification, "manager").action_finish_review()
        return certification

    @classmethod
    def _in_second_step(cls, **vals):
        certification = cls._in_approval(**vals)
        cls._as(certification, "first")._approve("Parts are fine")
        return certification

    @classmethod
    def _certified(cls, **vals):
        certification = cls._in_second_step(**vals)
        cls._as(certification, "second")._approve("Terms are fine")
        return certification

    @classmethod
    def _conditional(cls, **vals):
        certification = cls._in_second_step(**vals)
        cls._as(certification, "second")._approve(
            "Nearly",
            "Send the new licence",
            fields.Date.add(fields.Date.today(), days=30),
        )
        return certification

    @classmethod
    def _suspended(cls, **vals):
        certification = cls._certified(**vals)
        cls._as(certification, "manager")._suspend("Recall of a lot")
        return certification

    @classmethod
    def _revoked(cls, **vals):
        certification = cls._certified(**vals)
        cls._as(certification, "manager")._revoke("Forged papers")
        return certification

    @classmethod
    def _rejected(cls, **vals):
        certification = cls._in_approval(**vals)
        cls._as(certification, "first")._reject("No quality system")
        return certification

    @classmethod
    def _expired(cls, **vals):
        certification = cls._certified(**vals)
        certification._expire()
        return certification

    @classmethod
    def _status(cls, partner=None):
        partner = (partner or cls.supplier).with_company(cls.company)
        partner.invalidate_recordset(["supplier_certification_state"])
        return partner.supplier_certification_state
