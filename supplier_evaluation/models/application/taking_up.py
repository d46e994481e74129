from odoo import Command, fields, models
from odoo.exceptions import UserError

from ...matching import normalise_mail, normalise_name
from ...tools.actions import open_dialog
from ...tools.wording import labelled, listed
from .supplier_application import OPEN

ACCEPTED_MAIL = "supplier_evaluation.mail_template_supplier_application_accepted"
POTENTIAL = "supplier_evaluation.supplier_stage_potential"


class SupplierApplication(models.Model):
    """An application that is accepted becomes a vendor, or part of a known one."""

    _inherit = "supplier.application"

    def action_ask_acceptance(self):
        """Ask whether it is a new vendor or one of the candidates."""
        self.ensure_one()
        return self._ask_acceptance(self.env["res.partner"])

    def _ask_acceptance(self, partner):
        self._check_mine()
        self._check_state(*OPEN)
        return open_dialog(
            "supplier.application.accept.wizard",
            self.env._("Accept"),
            {
                "application_id": self.id,
                "kind": "known" if partner else "new",
                "partner_id": partner.id,
            },
        )

    def action_open_partner(self):
        """Open the vendor that it became."""
        self.ensure_one()
        return self.partner_id.get_formview_action()

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _accept(self, partner=None, reason=False, is_told=True):
        """Take the applicant up as a vendor.

        The rights to partners are those of the user.

        :param partner: the known vendor that it is; None: a new one is made
        :param str reason: why it is new although it looks like a known one
        :param bool is_told: the applicant gets a mail
        :return: the vendor
        :raises UserError: it looks like a known one, and nobody says why it is not
        """
        self.ensure_one()
        self._check_mine()
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        self._check_state(*OPEN)
        if not self.is_compared:
            self._compare()
        reason = (reason or "").strip()
        if partner:
            vendor = partner.commercial_partner_id
            self._check_vendor(vendor)
            self._fill_in(vendor)
        elif self.candidate_ids.partner_id and not reason:
            raise UserError(
                self.env._(
                    "%(application)s looks like %(suppliers)s. Say why it is another "
                    "company, or choose the one that it is.",
                    application=self.display_name,
                    suppliers=listed(
                        self.env,
                        self.sudo().candidate_ids.partner_id.mapped("display_name"),
                    ),
                )
            )
        else:
            vendor = self.env["res.partner"].create(self._vendor_vals())
        self._add_contact(vendor)
        self._add_documents(vendor)
        self._enter_lifecycle(vendor)
        self._write_guarded(
            {
                "state": "accepted",
                "partner_id": vendor.id,
                "reason": reason or False,
                "user_id": self.user_id.id or self.env.uid,
                "date_decided": fields.Datetime.now(),
                "decided_uid": self.env.uid,
            }
        )
        if is_told:
            self.env.ref(ACCEPTED_MAIL).sudo().send_mail(self.id)
        return vendor

    def _check_vendor(self, vendor):
        """Refuse a vendor of another company, or one that is archived."""
        if not vendor.active:
            raise UserError(
                self.env._("%s is archived: unarchive it first.", vendor.display_name)
            )
        if vendor.company_id not in (self.env["res.company"], self.company_id):
            raise UserError(
                self.env._(
                    "%(supplier)s belongs to another company than %(application)s: "
                    "choose a supplier of %(company)s.",
                    supplier=vendor.display_name,
                    application=self.display_name,
                    company=self.company_id.name,
                )
            )

    def _vendor_vals(self):
        """Return the values of the company that applied."""
        return {
            **self._known_vals(),
            "name": self.company_name,
            "is_company": True,
            "supplier_rank": 1,
            "lang": self.lang if self._has_lang() else self.env.lang,
            "supplier_offer_category_ids": [Command.set(self.category_ids.ids)],
            "buyer_id": (self.user_id or self.env.user).id,
        }

    def _known_vals(self):
        """Return what a vendor has of what the applicant said."""
        return {
            "country_id": self.country_id.id,
            "company_registry": self.registry_number,
            "vat": self.tax_id,
            "phone": self.phone,
            "email": self.email,
            "website": self.website,
        }

    def _has_lang(self):
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        return self.lang in codes

    def _missing_vals(self, vendor):
        """Return what the applicant says and a known vendor has not."""
        return {
            name: value
            for name, value in self._known_vals().items()
            if value and not vendor[name]
        }

    def _additions_text(self, vendor):
        """Return, line by line, what a known vendor gets; it keeps what it has."""
        lines = []
        for name, value in self._missing_vals(vendor).items():
            field = vendor._fields[name]
            text = self[name].display_name if field.relational else value
            lines.append(labelled(self.env, field._description_string(self.env), text))
        if self._is_new_contact(vendor):
            lines.append(self.env._("Contact: %s", self.contact_name))
        new = self.category_ids - vendor.supplier_offer_category_ids
        lines += [self.env._("Category: %s", one.display_name) for one in new]
        lines += [
            self.env._("Document: %s", one.type_id.name)
            for one in self._new_documents(vendor)
        ]
        return lines

    def _fill_in(self, vendor):
        """Fill in what is not known of a vendor; what is known stays."""
        vals = self._missing_vals(vendor)
        new = self.category_ids - vendor.supplier_offer_category_ids
        if new:
            vals["supplier_offer_category_ids"] = [
                Command.link(category.id) for category in new
            ]
        if not vendor.supplier_rank:
            vals["supplier_rank"] = 1
        if vals:
            vendor.write(vals)

    def _is_new_contact(self, vendor):
        """Whether the vendor has nobody of the address of the person who applied."""
        known = {normalise_mail(one.email) for one in vendor.child_ids if one.email}
        return bool(self.contact_name and normalise_mail(self.email) not in known)

    def _add_contact(self, vendor):
        if not self._is_new_contact(vendor):
            return
        self.env["res.partner"].create(
            {
                "name": self.contact_name,
                "parent_id": vendor.id,
                "type": "contact",
                "email": self.email,
                "phone": self.phone,
                "lang": vendor.lang,
                "company_id": vendor.company_id.id,
            }
        )

    def _new_documents(self, vendor):
        """Return the files that the vendor has not, by their type and number."""
        documents = self.with_context(bin_size=False).document_ids
        known = {
            (one.type_id, normalise_name(one.number))
            for one in self.env["supplier.document"].search(
                [("commercial_partner_id", "=", vendor.id), ("number", "!=", False)]
            )
        }
        return documents.filtered(
            lambda one: (one.type_id, normalise_name(one.number)) not in known
        )

    def _add_documents(self, vendor):
        """Hand the files on; each waits for somebody to verify it.

        What the vendor has already stays with the application.
        """
        for document in self._new_documents(vendor):
            self.env["supplier.document"].create(
                {
                    "partner_id": vendor.id,
                    "company_id": self.company_id.id,
                    "type_id": document.type_id.id,
                    "number": document.number,
                    "date_to": document.date_to,
                    "file": document.file,
                    "filename": document.filename,
                    "user_id": (self.user_id or self.env.user).id,
                }
            )

    def _enter_lifecycle(self, vendor):
        """Put it into the first stage, unless it is in one already."""
        vendor = vendor.with_company(self.company_id)
        if vendor.supplier_stage_id:
            return
        stage = self.env.ref(POTENTIAL, raise_if_not_found=False)
        if not stage or not stage.active:
            stages = self.env["supplier.stage"]
            stage = stages.search([("is_exit", "=", False)], limit=1)
        text = self.env._("Accepted application %s", self.name)
        vendor._set_supplier_stage(stage, text)
