from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain
from odoo.tools import verify_hash_signed
from odoo.tools.misc import hash_sign

from ...tools.scheduled import Work, run_scheduled

CONFIRM_MAIL = "supplier_evaluation.mail_template_supplier_application_confirm"
ALIKE_CRON = "supplier_evaluation.ir_cron_supplier_application_alike"
SCOPE = "supplier.application.confirm"
BATCH = 200


class SupplierApplication(models.Model):
    """What comes from the public page, and that its sender has the mail address.

    Nothing is looked up before the page answers, so it cannot tell whom we know.
    """

    _inherit = "supplier.application"

    # ------------------------------------------------------------
    # From the page
    # ------------------------------------------------------------

    @api.model
    def _receive(self, company, vals, documents):
        """Keep what was sent until its sender confirms it, and write to the sender.

        The mail is queued: neither its address nor its server keeps the page waiting.

        :param company: the company that it was sent to
        :param dict vals: values of fields, cleaned by the page
        :param list documents: values of ``supplier.application.document``
        :return: the application, with full rights
        """
        model = self.sudo().with_company(company).with_context(**_without_thread())
        application = model.create({**vals, "company_id": company.id})
        application._write_guarded({"state": "unconfirmed"})
        application.document_ids.create(
            [{**one, "application_id": application.id} for one in documents]
        )
        application._send_confirmation()
        return application.with_env(self.sudo().env)

    def _send_confirmation(self):
        """Ask the sender to confirm; the mail is nobody's, and on no record.

        Whoever reads the application would read the link in it while it waits.
        """
        mail = self._unguarded().env.ref(CONFIRM_MAIL).with_user(SUPERUSER_ID)
        # By its id alone it is found when the application is deleted.
        mail.send_mail(self.id, email_values={"model": False})

    def _waiting_confirmations(self):
        return (
            self.env["mail.mail"]
            .sudo()
            .search(
                [
                    ("model", "=", False),
                    ("res_id", "in", self.ids),
                    ("email_to", "in", self.sudo().mapped("email")),
                ]
            )
        )

    def _confirmation_url(self):
        """Return the address that the mail leads to; to nobody but the mail itself.

        Who reads an application may fill any mail, note or preview from the template,
        and would confirm an address of somebody else.
        """
        self.ensure_one()
        if not self._is_unguarded():
            return ""
        return f"{self.get_base_url()}/supplier/apply/confirm/{self._sign()}"

    def _sign(self):
        """Return a token of the application that is good for some days."""
        self.ensure_one()
        hours = 24 * self.company_id._supplier_application_days()
        return hash_sign(self.sudo().env, SCOPE, [self.id], expiration_hours=hours)

    @api.model
    def _find_by_token(self, token):
        """Return the application of a token, with full rights; empty: none.

        :param str token: what somebody sent as one
        """
        sudo = self.sudo()
        try:
            values = verify_hash_signed(sudo.env, SCOPE, token)
        except ValueError:
            values = None
        return sudo.browse(values or []).exists()

    def _confirm(self):
        """Put it into the pool, once: its sender has the mail address.

        Whom it looks like is found afterwards by a scheduled action.
        """
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        waiting = self.filtered(lambda one: one.state == "unconfirmed")
        if not waiting:
            return
        now = fields.Datetime.now()
        waiting._write_guarded({"state": "new", "date_confirmed": now})
        self.env.ref(ALIKE_CRON).sudo()._trigger()

    def _take_back(self):
        """Close it as its sender asks; what nobody confirmed is forgotten."""
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        self.filtered(lambda one: one.state == "unconfirmed").unlink()
        rest = self.exists().filtered(lambda one: one.state in ("new", "claimed"))
        if rest:
            rest._withdraw(self.env._("The applicant withdrew it on the public page."))

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_forget_unconfirmed(self):
        """Delete what nobody confirmed, and addresses after a day.

        :raises Exception: the error of one that failed, when the others are done
        """
        self.env["supplier.application.attempt"]._forget()
        run_scheduled(
            self.env,
            Work(
                "Applications that nobody confirmed",
                self.search(self._forgotten_domain()),
                lambda applications: (
                    applications.exists()
                    .filtered_domain(self._forgotten_domain())
                    .unlink()
                ),
                size=BATCH,
            ),
        )

    @api.model
    def _forgotten_domain(self):
        now = fields.Datetime.now()
        companies = self.env["res.company"].search([("active", "in", [True, False])])
        domains = [
            Domain("company_id", "=", company.id)
            & Domain(
                "date_received",
                "<",
                fields.Datetime.subtract(
                    now, days=company._supplier_application_days()
                ),
            )
            for company in companies
        ]
        return Domain("state", "=", "unconfirmed") & Domain.OR(domains)


def _without_thread():
    """Return the context of what nobody follows and nothing is said about yet."""
    return {
        "mail_create_nolog": True,
        "mail_create_nosubscribe": True,
        "mail_notrack": True,
        "tracking_disable": True,
    }
