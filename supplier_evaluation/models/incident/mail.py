import re

from odoo import api, models

from ...matching.mail import is_nobody, mail_domain

# Kinds of messages that people write.
ANSWER_TYPES = ("email", "comment")


class SupplierIncident(models.Model):
    """Incidents by e-mail: opened by the alias, answered by the supplier."""

    _inherit = "supplier.incident"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Open an incident from an e-mail to the alias.

        Only a known contact of a supplier tells who the supplier is. Whoever else
        writes, the incident stays new until somebody sets it.
        """
        values = dict(custom_values or {})
        author = self.env["res.partner"].browse(msg_dict.get("author_id") or [])
        reporter = author.with_context(active_test=False).user_ids.filtered(
            lambda user: not user.share
        )[:1]
        supplier = self._supplier_of(author)
        company = self.env["res.company"].browse(values.get("company_id") or [])
        company = company or supplier.company_id or reporter.company_id
        company = company or self.env.company
        values.setdefault("company_id", company.id)
        values.setdefault("reporter_id", reporter.id)
        values.setdefault("title", msg_dict.get("subject") or self.env._("No subject"))
        # A vendor that belongs to another company cannot be set here.
        if supplier.company_id in (self.env["res.company"], company):
            values.setdefault("partner_id", supplier.id)
        # The gateway's user owns nothing.
        incidents = self.with_company(company).with_context(default_user_id=False)
        return super(SupplierIncident, incidents).message_new(msg_dict, values)

    @api.model
    def _supplier_of(self, author):
        """Return the author, if it is a contact of a supplier, or nobody."""
        vendor = author.commercial_partner_id
        own = self.env["res.company"].sudo().search([("partner_id", "=", vendor.id)])
        if not vendor or not author.partner_share or own:
            return author.browse()
        orders = self.env["purchase.order"].sudo()
        history = self.env["supplier.history.line"].sudo()
        is_supplier = (
            vendor.supplier_rank > 0
            or orders.search_count([("partner_id", "child_of", vendor.id)], limit=1)
            or history.search_count(
                [("commercial_partner_id", "=", vendor.id)], limit=1
            )
        )
        return author if is_supplier else author.browse()

    def _creation_subtype(self):
        return self.env.ref("supplier_evaluation.mt_incident_new")

    def _message_post_after_hook(self, message, msg_values):
        is_opening = message.subtype_id == self._creation_subtype()
        if message.message_type == "email" and is_opening and not self.description:
            # The posted body, in which the pictures are attachments.
            self.description = message.body
        if self._is_answer(message):
            # The supplier's contact need not have rights on the incident.
            incident = self.sudo()
            if not incident.date_first_answer:
                incident.date_first_answer = message.date
            if incident.state == "waiting":
                # It is our turn.
                incident.state = "in_progress"
        return super()._message_post_after_hook(message, msg_values)

    def _is_answer(self, message):
        """Whether the message is the supplier's, since the incident is open."""
        vendor = self.commercial_partner_id
        return bool(
            vendor
            and message.message_type in ANSWER_TYPES
            and not message.is_internal
            and not message.subtype_id.internal
            and message.date > self.date_opened
            and self._writes_for(vendor)
            and self._is_from(vendor, message)
        )

    def _writes_for(self, vendor):
        """Whether it is the supplier who posts, or the mail gateway for them.

        Anybody may name somebody else as the author of a message.
        """
        return self.env.su or self.env.user.partner_id.commercial_partner_id == vendor

    @api.model
    def _is_from(self, vendor, message):
        """Whether a contact of the supplier wrote, or somebody at its mail domain.

        Who has a company is known: what a carrier writes is none of the supplier's.
        """
        author = message.author_id
        if author.commercial_partner_id == vendor:
            return True
        is_known = author.is_company or author.parent_id or not author.partner_share
        if (author and is_known) or message.message_type != "email":
            return False
        if is_nobody(message.email_from):
            return False
        domain = mail_domain(message.email_from)
        contacts = self.env["res.partner"].sudo()
        theirs = contacts.search(
            [("commercial_partner_id", "=", vendor.id), ("email", "!=", False)]
        )
        return _is_below(domain, theirs.mapped("email")) and not _is_below(
            domain, self._our_addresses()
        )

    @api.model
    def _our_addresses(self):
        """Return addresses with the domains from which people of ours write."""
        companies = self.env["res.company"].sudo().search([("email", "!=", False)])
        named = self.env["mail.alias.domain"].sudo().search([("name", "!=", False)])
        names = named.mapped("name")
        return [*companies.mapped("email"), *(f"info@{name}" for name in names)]


def _is_below(domain, addresses):
    """Whether a mail domain is one of those of some addresses, or below it."""
    single = re.split("[,;]", ",".join(filter(None, addresses)))
    known = {mail_domain(address) for address in single} - {""}
    return any(domain == one or domain.endswith(f".{one}") for one in known)
