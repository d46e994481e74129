from datetime import datetime
from typing import NamedTuple

from odoo import fields, models
from odoo.fields import NO_ACCESS

from ...matching import normalise_mail
from ...tools.counts import count_by
from ...tools.groups import OWN_PREFETCH, USER_GROUP

#: What says who entered an address: nobody writes that from outside.
ENTERED = frozenset({"supplier_email_user_id", "supplier_email_date"})


class MailEntered(NamedTuple):
    """Who entered an address, and when: in a context, which no client can make it."""

    supplier_email_user_id: int
    supplier_email_date: datetime


class ResPartner(models.Model):
    _inherit = "res.partner"

    supplier_customer_review_count = fields.Integer(
        compute="_compute_supplier_customer_review_count", groups=USER_GROUP
    )

    # Whoever sets an address could have a link sent there, and answer it.
    supplier_email_user_id = fields.Many2one(
        "res.users",
        string="E-Mail Entered By",
        copy=False,
        readonly=True,
        ondelete="set null",
        groups=NO_ACCESS,
        prefetch=OWN_PREFETCH,
    )
    supplier_email_date = fields.Datetime(
        string="E-Mail Entered On",
        copy=False,
        readonly=True,
        groups=NO_ACCESS,
        prefetch=OWN_PREFETCH,
    )

    def write(self, vals):
        """Ask nobody twice, and no supplier about itself, when contacts move.

        Who entered an address is noted here, and taken from nobody else.
        """
        entered = self.env.context.get("supplier_email_entered")
        if isinstance(entered, MailEntered):
            return super().write(entered._asdict())
        vals = {name: value for name, value in vals.items() if name not in ENTERED}
        if "email" in vals:
            mail = normalise_mail(vals["email"])
            others = self.sudo().filtered(lambda one: normalise_mail(one.email) != mail)
            others._keep_mail_entered(self.env.user, fields.Datetime.now())
        is_moving = bool({"parent_id", "is_company"} & vals.keys())
        companies = self._companies_after(vals) if is_moving else {}
        if companies:
            self.env["supplier.customer.review"]._cancel_of_moved(companies)
        return super().write(vals)

    def _mail_entered(self):
        """Return who entered the address of a contact, and when."""
        own = self.sudo()
        if own.supplier_email_date:
            return own.supplier_email_user_id, own.supplier_email_date
        return own.create_uid, own.create_date

    def _keep_mail_entered(self, user, date):
        """Note who entered the address of contacts, and when.

        Who merges contacts did not enter it, and whoever did asks nobody there.
        """
        entered = MailEntered(user.id, date)
        self.sudo().with_context(supplier_email_entered=entered).write({})

    def _companies_after(self, vals):
        """Return which contacts get another company by a change, and which.

        As Odoo has it: a company is its own, whatever it belongs to.

        :param dict vals: as they are written
        :return: ``{contact: company}``
        """
        changed = self.sudo().with_context(active_test=False)

        def company_of(contact):
            seen = set()
            # Odoo refuses a circle, but later.
            while contact not in seen:
                seen.add(contact)
                parent, is_company = contact.parent_id, contact.is_company
                if contact in changed:
                    parent = changed.browse(vals.get("parent_id", parent.id))
                    is_company = vals.get("is_company", is_company)
                if is_company or not parent:
                    break
                contact = parent
            return contact

        contacts = changed.search([("id", "child_of", self.ids)])
        after = {contact: company_of(contact) for contact in contacts}
        return {
            contact: company
            for contact, company in after.items()
            if company != contact.commercial_partner_id
        }

    def _compute_supplier_customer_review_count(self):
        counts = count_by(
            self.env["supplier.customer.review"],
            "commercial_partner_id",
            self.commercial_partner_id,
        )
        for partner in self:
            supplier = partner.commercial_partner_id
            partner.supplier_customer_review_count = counts.get(supplier, 0)

    def action_open_supplier_customer_reviews(self):
        """Open what customers said about the vendor, or about its company."""
        self.ensure_one()
        supplier = self.commercial_partner_id
        return self.env["supplier.customer.review"]._action_list(
            [("commercial_partner_id", "=", supplier.id)],
            default_partner_id=supplier.id,
        )

    def action_ask_customers(self):
        """Ask people outside what they think of the vendor."""
        self.ensure_one()
        supplier = self.commercial_partner_id
        return (
            self.env["supplier.customer.review"]
            .with_context(default_partner_id=supplier.id)
            .action_ask_customers()
        )
