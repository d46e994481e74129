import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from odoo import Command, fields

from ..common import BUYER, MANAGER, SupplierEvaluationCommon

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PORTAL = "base.group_portal"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class PortalCommon(SupplierEvaluationCommon):
    """Two suppliers with portal logins, and a shared evaluation of both."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.document.type"].search([]).is_required = False
        cls.people = cls._create_people(
            "portal", {"buyer": BUYER, "manager": MANAGER, "second": MANAGER}
        )
        cls.rival = cls._create_supplier("Rival Works", supplier_rank=1)
        cls.supplier.supplier_rank = 1
        cls.people["ours"] = cls._create_portal("portal_ours", cls.supplier)
        cls.people["theirs"] = cls._create_portal("portal_theirs", cls.rival)
        cls.late = cls._order(10, 5, "2026-03-10")
        cls._receive(cls.late, "2026-03-20")
        cls.good = cls._order(10, 5, "2026-03-12")
        cls._receive(cls.good, "2026-03-12")
        cls.other = cls._order(10, 5, "2026-03-10", partner=cls.rival)
        cls._receive(cls.other, "2026-03-10")
        cls.template = cls._create_template("Shared", ["otd"], is_in_portal=True)
        cls.company.supplier_dispute_days = 36500
        cls.evaluation = cls._evaluate()
        cls.evaluation.action_publish()
        cls.card = cls._card_of(cls.evaluation, cls.supplier)
        cls.their_card = cls._card_of(cls.evaluation, cls.rival)
        cls.line = cls.card.line_ids

    @classmethod
    def _create_portal(cls, login, supplier, company=None):
        contact = cls._create_contact(
            login, parent_id=supplier.id, email=f"{login}@example.com"
        )
        return cls._create_user(login, PORTAL, company, partner_id=contact.id)

    @classmethod
    def _card_of(cls, evaluation, supplier):
        return evaluation.scorecard_ids.filtered(lambda one: one.partner_id == supplier)

    @classmethod
    def _door(cls, user):
        """The portal as a user sees it."""
        return cls._as(cls.env["supplier.portal"], user)

    @classmethod
    def _late_fact(cls):
        [row] = [
            row
            for row in cls._door("ours")._figure(cls.line.sudo())["counted"]
            if row["id"] == cls.late.id * 2
        ]
        return row["id"]

    @classmethod
    def _dispute(cls, user="ours", line=None, fact_id=None, files=()):
        line = line or cls.line
        dispute = cls._door(user)._send_dispute(
            line.id, "You asked for a later day", list(files), fact_id
        )
        return cls.env["supplier.dispute"].browse(dispute.id)

    def _mails(self, record):
        return self.env["mail.mail"].search(
            [("model", "=", record._name), ("res_id", "=", record.id)]
        )

    def _decide(self, dispute, user="manager", **vals):
        wizard = self._as(self.env["supplier.dispute.wizard"], user).create(
            {"dispute_id": dispute.id, "answer": "You are right", **vals}
        )
        return wizard.action_apply()

    @classmethod
    def _share_work(cls, supplier, company=None, shown=True):
        """Return an incident, an action and a certification of a supplier."""
        company = company or cls.company
        own = {
            "partner_id": supplier.id,
            "company_id": company.id,
            "is_in_portal": shown,
        }
        questionnaire = cls.env.ref(
            "supplier_evaluation.supplier_questionnaire_general"
        ).copy({"company_id": company.id})
        group = cls.env.ref("supplier_evaluation.group_supplier_evaluation_approver")
        program = cls.env["supplier.certification.program"].create(
            {
                "name": "Self",
                "company_id": company.id,
                "questionnaire_id": questionnaire.id,
                "step_ids": [Command.create({"name": "One", "group_id": group.id})],
            }
        )
        # An answer is later than the question, by a second at least.
        opened = fields.Datetime.now() - timedelta(days=1)
        incident = cls.env["supplier.incident"].create(
            {"title": "Rust", "date_opened": opened, **own}
        )
        action = cls.env["supplier.corrective.action"].create({"title": "Rust", **own})
        certification = cls.env["supplier.certification"].create(
            {"program_id": program.id, **own}
        )
        return incident, action, certification

    @classmethod
    def _document_of(cls, supplier, company=None, verified=True):
        kind = cls.env["supplier.document.type"].search([("code", "=", "portal")])
        kind = kind or cls.env["supplier.document.type"].create(
            {"name": "Licence", "code": "portal"}
        )
        document = cls.env["supplier.document"].create(
            {
                "partner_id": supplier.id,
                "company_id": company and company.id,
                "type_id": kind.id,
                "file": "JVBERi0xLjQK",
                "filename": "old.pdf",
                "date_to": date(2036, 1, 1),
            }
        )
        if verified:
            document.sudo().action_verify()
        return document

    @classmethod
    def _contract_of(cls, supplier, company=None, state="in_force", **vals):
        """A contract that is shared and counts, unless ``vals`` say otherwise."""
        company = company or cls.company
        contract = cls.env["supplier.contract"].create(
            {
                "title": f"Bolts of {supplier.name}",
                "partner_id": supplier.id,
                "company_id": company.id,
                "currency_id": company.currency_id.id,
                "date_from": "2020-01-01",
                "date_to": "2036-12-31",
                "is_in_portal": True,
                "line_ids": [
                    Command.create({"product_id": cls.product.id, "price": 12.5})
                ],
                **vals,
            }
        )
        file = cls.env["ir.attachment"].create({"name": "signed.pdf", "raw": PDF})
        contract.file_ids = [Command.link(file.id)]
        contract.sudo()._write_guarded({"state": state, "date_effective": "2020-01-01"})
        return contract

    @classmethod
    def _demand_of(cls, supplier, company=None, months=1, shared=True, **vals):
        """What we expect to need of the bolt, so many months from now."""
        demand = cls.env["supplier.demand"].create(
            {
                "product_id": cls.product.id,
                "partner_id": supplier.id,
                "company_id": (company or cls.company).id,
                "month": fields.Date.today() + relativedelta(months=months),
                "quantity": 40,
                **vals,
            }
        )
        # Nobody shares what is over: it was shared before.
        demand._write_guarded({"is_shared": shared})
        return demand

    @classmethod
    def _meeting_of(cls, supplier, company=None, **vals):
        """A meeting that is shared with its parties, unless ``vals`` say otherwise."""
        return cls.env["supplier.meeting"].create(
            {
                "title": "Review",
                "partner_id": supplier.id,
                "company_id": (company or cls.company).id,
                "date_start": "2026-05-04 01:00:00",
                "is_in_portal": True,
                **vals,
            }
        )

    @classmethod
    def _idea_of(cls, supplier, company=None, **vals):
        """An idea that the supplier sent, unless ``vals`` say otherwise."""
        return cls.env["supplier.idea"]._receive(
            supplier,
            company or cls.company,
            {"title": "Returnable boxes", "sent_text": "No more cardboard", **vals},
        )

    @classmethod
    def _point_of(cls, meeting, shown=True):
        """A topic of a meeting, shown to its first party."""
        party = meeting.partner_id if shown else meeting.partner_id.browse()
        return cls.env["supplier.meeting.point"].create(
            {
                "meeting_id": meeting.id,
                "name": "Prices",
                "party_ids": [Command.set(party.ids)],
            }
        )

    # ------------------------------------------------------------
    # Over HTTP
    # ------------------------------------------------------------

    def _page(self, url, user="ours"):
        self.authenticate(self.people[user].login, self.people[user].login)
        return self.url_open(url)

    def _post(self, url, values=None, files=None, user="ours"):
        """Post a form as a browser does, with the token of a page."""
        page = self._page(f"/my/supplier/figure/{self.line.id}", user)
        token = TOKEN.search(page.text).group(1)
        return self.url_open(
            url,
            data={"csrf_token": token, **(values or {})},
            files=files,
        )
