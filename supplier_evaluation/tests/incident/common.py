from freezegun import freeze_time

from ..common import SupplierEvaluationCommon


class IncidentCommon(SupplierEvaluationCommon):
    """A received order, and a builder of incidents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls._create_contact("Sales Desk", email="desk@golden.example.com")
        cls.stranger = cls._create_supplier("Other Supplier")
        cls.line = cls._order(100, 10, "2026-03-10")
        cls.receipt = cls._receive(cls.line, "2026-03-10")
        cls.move = cls.receipt.move_ids

    @classmethod
    def _incident(cls, opened="2026-03-12 04:00:00", resolved=None, **vals):
        """Create an incident at an instant, and resolve it at another.

        :param str opened: UTC; noon of 12 March in Shanghai by default
        """
        with freeze_time(opened):
            incident = cls.env["supplier.incident"].create(
                {
                    "title": "Stripped threads",
                    "partner_id": cls.supplier.id,
                    "company_id": cls.company.id,
                    **vals,
                }
            )
        if resolved:
            with freeze_time(resolved):
                incident.action_resolve()
        return incident
