from stdnum.cn import uscc

from odoo import api, fields, models

from ...tools.groups import OWN_PREFETCH, USER_GROUP

LENGTH = 18


def expected_digit(number):
    """Return the check digit that a 统一社会信用代码 should end with (GB 32100-2015).

    :param str number: 18 characters, normalised
    :return: a character; "": a character stands before it that no number has

    >>> expected_digit("91110000600037341L"), expected_digit("9111000060003734IL")
    ('L', '')
    """
    try:
        return uscc.calc_check_digit(number[:-1])
    except ValueError:
        return ""


class ResPartner(models.Model):
    """The number that a register gave the vendor.

    Odoo has the field; here it is looked at whether it can be right. It is said, not
    refused: other numbers than this one have 18 characters, and who takes an order at
    a fair has no time to find out.
    """

    _inherit = "res.partner"

    supplier_registry_wrong = fields.Boolean(
        string="Wrong Check Digit",
        compute="_compute_supplier_registry_wrong",
        store=True,
        groups=USER_GROUP,
        prefetch=OWN_PREFETCH,
        help="By its length it is a 统一社会信用代码 of China, but its "
        "check digit (GB 32100-2015) is another one.",
    )
    supplier_registry_problem = fields.Char(
        compute="_compute_supplier_registry_problem", groups=USER_GROUP
    )

    @api.depends("company_registry", "country_id")
    def _compute_supplier_registry_wrong(self):
        for partner in self:
            number = partner._uscc()
            partner.supplier_registry_wrong = bool(
                number and number[-1] != expected_digit(number)
            )

    @api.depends("supplier_registry_wrong")
    @api.depends_context("lang")
    def _compute_supplier_registry_problem(self):
        for partner in self:
            problem = False
            if partner.supplier_registry_wrong:
                number = partner._uscc()
                expected = expected_digit(number)
                problem = (
                    self.env._(
                        "%(number)s is no 统一社会信用代码: it ends with %(digit)s, "
                        "but its check digit is %(expected)s. Compare it with the "
                        "business licence.",
                        number=number,
                        digit=number[-1],
                        expected=expected,
                    )
                    if expected
                    else self.env._(
                        "%(number)s is no 统一社会信用代码: it has a character that "
                        "none has, such as I, O, S, V or Z. Compare it with the "
                        "business licence.",
                        number=number,
                    )
                )
            partner.supplier_registry_problem = problem

    def _uscc(self):
        """Return the number if it has the length of one of China's, or ""."""
        self.ensure_one()
        if self.country_id.code != "CN":
            return ""
        number = uscc.compact(self.company_registry or "")
        return number if len(number) == LENGTH else ""
