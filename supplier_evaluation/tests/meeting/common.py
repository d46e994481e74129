from odoo import Command

from ..common import BUYER, MANAGER, SupplierEvaluationCommon


class MeetingCommon(SupplierEvaluationCommon):
    """A buyer, a manager, and a meeting with a supplier that takes place today."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people("meeting", {"buyer": BUYER, "manager": MANAGER})
        for person in cls.people.values():
            person.email = f"{person.login}@ours.example"
        cls.supplier.supplier_rank = 1
        cls.anna = cls._create_contact("Anna", email="anna@vendor.example")
        cls.meeting = cls._meeting()

    @classmethod
    def _meeting(cls, user="buyer", **vals):
        meetings = cls._as(cls.env["supplier.meeting"], user)
        meeting = meetings.create(
            {
                "title": "Review",
                "partner_id": cls.supplier.id,
                "company_id": cls.company.id,
                "date_start": "2026-05-04 01:00:00",
                "tz": "Asia/Shanghai",
                "user_ids": [Command.set(cls.people["buyer"].ids)],
                **vals,
            }
        )
        return meeting

    @classmethod
    def _decide(cls, meeting, name="Check all bolts", **vals):
        return meeting.env["supplier.meeting.decision"].create(
            {
                "meeting_id": meeting.id,
                "name": name,
                "kind": "action",
                "user_id": cls.people["manager"].id,
                "date_due": "2030-06-10",
                **vals,
            }
        )
