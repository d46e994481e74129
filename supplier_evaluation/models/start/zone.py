from babel.numbers import get_currency_name

from odoo import models
from odoo.tools.misc import babel_locale_parse, get_lang

from ...tools.actions import open_dialog


class SupplierStart(models.AbstractModel):
    """First step: in whose days and in which money is counted."""

    _inherit = "supplier.start"

    def _describe_zone(self, records):
        company = self.env.company
        proposal = self._proposed_zone()
        step = self._step(
            self.env._("Time zone and currency"),
            is_done=bool(company.supplier_tz),
            now=[
                self._zone_sentence(company),
                self.env._(
                    "Amounts are in %(currency)s (%(name)s).",
                    currency=company.currency_id.name,
                    name=self._name_of(company.currency_id),
                ),
            ],
            link=self._link(
                self.env._("Choose Another Time Zone"),
                open_dialog(
                    "supplier.tz.wizard",
                    self.env._("Time Zone of the Company"),
                    {"company_id": company.id},
                ),
            ),
        )
        if company.supplier_tz or not proposal:
            return step
        count = records.moved_days("UTC", proposal)
        return {
            **step,
            "change": [
                self.env._("Days become those of %s.", proposal),
                self.env._(
                    "Receipts of the last 12 months that then count for another day: "
                    "%s.",
                    count,
                ),
            ],
            "button": self.env._("Take %s", proposal),
        }

    def _name_of(self, currency):
        """Return what a currency is called by the reader; Odoo has it in English."""
        locale = babel_locale_parse(get_lang(self.env).code)
        return get_currency_name(currency.name, locale=locale)

    def _zone_sentence(self, company):
        if company.supplier_tz:
            return self.env._("Days are those of %s.", company.supplier_tz)
        return self.env._(
            "The company has no time zone, so its days are those of UTC: what comes at "
            "night or in the morning may count for another day."
        )

    def _proposed_zone(self):
        """Return the zone of the company's country, or else that of the user."""
        return self.env.company.supplier_tz_proposal or self.env.user.tz

    def _apply_zone(self, _choice):
        company = self.env.company
        if not company.supplier_tz:
            company._set_supplier_tz(self._proposed_zone())
