import secrets
from datetime import timedelta

from odoo import SUPERUSER_ID, Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import escape_psql

from ...matching import normalise_mail
from ...tools.groups import MANAGER_GROUP

ASKED_MAIL = "supplier_evaluation.mail_template_supplier_customer_review_asked"
#: Characters of a token: those by which its record is found, and the secret ones.
KEY_BYTES, SECRET_BYTES = 12, 32
#: So many days people have at most: as long, and a month, their link is good.
MOST_DAYS = 180
#: So many people are asked in one go, as many as mails are made in one.
BATCH = 50


class SupplierCustomerReview(models.Model):
    """Asks people outside about a supplier, each in their language.

    One that cannot be asked stops nobody else: it is told who and why.
    """

    _inherit = "supplier.customer.review"

    @api.model
    def _ask(self, company, supplier, people, questionnaire, date_due, about=False):
        """Ask people about a supplier, and write to them.

        :param company: ``res.company`` that asks
        :param supplier: ``res.partner``, of which the company is meant
        :param people: ``res.partner`` to ask
        :param questionnaire: ``supplier.questionnaire``
        :param date date_due: last day on which an answer is in time
        :param str about: what it is about, in words
        :return: the new records, and a list of who was not asked and why, in words
        :raises UserError: the day is past or too far away, nothing is asked, or nobody
            can be asked
        """
        (supplier | people).check_access("read")
        questionnaire.check_access("read")
        supplier = supplier.commercial_partner_id
        self._check_askable(company, supplier, questionnaire, date_due)
        problems = self._problems_of(supplier, people, company)
        asked = self._already_asked(company, supplier, people)
        for person in asked - people.browse(problems):
            problems[person.id] = self.env._(
                "%s is asked already, and has not answered yet.", person.display_name
            )
        able = people.filtered(lambda person: person.id not in problems)
        if not able:
            raise UserError("\n".join(problems.values()))
        vals = {
            "company_id": company.id,
            "partner_id": supplier.id,
            "user_id": self.env.uid,
            "questionnaire_id": questionnaire.id,
            "comment_threshold": questionnaire.comment_threshold,
            "date_due": date_due,
            "about": (about or "").strip(),
        }
        reviews = self._make(vals, able)
        reviews._send(ASKED_MAIL)
        return self.browse(reviews.ids), list(problems.values())

    @api.model
    def _make(self, vals, people):
        """Make one record for each person, with the questions in their language."""
        company = self.env["res.company"].browse(vals["company_id"])
        number = self.env["ir.sequence"].sudo()._next_supplier_number
        questionnaire = self.env["supplier.questionnaire"].browse(
            vals["questionnaire_id"]
        )
        langs = {person: self._language(person.lang, company) for person in people}
        questions = {
            lang: self._questions(questionnaire, lang) for lang in set(langs.values())
        }
        entered = {person: person._mail_entered() for person in people}
        vals_list = [
            {
                **vals,
                "name": number(self._name, company),
                "respondent_id": person.id,
                "email": normalise_mail(person.email),
                "email_user_id": entered[person][0].id,
                "email_date": entered[person][1],
                "lang": langs[person],
                "token_key": secrets.token_urlsafe(KEY_BYTES),
                "token_secret": secrets.token_urlsafe(SECRET_BYTES),
                "answer_ids": [
                    Command.create(question) for question in questions[langs[person]]
                ],
            }
            for person in people
        ]
        quiet = {"mail_create_nosubscribe": True, "mail_create_nolog": True}
        return self.sudo().with_context(**quiet)._unguarded().create(vals_list)

    @api.model
    def _language(self, lang, company):
        """Return a language, or the company's if that one was switched off or is none.

        Nothing is rendered in a language that was switched off.
        """
        known = {code for code, _name in self.env["res.lang"].get_installed()}
        wanted = (lang, company.sudo().partner_id.lang, self.env.lang)
        return next((code for code in wanted if code in known), False)

    @api.model
    def _questions(self, questionnaire, lang):
        answers = self.env["supplier.customer.review.answer"]
        return [
            answers._asked(question)
            for question in questionnaire.with_context(lang=lang).question_ids
        ]

    # ------------------------------------------------------------
    # Who can be asked
    # ------------------------------------------------------------

    @api.model
    def _check_askable(self, company, supplier, questionnaire, date_due):
        today = company._supplier_day(fields.Datetime.now())
        if date_due < today:
            raise UserError(
                self.env._("The day until which they answer is past: choose a later.")
            )
        if date_due > today + timedelta(days=MOST_DAYS):
            raise UserError(
                self.env._(
                    "People have at most %s days to answer: choose an earlier day.",
                    MOST_DAYS,
                )
            )
        if not supplier.active:
            raise UserError(
                self.env._(
                    "%s is archived: unarchive it before people are asked about it.",
                    supplier.display_name,
                )
            )
        questions = questionnaire.question_ids
        if not questions:
            raise UserError(
                self.env._(
                    "The questionnaire “%s” asks nothing: add questions to it.",
                    questionnaire.name,
                )
            )
        questions._check_choices()

    @api.model
    def _problems_of(self, supplier, people, company):
        """Return why people cannot be asked about a supplier, by their ids.

        :param supplier: a company
        :param company: ``res.company`` that asks, one or several
        :rtype: dict[int, str]
        """
        people, supplier = people.sudo(), supplier.sudo().commercial_partner_id
        mails = {person: normalise_mail(person.email) for person in people}
        own = self._entered_by_asker(people)
        its, ours = self._mails_of(supplier), self._our_mails(people, mails.values())
        problems = {}
        for person in people:
            values = {
                "person": person.display_name,
                "supplier": supplier.display_name,
                "mail": mails[person],
            }
            if not person.active:
                problems[person.id] = self.env._("%(person)s is archived.", **values)
            elif not mails[person]:
                problems[person.id] = self.env._(
                    "%(person)s has no e-mail address that can be written to.", **values
                )
            elif person.commercial_partner_id == supplier:
                problems[person.id] = self.env._(
                    "%(person)s is a contact of %(supplier)s, which does not assess "
                    "itself.",
                    **values,
                )
            elif mails[person] in its:
                problems[person.id] = self.env._(
                    "%(person)s has the e-mail address of a contact of %(supplier)s "
                    "(%(mail)s), which does not assess itself.",
                    **values,
                )
            elif mails[person] in ours or person.commercial_partner_id in (
                company.sudo().partner_id
            ):
                problems[person.id] = self.env._(
                    "%(person)s is one of our own people. Those are asked by the "
                    "reviews of a scorecard template.",
                    **values,
                )
            elif person in own and person.create_uid != self.env.user:
                problems[person.id] = self.env._(
                    "You entered the e-mail address of %(person)s yourself (%(mail)s): "
                    "a manager or a colleague asks them.",
                    **values,
                )
            elif person in own:
                problems[person.id] = self.env._(
                    "You entered the contact %(person)s yourself: a manager or a "
                    "colleague asks them.",
                    **values,
                )
        return problems

    @api.model
    def _entered_by_asker(self, people):
        """Return those that whoever asks entered, and may not ask alone.

        Also those whose address they set: the link goes there. Who makes up somebody,
        asks them and answers would make a figure on their own. A manager is trusted
        with that: they decide what counts anyway.
        """
        user = self.env.user
        if user._is_superuser() or user.has_group(MANAGER_GROUP):
            return people.browse()
        return people.filtered(
            lambda person: (
                user in (person.create_uid, person.sudo().supplier_email_user_id)
            )
        )

    @api.model
    def _mails_of(self, supplier):
        """Return the addresses of a supplier and its contacts, archived ones, too."""
        contacts = supplier.with_context(active_test=False).search_fetch(
            [("commercial_partner_id", "=", supplier.id), ("email", "!=", False)],
            ["email"],
        )
        return {normalise_mail(contact.email) for contact in contacts}

    @api.model
    def _our_mails(self, people, mails):
        """Return those of some addresses at which one of our users is, or was.

        Many log in with their address, and have none besides.
        """
        users = self.env["res.users"].sudo().with_context(active_test=False)
        mails = [*filter(None, mails)]
        theirs = Domain.OR(
            [
                Domain("partner_id", "in", people.ids),
                Domain("partner_id.email_normalized", "in", mails),
                *(Domain("login", "=ilike", escape_psql(mail)) for mail in mails),
            ]
        )
        found = users.search(Domain("share", "=", False) & theirs)
        return {
            normalise_mail(address)
            for user in found
            for address in (user.email, user.login)
        }

    @api.model
    def _already_asked(self, company, supplier, people):
        return (
            self.sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("commercial_partner_id", "=", supplier.id),
                    ("respondent_id", "in", people.ids),
                    ("state", "=", "open"),
                ]
            )
            .respondent_id.with_env(self.env)
        )

    # ------------------------------------------------------------
    # Mails
    # ------------------------------------------------------------

    def _send(self, template):
        """Write to the people, each in their language; the mails are queued.

        They are nobody's and about no record: whoever reads a record, or asked, would
        read the link in them.

        :param str template: external id of the mail template
        """
        for review in self:
            lang = self._language(review.lang, review.company_id)
            if lang != review.lang:
                review._write_guarded({"lang": lang})
        # Its environment is the one in which the records give their links.
        mails = self._unguarded().env.ref(template).with_user(SUPERUSER_ID)
        mails.send_mail_batch(self.ids, email_values={"model": False, "res_id": False})

    def _assessment_url(self):
        """Return the address that the mail leads to; to nobody but the mail itself.

        Who reads a record may fill any mail, note or preview from the template, and
        would answer in the name of the person.
        """
        self.ensure_one()
        if not self._is_unguarded():
            return ""
        own = self.sudo()
        token = own.token_key + own.token_secret
        return f"{own.company_id.get_base_url()}/supplier/assessment/{token}"

    def _reply_to(self):
        """Return whom they write back to: who asked, or else the company."""
        self.ensure_one()
        user = self.user_id
        is_here = user.active and not user.share
        return (is_here and user.email_formatted) or self.company_id.email_formatted
