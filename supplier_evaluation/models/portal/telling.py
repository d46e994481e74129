from markupsafe import Markup

from odoo import api, models
from odoo.fields import Domain

from ...tools.wording import qualified

PORTAL = "base.group_portal"
MAIL = "supplier_evaluation.supplier_portal_mail"
#: Where a mail leads to, by what it is about.
PAGES = {
    "supplier.scorecard": "/scorecard/%s",
    "supplier.dispute": "/dispute/%s",
    "supplier.document": "/documents",
    "supplier.incident": "/incident/%s",
    "supplier.corrective.action": "/action/%s",
    "supplier.certification": "/certification/%s",
    "supplier.contract": "/contract/%s",
    "supplier.announcement": "",
    "supplier.demand": "/demand",
    "supplier.idea": "/ideas",
    "supplier.meeting": "/meeting/%s",
}
#: Where it leads to when there is no page of it any more.
GONE = {"called_off": "/meetings"}


def _place_of(meeting):
    return qualified(meeting.env, filter(None, (meeting.when_text, meeting.location)))


class SupplierPortal(models.AbstractModel):
    """Mails with a link, when something waits in the portal: to whoever can log in."""

    _inherit = "supplier.portal"

    @api.model
    def _people(self, suppliers, companies):
        """Return who can log in for suppliers.

        :param suppliers: commercial entities
        :param companies: the login is for one of them; none: for any
        :return: ``{supplier: users}``, with all rights
        """
        if not suppliers:
            return {}
        domain = Domain("partner_id.commercial_partner_id", "in", suppliers.ids)
        if companies:
            domain &= Domain("company_ids", "in", companies.ids)
        return self._logins(domain)

    @api.model
    def _logins(self, domain):
        """Return who can log in, however far below a company their contact stands.

        :param Domain domain: which users
        :return: ``{commercial entity: users}``, with all rights
        """
        users = self.env["res.users"].sudo()
        portal = self.env.ref(PORTAL).ids
        found = users.search(
            domain & Domain("share", "=", True) & Domain("all_group_ids", "in", portal)
        )
        return found.grouped(lambda user: user.partner_id.commercial_partner_id)

    @api.model
    def _tell(self, records, what, suppliers=None):
        """Put mails about records into the queue, each in the language of who reads it.

        :param records: of one model, with a supplier and a company
        :param str what: happened to them; see :meth:`_words`
        :param suppliers: whom; by default all that the records are about
        """
        self._write_to(self._readers_of(records, suppliers), what)

    @api.model
    def _readers_of(self, records, suppliers=None):
        """Return who reads of records in the portal.

        :param records: of one model, with a supplier and a company
        :param suppliers: whose people; by default of all that the records are about
        :return: pairs of a record, with all rights, and a user
        """
        records = records.sudo()
        asked = suppliers
        if suppliers is None:
            suppliers = self._concerned(records)
        # Each is compared with the companies of the login below.
        people = self._people(suppliers, self.env["res.company"])
        return [
            (record, user)
            for record in records
            for supplier in (self._concerned(record) if asked is None else asked)
            for user in people.get(supplier, ())
            if not record.company_id or record.company_id in self._companies_of(user)
        ]

    def _concerned(self, records):
        """Return the suppliers that records are about: of meetings, all parties."""
        if "party_ids" in records._fields:
            return records.party_ids
        return records.partner_id.commercial_partner_id

    @api.model
    def _write_to(self, pairs, what):
        """Put mails into the queue.

        :param list pairs: records, and the users who read of them
        :param str what: happened
        """
        mails = self.env["mail.mail"].sudo()
        mails.create([self._mail_vals(record, user, what) for record, user in pairs])

    def _mail_vals(self, record, user, what):
        record = record.with_context(lang=user.lang or self.env.lang)
        company = record.company_id or user.company_id
        subject, text = self._words(record, what)
        page = GONE.get(what) or PAGES[record._name]
        path = "/my/supplier" + page.replace("%s", str(record.id))
        body = record.env["ir.qweb"]._render(
            MAIL,
            {
                "name": user.name,
                "text": text,
                "url": record.get_base_url() + path,
                "company": company.name,
            },
            lang=user.lang,
        )
        return {
            "subject": subject,
            "body_html": Markup(body),
            # Of the same text: while it waits, the chatter would call it removed.
            "body": Markup(body),
            "email_from": company.email_formatted or self.env.user.email_formatted,
            "recipient_ids": [(4, user.partner_id.id)],
            "auto_delete": True,
            "model": record._name,
            "res_id": record.id,
        }

    def _words(self, record, what):
        """Return subject and text of a mail, in the language of the record.

        :param str what: ``published``, ``asked``, ``rejected``, ``expiring``,
            ``answered``, ``shared``, ``announced``, ``demand``, ``idea``, or what
            :meth:`_words_of_meeting` knows
        """
        if record._name == "supplier.meeting":
            return self._words_of_meeting(record, what)
        env, name = record.env, record.display_name
        words = {
            "published": (
                env._("Your scorecard: %s", name),
                env._("There is a new scorecard for you."),
            ),
            "asked": (
                env._("Please answer: %s", name),
                env._("We wait for your answer."),
            ),
            "rejected": (
                env._("Please send it again: %s", name),
                env._("What you sent was not accepted. You see there what to mend."),
            ),
            "expiring": (
                env._("Please renew: %s", name),
                env._("This document expires soon. Please send us the new one."),
            ),
            "answered": (
                env._("Your dispute: %s", name),
                env._("Your dispute was decided."),
            ),
            "shared": (
                env._("Your contract: %s", name),
                env._("You find there what we agreed, with the files."),
            ),
            "idea": (
                env._("Your idea: %s", name),
                env._("You find there what becomes of it."),
            ),
            "announced": (name, env._("There is an announcement for you.")),
            "demand": (
                env._("What we expect to need from you"),
                env._(
                    "We shared, changed or withdrew what we expect to need from you in "
                    "the coming months. It is a plan, and no order."
                ),
            ),
        }
        return words[what]

    def _words_of_meeting(self, meeting, what):
        """Return subject and text of a mail to a party.

        :param str what: ``meeting``, ``moved`` or ``called_off``
        """
        env, name = meeting.env, meeting.display_name
        words = {
            "meeting": (
                env._("Your meeting with us: %s", name),
                env._("You find there when it is, and what we talk about with you."),
            ),
            "moved": (
                env._("Your meeting with us was changed: %s", name),
                env._("It is now at another time or place: %s", _place_of(meeting)),
            ),
            "called_off": (
                env._("Your meeting with us is called off: %s", name),
                env._("We do not expect you at this meeting any more."),
            ),
        }
        return words[what]
