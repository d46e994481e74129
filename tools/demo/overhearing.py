"""What registers and agencies say of suppliers, and what a market stood at."""

from __future__ import annotations

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields

SUED = "Downhill Castings"
SHAKY = "Perhaps Motors"
CLEAN = "Clockwork Bearings"
INDEXED = "CA-BRK"
MONTHS = 14
# What a market did each month, in per cent: it rose for a year, and gave way.
STEPS = (0.4, 0.9, 1.3, 0.7, 1.1, 0.2, -0.3)


class Overhearing:
    """One company hears of its suppliers what these do not say themselves.

    :param following: who watches them, with the people of the company
    """

    def __init__(self, following):
        self.following = following
        self.env = following.env
        self.words = following.words
        self.company = following.company
        self.partners = following.partners
        self.today = fields.Date.today()

    def hear(self) -> None:
        """A lawsuit, a rating that fell and a note of a register; one is clean."""
        court, agency = self.words("Court register"), self.words("Rating agency")
        register = self.words("Company register")
        self._take(
            court,
            {
                "reference": "0115-1234",
                "partner_id": self.partners[SUED].id,
                "kind": "litigation",
                "name": self.words("A foundry sues for unpaid moulds"),
                "severity": "high",
                "amount": 184_000,
                "date": self._ago(70),
            },
        )
        for days, rating in ((400, "A-"), (25, "BBB-")):
            self._take(
                agency,
                {
                    "reference": f"R-{days}",
                    "partner_id": self.partners[SHAKY].id,
                    "kind": "credit_rating",
                    "name": self.words("Yearly credit rating"),
                    "rating": rating,
                    "date": self._ago(days),
                },
            )
        self._take(
            register,
            {
                "reference": "AO-77",
                "partner_id": self.partners[SHAKY].id,
                "kind": "abnormal_operation",
                "name": self.words("Could not be reached at its registered address"),
                "date": self._ago(18),
            },
        )
        for source in (court, register):
            self._take(
                source,
                {
                    "partner_id": self.partners[CLEAN].id,
                    "kind": "checked",
                    "date": self._ago(12),
                    "looked_for": "legal, environment",
                },
            )
        self._see_to_it()
        self._index()

    def _ago(self, days):
        return self.today - timedelta(days=days)

    def _take(self, source, row):
        """What comes is taken as a connector would."""
        self.env["supplier.risk.signal"].take_rows(source, [row], self.company)

    def _see_to_it(self):
        """The buyer owns them, and has found out about the lawsuit."""
        signals = self.env["supplier.risk.signal"].search(
            [("company_id", "=", self.company.id)]
        )
        signals.user_id = self.following.people["buyer"]
        sued = signals.filtered(lambda one: one.kind == "litigation")
        self.following._as(sued, "buyer").action_confirm()

    def _index(self):
        category = self.following.products[INDEXED].categ_id
        first = self.today.replace(day=1) - relativedelta(months=MONTHS)
        value, rows = 100.0, []
        for number in range(MONTHS + 1):
            month = first + relativedelta(months=number)
            rows.append(
                {
                    "category": category.complete_name,
                    "month": month,
                    "value": round(value, 2),
                }
            )
            value *= 1 + STEPS[number % len(STEPS)] / 100
        self.env["supplier.price.index"].take_rows(
            self.words("Index of pig iron"), rows, self.company
        )
