from odoo import api, fields, models
from odoo.exceptions import UserError


class IrSequence(models.Model):
    _inherit = "ir.sequence"

    @api.model
    def _next_supplier_number(self, model, company, day=None):
        """Return the next number of a record, in the company's year.

        A company with a sequence of its own numbers by it.

        :param str model: of the record, and code of its sequence
        :param company: ``res.company``
        :param date day: of the record; today where the company is, without it
        :raises UserError: there is no sequence
        """
        day = day or company._supplier_day(fields.Datetime.now())
        number = self.with_company(company).next_by_code(model, sequence_date=day)
        if not number:
            raise UserError(
                self.env._(
                    "Records of the kind “%(kind)s” of %(company)s cannot be numbered: "
                    "there is no sequence with the code “%(code)s”. Create one in the "
                    "technical settings.",
                    kind=self.env["ir.model"].sudo()._get(model).name,
                    company=company.sudo().name,
                    code=model,
                )
            )
        return number
