import re
from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import BUYER
from .common import NOW, AssessmentCommon


@tagged("post_install", "-at_install")
class TestAssessment(AssessmentCommon):
    """Who is asked, by whom and how, and who is not."""

    def test_everybody_is_asked_in_their_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        question = self.questionnaire.question_ids[0]
        question.with_context(lang="fr_FR").name = "À l'heure ?"
        self.anna.lang = "fr_FR"
        reviews = self._ask(self.anna | self.bert)
        self.assertFalse(self.problems)
        first, second = reviews
        self.assertEqual(first.respondent_id, self.anna)
        self.assertEqual(first.answer_ids[0].name, "À l'heure ?")
        self.assertEqual(second.answer_ids[0].name, "On time?")
        self.assertRegex(first.name, r"CUST/2026/\d{5}")
        self.assertEqual(first.user_id, self.people["user"])
        self.assertEqual(first.partner_id, self.supplier)
        mail = self._mails("anna@nordhafen.example.com")
        self.assertIn(f"/supplier/assessment/{self._token(first)}", mail.body_html)
        self.assertNotIn(self._token(second), mail.body_html)
        self.assertIn("16/03/2026", mail.subject)
        # Nothing in the link answers anything.
        [address] = re.findall(r'href="([^"]*assessment[^"]*)"', mail.body_html)
        self.assertNotIn("?", address)
        self.assertIn(self.people["user"].email or "", mail.reply_to or "")

    def test_nobody_of_us_reads_a_link(self):
        review = self._ask(self.anna)
        token = self._token(review)
        self.assertGreater(len(token), 50)
        for person in ("user", "manager"):
            own = self._as(review, person)
            for name in ("token_key", "token_secret"):
                with self.assertRaises(AccessError):
                    own.read([name])
                with self.assertRaises(AccessError):
                    own.search([(name, "!=", False)])
            self.assertFalse({"token_key", "token_secret"} & own.read()[0].keys())
            messages = self._as(self.env["mail.message"], person).search([])
            self.assertNotIn(token, "".join(messages.mapped("body")))

    def test_no_template_gives_a_link_away(self):
        review = self._ask(self.anna)
        token = self._token(review)
        for name in ("asked", "reminder"):
            template = self.env.ref(
                f"supplier_evaluation.mail_template_supplier_customer_review_{name}"
            )
            for text in self._filled(template, review):
                self.assertIn("Anna", text)
                self.assertNotIn(token, text)

    @classmethod
    def _filled(cls, template, review):
        """Return all that a buyer can have filled from a mail template."""
        own, review = cls._as(template, "user"), cls._as(review, "user")
        composer = own.env["mail.compose.message"].with_context(
            default_model=review._name,
            default_res_ids=repr(review.ids),
            default_composition_mode="comment",
            default_template_id=template.id,
        )
        yield composer.create({}).body
        preview = own.env["mail.template.preview"].create(
            {
                "mail_template_id": template.id,
                "resource_ref": f"{review._name},{review.id}",
            }
        )
        yield preview.body_html
        values = {"email_to": "me@private.example.com"}
        mail = own.send_mail(review.id, email_values=values)
        yield cls.env["mail.mail"].browse(mail).body_html
        review.message_post_with_source(template)
        yield review.message_ids[:1].body

    def test_statements_do_not_depend_on_people(self):
        def asked(names):
            people = self.env["res.partner"]
            for name in names:
                people |= self._person(name, f"{name}@many.example.com")
            return self._statements_of(lambda: self._ask(people, user="manager"))

        asked(["warm"])
        few = asked([f"few{number}" for number in range(2)])
        many = asked([f"many{number}" for number in range(22)])
        # Of each: its number.
        self.assertLessEqual(many - few, 20 * 2 + 10)

    def test_who_is_not_asked(self):
        """One that cannot be asked stops nobody else."""
        self.supplier.email = "office@supplier.example.com"
        contact = self.env["res.partner"].create(
            {
                "name": "Their salesman",
                "email": "sales@supplier.example.com",
                "parent_id": self.supplier.id,
            }
        )
        alias = self._person("Alias", "Office@Supplier.example.com")
        mute = self._person("Mute", False)
        gone = self._person("Gone", "gone@nordhafen.example.com", active=False)
        clerk = self.people["clerk"].partner_id
        clerk.email = "clerk@us.example.com"
        friend = self._person("Friend", "clerk@us.example.com")
        left = self.env["res.users"].create(
            {"name": "Left", "login": "Le_ft@us.example.com", "email": "l@us.example"}
        )
        left.active = False
        login = self._person("Login", "le_ft@us.example.com")
        former = self._person("Former", "l@us.example")
        people = contact | alias | mute | gone | clerk | friend | login | former
        # Another address is another person.
        self.anna.email = "leXft@us.example.com"
        reviews = self._ask(people | self.anna)
        self.assertEqual(reviews.respondent_id, self.anna)
        text = "\n".join(self.problems)
        for part in (
            "Their salesman is a contact of",
            "Alias has the e-mail address of a contact",
            "Mute has no e-mail address",
            "Gone is archived",
            "Friend is one of our own people",
            "Login is one of our own people",
            "Former is one of our own people",
        ):
            with self.subTest(part):
                self.assertIn(part, text)
        self.assertEqual(len(self.problems), 8)
        with self.assertRefused("does not assess itself"):
            self._ask(contact)
        with self.assertRefused("is asked already"):
            self._ask(self.anna)
        with self.assertRefused("does not assess itself"):
            reviews._write_guarded({"respondent_id": contact.id})

    def test_what_cannot_be_asked(self):
        with self.assertRefused("is past"):
            self._ask(self.anna, date_due=date(2026, 3, 1))
        with self.assertRefused("at most 180 days"):
            self._ask(self.anna, date_due=date(2026, 8, 30))
        empty = self.env["supplier.questionnaire"].create({"name": "Empty"})
        with self.assertRefused("asks nothing"):
            self._ask(self.anna, questionnaire=empty)
        self.supplier.active = False
        with self.assertRefused("is archived"):
            self._ask(self.anna)

    def test_only_managers_cancel_and_nobody_writes(self):
        review = self._ask(self.anna)
        token = self._token(review)
        with self.assertRaises(AccessError):
            self._as(review, "user").action_cancel()
        for vals in (
            {"score": 100},
            {"state": "done"},
            {"comment": "Good"},
            {"answer_ids": [Command.update(review.answer_ids[0].id, {"rating": "9"})]},
            {"supplier_exclusion": "manual"},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                self._as(review, "manager").write(vals)
        for record in (review, review.answer_ids[0]):
            with self.assertRaises(AccessError):
                record.create(record.copy_data()[0])
        self._as(review, "manager").action_cancel()
        self.assertEqual(review.state, "cancelled")
        with freeze_time(NOW):
            self.assertFalse(review._find_by_token(token))
            self.assertFalse(review.sudo()._submit(self._vals(review, 9, 9, 10), ""))
        with self.assertRaises(UserError):
            self._as(review, "manager").action_cancel()
        self._ask(self.anna)

    def test_the_dialog(self):
        mute = self._person("Mute", False)
        wizard = self._as(self.env["supplier.customer.ask.wizard"], "user").create(
            {
                "company_id": self.company.id,
                "partner_id": self.supplier.id,
                "respondent_ids": [Command.set((self.anna | mute).ids)],
                "questionnaire_id": self.questionnaire.id,
                "date_due": fields.Date.today() + timedelta(days=30),
            }
        )
        self.assertIn("Mute has no e-mail", wizard.problem)
        action = wizard.action_apply()
        self.assertIn("Mute", action["params"]["message"])
        supplier = self._as(self.supplier, "user")
        found = self.env["supplier.customer.review"].search(
            supplier.action_open_supplier_customer_reviews()["domain"]
        )
        self.assertEqual(found.respondent_id, self.anna)
        self.assertEqual(supplier.supplier_customer_review_count, 1)
        opened = supplier.action_ask_customers()["context"]
        self.assertEqual(opened, {"default_partner_id": self.supplier.id})

    def test_reminded_once(self):
        early, late = self._ask(self.anna | self.bert)
        late._cancel()
        other = self._person("Cleo", "cleo@nordhafen.example.com")
        same_day = self._ask(other, now="2026-03-14 02:00:00")
        self.env.cr.execute(
            "UPDATE supplier_customer_review SET create_date = %s WHERE id = %s",
            # In Shanghai the fourteenth has begun.
            ("2026-03-13 17:00:00", same_day.id),
        )
        self.env.cr.execute(
            "UPDATE supplier_customer_review SET create_date = %s WHERE id = %s",
            (NOW, early.id),
        )
        self.env.invalidate_all()
        sent = self._mails(self.anna.email)
        self._remind("2026-03-12 02:00:00")
        self.assertFalse(early.date_reminded)
        for _run in range(2):
            self._remind("2026-03-14 03:00:00")
        self.assertEqual(early.date_reminded, date(2026, 3, 14))
        self.assertFalse(same_day.date_reminded)
        new = self._mails(self.anna.email) - sent
        self.assertEqual(len(new), 1)
        self.assertIn(self._token(early), new.body_html)
        self.assertEqual(len(self._mails(self.bert.email)), 1)
        self._remind("2026-03-15 03:00:00")
        self.assertTrue(same_day.date_reminded)
        self._remind("2026-03-18 03:00:00")
        self.assertEqual(len(self._mails(self.anna.email) - sent), 1)

    def test_a_language_that_was_switched_off(self):
        french = self.env["res.lang"]._activate_lang("fr_FR")
        self.anna.lang = "fr_FR"
        review = self._ask(self.anna)
        self.assertEqual(review.lang, "fr_FR")
        self.env.cr.execute(
            "UPDATE supplier_customer_review SET create_date = %s WHERE id = %s",
            (NOW, review.id),
        )
        self.anna.lang = "en_US"
        french.active = False
        # Of somebody who is unarchived, it stays.
        self.env.cr.execute(
            "UPDATE res_partner SET lang = 'fr_FR' WHERE id IN %s",
            ((self.bert.id, self.people["user"].partner_id.id),),
        )
        self.env.invalidate_all()
        self._remind("2026-03-14 03:00:00")
        self.assertEqual(review.date_reminded, date(2026, 3, 14))
        self.assertEqual(review.lang, self.company.partner_id.lang)
        self.assertTrue(self._answer(review, 10, 10, 10, now="2026-03-15 02:00:00"))
        self.assertEqual(self._ask(self.bert, user="manager").lang, review.lang)

    def test_people_that_become_one(self):
        """The last one stays open; nobody is asked about itself."""
        first, second = self._ask(self.anna | self.bert)
        seller = self._create_supplier("Bought up")
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((self.anna | self.bert).ids, self.bert)
        self.env.invalidate_all()
        self.assertEqual((first.state, second.state), ("cancelled", "open"))
        self.assertEqual(first.respondent_id, self.bert)
        wizard._merge((seller | self.supplier).ids, self.supplier)
        self.assertEqual(second.exists().partner_id, self.supplier)
        wizard._merge((self.customer | self.supplier).ids, self.supplier)
        self.env.invalidate_all()
        self.assertEqual(second.state, "cancelled")

    def test_addresses_that_are_taken_over(self):
        """Who entered an address did so, whoever merges the contacts."""
        maker = self._create_user(
            "assessment_maker", f"{BUYER},base.group_partner_manager"
        )
        partners = self.env["res.partner"].with_user(maker)
        made = partners.create({"name": "Made up", "email": "made@free.example"})
        changed = self._create_supplier("Changed")
        with freeze_time("2026-03-01 02:00:00"):
            changed.with_user(maker).email = "changed@free.example"
        known = [
            (made.with_env(self.env), made.create_date),
            (changed, datetime(2026, 3, 1, 2)),
        ]
        wizard = self.env["base.partner.merge.automatic.wizard"]
        for source, entered in known:
            target = self._create_supplier("Without an address")
            target.email = False
            address = source.email
            wizard._merge((source | target).ids, target)
            self.env.invalidate_all()
            self.assertEqual(target.email, address)
            self.assertEqual(target._mail_entered(), (maker, entered))
        # Its own address stays, and who entered it.
        source = self._create_supplier("Other")
        source.with_user(maker).email = "other@free.example"
        wizard._merge((source | self.bert).ids, self.bert)
        self.env.invalidate_all()
        self.assertEqual(self.bert._mail_entered()[0], self.bert.create_uid)

    def test_people_that_move(self):
        """Where a supplier becomes a part of another one, nobody is asked twice."""
        bought = self._create_supplier("Bought up")
        first = self._ask(self.anna, supplier=bought)
        second, third = self._ask(self.anna | self.bert)
        other = self._ask(self.bert, supplier=bought)
        bought.write({"parent_id": self.supplier.id, "is_company": False})
        self.env.flush_all()
        self.assertEqual((first.state, second.state), ("cancelled", "open"))
        self.assertEqual((third.state, other.state), ("cancelled", "open"))
        self.assertEqual(other.commercial_partner_id, self.supplier)
        # Nor is anybody asked about the own company.
        self.anna.parent_id = self.supplier
        self.assertEqual(second.state, "cancelled")
        self.customer.write({"parent_id": bought.id, "is_company": False})
        self.assertEqual(other.state, "cancelled")

    def test_whom_one_entered_somebody_else_asks(self):
        """Nobody makes up a customer, asks them and answers, all alone."""
        self.people["maker"] = self._create_user(
            "assessment_maker", f"{BUYER},base.group_partner_manager"
        )

        def made_by(user, address):
            partners = self.env["res.partner"].with_user(self.people[user]).sudo()
            person = partners.create({"name": address, "email": f"{address}@x.example"})
            return person.with_env(self.env)

        mine = made_by("maker", "mine")
        with self.assertRefused("You entered the contact mine yourself"):
            self._ask(mine, user="maker")
        dialog = self._as(self.env["supplier.customer.ask.wizard"], "maker").new(
            {"partner_id": self.supplier.id, "respondent_ids": mine.ids}
        )
        self.assertIn("yourself", dialog.problem)
        self.assertEqual(self._ask(mine).respondent_id, mine)
        self.assertTrue(self._ask(self.anna, user="maker"))
        self.assertTrue(self._ask(made_by("manager", "theirs"), user="manager"))

    def test_whose_address_one_changed_somebody_else_asks(self):
        """Nobody has a link sent to an address of their own, and answers it."""
        self.people["maker"] = self._create_user(
            "assessment_maker", f"{BUYER},base.group_partner_manager"
        )
        contact = self._as(self.bert, "maker")
        with self.assertRaises(AccessError):
            contact.read(["supplier_email_user_id"])
        # Written the same, or something else: that is no other address.
        contact.write({"email": "Bert@nordhafen.example.com", "function": "Buyer"})
        review = self._ask(self.bert, user="maker")
        self.assertEqual(review.email_user_id, self.bert.create_uid)
        self.assertEqual(review.email_date, self.bert.create_date)
        self._as(review, "manager").action_cancel()
        with freeze_time("2026-03-01 02:00:00"):
            contact.with_context(tracking_disable=True).email = "me@free.example"
        # Whoever writes something else there did not enter it.
        self.bert.write({"function": "Boss", "supplier_email_user_id": False})
        with self.assertRefused("entered the e-mail address of Nordhafen GmbH, Bert"):
            self._ask(self.bert, user="maker")
        # A colleague asks, and who reads the answer sees whose address it is.
        review = self._ask(self.bert)
        self.assertEqual(review.email, "me@free.example")
        self.assertEqual(review.email_user_id, self.people["maker"])
        self.assertEqual(str(review.email_date), "2026-03-01 02:00:00")
        # It stays what it was when they were asked.
        self.bert.email = "bert@nordhafen.example.com"
        self.assertEqual(review.email_user_id, self.people["maker"])
        self.assertEqual(review.email, "me@free.example")
        rival = self._create_supplier("Rival")
        self.assertTrue(self._ask(self.bert, user="maker", supplier=rival))
