from ..common import BUYER, MANAGER, SupplierEvaluationCommon


class RiskCommon(SupplierEvaluationCommon):
    """A supplier, people, and builders of signals and look-ups."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.signals = cls.env["supplier.risk.signal"]
        cls.checks = cls.env["supplier.risk.check"]
        cls.people = cls._create_people(
            "risk", {"buyer": BUYER, "manager": MANAGER, "second": MANAGER}
        )

    @classmethod
    def _signal(cls, kind="litigation", date="2026-03-10", **vals):
        return cls.signals.create(
            {
                "name": "Unpaid delivery",
                "kind": kind,
                "date": date,
                "partner_id": cls.supplier.id,
                "company_id": cls.company.id,
                "source": "Court",
                **vals,
            }
        )

    @classmethod
    def _rated(cls, rating, date, **vals):
        return cls._signal(
            "credit_rating", date, rating=rating, **{"source": "Agency", **vals}
        )

    @classmethod
    def _check(cls, date="2026-03-15", **vals):
        return cls.checks.create(
            {
                "partner_id": cls.supplier.id,
                "company_id": cls.company.id,
                "source": "Court",
                "date": date,
                "has_legal": True,
                **vals,
            }
        )

    def _set_state(self, signal, state, at=None):
        """Bring a signal into a state, whoever has to."""
        vals = {"state": state}
        if at:
            vals["date_closed"] = at
        signal._write_guarded(vals)
