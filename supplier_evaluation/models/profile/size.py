from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.groups import OWN_PREFETCH, USER_GROUP
from ...tools.optional_numbers import OptionalFloat, OptionalInteger

FIRST_YEAR = 1900


class ResPartner(models.Model):
    """How large the vendor is. The same for all companies that buy from it."""

    _inherit = "res.partner"

    supplier_employees = OptionalInteger(
        string="Employees", groups=USER_GROUP, prefetch=OWN_PREFETCH
    )
    supplier_turnover = OptionalFloat(
        string="Turnover",
        digits=(16, 0),
        groups=USER_GROUP,
        prefetch=OWN_PREFETCH,
        help="Sales of one year.",
    )
    supplier_turnover_year = OptionalInteger(
        string="Year of the Turnover", groups=USER_GROUP, prefetch=OWN_PREFETCH
    )
    supplier_turnover_currency_id = fields.Many2one(
        "res.currency",
        string="Currency of the Turnover",
        groups=USER_GROUP,
        prefetch=OWN_PREFETCH,
    )
    supplier_capital = OptionalFloat(
        string="Registered Capital",
        digits=(16, 0),
        groups=USER_GROUP,
        prefetch=OWN_PREFETCH,
    )
    supplier_capital_currency_id = fields.Many2one(
        "res.currency",
        string="Currency of the Capital",
        groups=USER_GROUP,
        prefetch=OWN_PREFETCH,
    )
    supplier_founded = fields.Date(
        string="Founded", groups=USER_GROUP, prefetch=OWN_PREFETCH
    )

    @api.constrains(
        "supplier_employees",
        "supplier_turnover",
        "supplier_turnover_year",
        "supplier_turnover_currency_id",
        "supplier_capital",
        "supplier_capital_currency_id",
        "supplier_founded",
    )
    def _check_supplier_size(self):
        """Refuse amounts without a currency, and what cannot be.

        :raises ValidationError: naming the vendor and what to do
        """
        for partner in self.sudo():
            problem = partner._supplier_size_problem()
            if problem:
                raise ValidationError(
                    self.env._(
                        "%(supplier)s: %(problem)s",
                        supplier=partner.display_name,
                        problem=problem,
                    )
                )

    def _supplier_size_problem(self):
        """Return what is wrong with the size, as text, or None."""
        self.ensure_one()
        if any(
            number is not False and number < 0
            for number in (
                self.supplier_employees,
                self.supplier_turnover,
                self.supplier_capital,
            )
        ):
            return self.env._(
                "employees, turnover and capital are not below 0. Leave empty what is "
                "not known."
            )
        if self.supplier_turnover is not False and not (
            self.supplier_turnover_currency_id and self.supplier_turnover_year
        ):
            return self.env._("say of which year the turnover is, and its currency.")
        if self.supplier_capital is not False and not (
            self.supplier_capital_currency_id
        ):
            return self.env._("say in which currency the registered capital is.")
        today = fields.Date.context_today(self)
        year = self.supplier_turnover_year
        if year and not FIRST_YEAR <= year <= today.year:
            return self.env._(
                "the year of the turnover is between %(first)s and %(last)s.",
                first=str(FIRST_YEAR),
                last=str(today.year),
            )
        if self.supplier_founded and self.supplier_founded > today:
            return self.env._("it cannot be founded in the future.")
        return None
