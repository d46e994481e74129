from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ...tools.groups import OWN_PREFETCH

# On what a supplier is asked, and its answers are waited for.
ASKED_ON = ("purchase.order", "supplier.incident")


class MailMessage(models.Model):
    """A question to a supplier, which a manager may leave out of its figures.

    “Thank you” wants no answer, and only who reads it can tell.
    """

    _name = "mail.message"
    _inherit = ["mail.message", "supplier.exclusion.mixin"]

    supplier_exclusion = fields.Selection(prefetch=OWN_PREFETCH)
    supplier_exclusion_reason = fields.Char(prefetch=OWN_PREFETCH)

    # Few of many messages: those that people write on orders and incidents. What is
    # written about an order elsewhere is found by its document.
    _supplier_correspondence_idx = models.Index(
        "(model, date) WHERE model IN ('purchase.order', 'supplier.incident')"
        " AND message_type IN ('comment', 'email', 'email_outgoing')"
    )

    def _set_supplier_exclusion(self, exclusion, reason, evidence=None):
        """Leave what was asked out of the figures of answers, or count it again.

        :raises UserError: it was written elsewhere than on an order or incident
        """
        if any(message.model not in ASKED_ON for message in self):
            raise UserError(
                self.env._(
                    "Only messages on purchase orders and incidents count, so only "
                    "these can be left out."
                )
            )
        return super()._set_supplier_exclusion(exclusion, reason, evidence)

    def _adjustment_vals(self, exclusion, reason):
        return {
            **super()._adjustment_vals(exclusion, reason),
            "record_name": self._supplier_question_name(),
        }

    def _excluded_suppliers(self):
        partners = self.env["res.partner"].sudo()
        for model, messages in self.grouped("model").items():
            documents = self.env[model].sudo().browse(messages.mapped("res_id"))
            partners |= documents.exists().partner_id.commercial_partner_id
        return partners

    def _excluded_company(self):
        return self._left_out_document().sudo().company_id or self.env.company

    def _left_out_document(self):
        self.ensure_one()
        return self.env[self.model].browse(self.res_id)

    def _log_supplier_exclusion(self, decision, reason):
        for message in self:
            message._left_out_document()._message_log(
                body=self.env._(
                    "%(decision)s in supplier evaluation: %(lines)s. %(reason)s",
                    decision=decision,
                    lines=message._supplier_question_name(),
                    reason=reason,
                )
            )

    def _supplier_question_name(self):
        return self.env._(
            "Message of %(when)s on %(document)s",
            when=format_datetime(self.env, self.date, dt_format="short"),
            document=self._left_out_document().display_name,
        )
