"""What is known of the suppliers themselves, and what is not."""

from __future__ import annotations

# Entered twice, by two people.
KNOWN = "Clockwork Bearings"
PHONE = "+1 617 555 0142"
# Of whom the data were compared with their papers.
CHECKED = (KNOWN, "Phoenix Machining", "Plenty Packaging")


class Tidying:
    """One company's suppliers: one is complete, one there twice.

    :param following: who acts in the company
    """

    def __init__(self, following):
        self.following = following
        self.env = following.env
        self.words = following.words

    def tidy(self):
        """Enter what is known, look for doubles, and report."""
        self._describe()
        self._enter_twice()
        self._enter_in_haste()
        for name in CHECKED:
            partner = self.following.partners[name]
            self.following._as(partner, "buyer").action_check_supplier_profile()
        self.env["supplier.duplicate"]._refresh()
        self.env["supplier.data.report"]._report_on(self.following.company)

    def _describe(self):
        currency = self.following.company.currency_id.id
        self.following.partners[KNOWN].write(
            {
                "phone": PHONE,
                "company_registry": "04-1234567",
                "vat": "US041234567",
                "street": "12 Escapement Road",
                "supplier_employees": 240,
                "supplier_turnover": 38e6,
                "supplier_turnover_year": self.env.cr.now().year - 1,
                "supplier_turnover_currency_id": currency,
                "supplier_capital": 2e6,
                "supplier_capital_currency_id": currency,
                "supplier_founded": "1987-04-01",
            }
        )

    def _enter_twice(self):
        known = self.following.partners[KNOWN]
        self.env["res.partner"].create(
            {
                "name": self.words("Clockwork Bearings Inc."),
                "is_company": True,
                "supplier_rank": 1,
                "phone": PHONE,
                "country_id": known.country_id.id,
            }
        )

    def _enter_in_haste(self):
        """A new one near Shanghai, of which little is known; a number is wrong."""
        self.env["res.partner"].create(
            {
                "name": self.words("Hasty Hydraulics"),
                "is_company": True,
                "supplier_rank": 1,
                "country_id": self.env.ref("base.cn").id,
                "state_id": self.env.ref("base.state_cn_JS").id,
                # The last character should be L.
                "company_registry": "911100006000373411",
            }
        )
