from datetime import timedelta

from odoo import fields

from ...common import MANAGER, REVIEWER
from ...gate.common import PurchaseGateCommon


class Supplier360Common(PurchaseGateCommon):
    """A vendor with a published scorecard, an open order that is late, an incident."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {
            "buyer": cls.buyer,
            "approver": cls.approver,
            **cls._create_people(
                "s360",
                {
                    "manager": MANAGER,
                    "quality": "supplier_evaluation.group_supplier_evaluation_user",
                    "reviewer": REVIEWER,
                    "nobody": "base.group_user,base.group_partner_manager",
                },
            ),
        }
        cls.template = cls._create_template("One", ["otd", "fill_rate"])
        cls.line = cls._order(10, 5, "2026-03-10")
        cls._receive(cls.line, "2026-03-10")
        cls.evaluation = cls._evaluate()
        cls.evaluation.action_publish()
        cls.card = cls.evaluation.scorecard_ids
        # What is late is so by the company's day, which may be ahead of UTC.
        cls.today = cls.company._supplier_day(fields.Datetime.now())
        cls.incident = cls.env["supplier.incident"].create(
            {
                "title": "Cracked",
                "partner_id": cls.supplier.id,
                "company_id": cls.company.id,
                "severity": "major",
                "date_due": cls.today - timedelta(days=3),
            }
        )

    def _view(self, user="buyer", partner=None):
        """What the form of the vendor shows to somebody."""
        self.env.flush_all()
        self.env.invalidate_all()
        return self._as(partner or self.supplier, user).retrieve_360()

    def _chip(self, key, user="buyer", partner=None):
        chips = {one["key"]: one for one in self._view(user, partner)["chips"]}
        return chips.get(key)

    def _texts(self, part, user="buyer", kind=None):
        return [
            one["text"]
            for one in self._view(user)[part]
            if kind is None or one["kind"] == kind
        ]

    def _late_order(self, days, **vals):
        """An order that should have come some days ago, or will with negative days."""
        promised = self.today - timedelta(days=days)
        confirmed = self.today - timedelta(days=60)
        return self._order(
            10, 5, promised.isoformat(), confirmed=confirmed.isoformat(), **vals
        )
