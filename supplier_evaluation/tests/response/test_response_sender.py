from odoo.tests import tagged

from .common import ResponseCommon


@tagged("post_install", "-at_install")
class TestResponseSender(ResponseCommon):
    """Whoever writes for the supplier answers; who is unknown leaves it open."""

    def test_unknown_address_of_the_supplier_s_domain(self):
        self._mail("Jo <Jo@Vendor.Example>")
        self.assertAnsweredAfter(4)
        self.assertEqual(self._value("response_rate"), 100)

    def test_sender_without_a_readable_address(self):
        self._mail("The spokesman of nobody")
        self.assertLeftOut("nobody's")

    def test_address_below_the_supplier_s_domain(self):
        self._mail("jo@plant2.vendor.example")
        self.assertAnsweredAfter(4)

    def test_domain_of_a_contact(self):
        self._mail("jo@golden.example.com")
        self.assertAnsweredAfter(4)

    def test_address_where_nobody_reads(self):
        """A ticket was opened, or our mail could not be delivered: who knows?"""
        for index, name in enumerate(
            ("noreply", "no-reply", "Do-Not-Reply", "postmaster", "no_reply+12")
        ):
            with self.subTest(name=name):
                self._mail(f"Support <{name}@vendor.example>", hours=5 - index / 2)
                self.assertLeftOut(f"{name.lower()}@vendor.example")
        self._mail("noreplyson@vendor.example", hours=1)
        self.assertAnsweredAfter(1)

    def test_domain_that_only_ends_alike(self):
        self._mail("jo@notvendor.example")
        self.assertLeftOut("jo@notvendor.example")

    def test_public_provider(self):
        """Everybody can have an address there, also somebody else than the supplier."""
        for index, provider in enumerate(("qq.com", "gmail.com", "vip.163.com")):
            with self.subTest(provider=provider):
                self.supplier.email = f"vendor@{provider}"
                self._mail(f"somebody@{provider}", hours=index + 1)
                self.assertLeftOut("somebody@qq.com")

    def test_public_address_of_a_contact_that_was_saved_later(self):
        self._mail("jo.vendor@qq.com")
        self.assertLeftOut("jo.vendor@qq.com")
        self._create_contact("Jo", email="Jo.Vendor@qq.com")
        self.assertAnsweredAfter(4)

    def test_address_that_another_partner_has_too(self):
        """The gateway finds one partner of an address, not always the right one."""
        self._create_supplier("Double", email="desk@golden.example.com")
        double = self._create_supplier("Triple", email="twice@vendor.org")
        self._create_contact("Jo", email="twice@vendor.org")
        self._answer(
            self.order,
            "2026-03-02 05:00:00",
            author=double,
            email_from="twice@vendor.org",
        )
        self.assertAnsweredAfter(4)

    def test_sender_who_was_saved_without_its_company(self):
        lone = self._create_supplier("Jo", is_company=False, email="jo@vendor.example")
        self._answer(self.order, "2026-03-02 05:00:00", author=lone)
        self.assertAnsweredAfter(4)

    def test_unknown_sender_who_was_saved_without_a_company(self):
        lone = self._create_supplier("Jo", is_company=False, email="jo@else.example")
        self._answer(self.order, "2026-03-02 05:00:00", author=lone)
        self.assertLeftOut("jo@else.example")

    def test_another_company_is_no_unknown_sender(self):
        carrier = self._create_supplier("Carrier", email="desk@carrier.example")
        driver = self._create_supplier("Driver", parent_id=carrier.id, is_company=False)
        self._answer(self.order, "2026-03-02 05:00:00", author=carrier)
        self._answer(self.order, "2026-03-02 06:00:00", author=driver)
        self.assertAnsweredAfter(None)

    def test_unknown_sender_and_then_the_supplier(self):
        """What the supplier answered in time counts; what it answered late may be a
        second answer."""
        self._mail("agent@else.example", hours=2)
        self._mail("sales@vendor.example", hours=6)
        self.assertAnsweredAfter(6)
        late = {"response_hours": 5}
        self.assertEqual(self._facts(**late).exclusion, "no_reference")
        self.assertIsNone(self._value("response_time", **late))

    def test_unknown_sender_after_a_late_answer(self):
        self._mail("sales@vendor.example", hours=60)
        self._mail("agent@else.example", hours=70)
        self.assertAnsweredAfter(60)
        self.assertEqual(self._value("response_rate"), 0)

    def test_unknown_sender_does_not_end_the_exchange(self):
        """A reminder of ours belongs to the question before it."""
        self._mail("agent@else.example", hours=2)
        self._ask(self.order, "2026-03-03 01:00:00")
        self.assertLeftOut("agent@else.example")

    def test_our_own_domain(self):
        """A colleague without a contact of its own is nobody's answer."""
        self.company.email = "info@ours.example"
        self._mail("colleague@ours.example")
        self.assertAnsweredAfter(None)

    def test_supplier_with_our_own_domain(self):
        """Of a company of our group; who of us or of them wrote is not known."""
        self.company.email = "info@vendor.example"
        self._mail("colleague@vendor.example")
        self.assertLeftOut("colleague@vendor.example")

    def test_portal_user_of_the_supplier(self):
        user = self._create_user("vendor_portal", "base.group_portal")
        user.partner_id.parent_id = self.supplier
        self._write(
            self.order.with_user(user).sudo(),
            "2026-03-02 05:00:00",
            {"author_id": user.partner_id.id},
        )
        self.assertAnsweredAfter(4)


@tagged("post_install", "-at_install")
class TestResponseAutomatic(ResponseCommon):
    """No machine answers for the supplier."""

    def test_subjects(self):
        for subject in (
            "Automatic reply: Order",
            "Out of Office: Order",
            "Abwesenheitsnotiz: Order",
            "=?utf-8?b?6Ieq5Yqo5Zue5aSN?=: Order",
            "[Auto-Reply] Order",
            "Undeliverable: Order",
            "I am out of the office until Monday",
            "Urlaub Re: Order",
            "Absence: Re: Order",
            # Mails were opened, or not.
            "Read: Order",
            "Not read: Order",
            "Gelesen: Order",
            "Lu : Order",
            "Leído: Order",
            "已读: Order",
            "Lida: Order",
            "Przeczytano: Order",
            "=?utf-8?b?5p2l6Ieq5p2O5bel55qE6Ieq5Yqo5Zue5aSN?=",
            "Assente dall'ufficio: Order",
            # What our own mail server puts before it.
            "[EXTERNAL] Automatic reply: Order",
            "EXT: Automatic reply: Order",
            "***SPAM*** Out of Office: Order",
            "{Spam?} [EXT] Abwesenheitsnotiz: Order",
        ):
            with self.subTest(subject=subject):
                self._mail("sales@vendor.example", subject=subject)
                self._mail("unknown@vendor.example", subject=subject)
                self._mail("unknown@else.example", subject=subject)
                self.assertAnsweredAfter(None)

    def test_headers(self):
        for header in (
            "Auto-Submitted: auto-replied",
            "Auto-Submitted: auto-generated (vacation)",
            "Precedence: auto_reply",
            "Precedence: bulk",
            "X-Autoreply: yes",
            "X-Failed-Recipients: sales@vendor.example",
            "Return-Path: <>",
        ):
            with self.subTest(header=header):
                self._mail("sales@vendor.example", headers=[header])
                self.assertAnsweredAfter(None)

    def test_what_people_write(self):
        for hours, subject, header in (
            (4, "Re: Automatic reply: Order", "Auto-Submitted: no"),
            (3, "Delivery delayed", "Precedence: list"),
            (2, "Undelivered goods of your order", "X-Mailer: Office"),
            (1.5, "Absence of the certificate", "X-Mailer: Office"),
            (1, "Reading your order", "X-Mailer: Office"),
            (1, "Auto: Lieferung per LKW", "X-Mailer: Office"),
            (1, "Away: truck", "X-Mailer: Office"),
            (1, "Return receipt of goods P00012", "X-Mailer: Office"),
            (1, "Urlaub im August: Liefertermin", "X-Mailer: Office"),
            (1, "Urlaubsbedingte Verzögerung", "X-Mailer: Office"),
            (1, "休假期间的交货安排", "X-Mailer: Office"),
            (1, "休假通知: 交货推迟", "X-Mailer: Office"),
            (0.9, "[EXTERNAL] Re: Order", "X-Mailer: Office"),
            (0.8, "请取消自动回复", "X-Mailer: Office"),
        ):
            with self.subTest(subject=subject):
                self._mail("sales@vendor.example", hours, subject, headers=[header])
                self.assertAnsweredAfter(hours)

    def test_subject_in_a_database_that_took_it_for_an_answer(self):
        self._answer(self.order, "2026-03-02 05:00:00", subject="Out of office: Jo")
        self.assertAnsweredAfter(None)

    def test_machine_on_an_incident(self):
        """Neither the exchange nor the incident has a first answer."""
        incident = self._incident("Cracked")
        question = self._ask(incident, "2026-03-13 01:00:00")
        self._mail("sales@vendor.example", subject="Out of office", to=question)
        self.assertFalse(incident.date_first_answer)
        self.assertFalse(any(self._facts().mapped("answered")))

    def test_machine_on_a_receipt(self):
        picking = self.order.picking_ids
        message = self._ask(picking, "2026-03-02 02:00:00")
        header = "Auto-Submitted: auto-replied"
        self._mail("sales@vendor.example", headers=[header], to=message)
        self.assertAnsweredAfter(None)
        self._mail("sales@vendor.example", hours=5, to=message)
        self.assertAnsweredAfter(6)


@tagged("post_install", "-at_install")
class TestResponseThreads(ResponseCommon):
    """Who answers takes the mail at hand."""

    def test_answer_on_the_receipt(self):
        self._answer(self.order.picking_ids, "2026-03-02 06:00:00")
        self.assertAnsweredAfter(5)

    def test_answer_on_a_receipt_of_another_order(self):
        other = self._order(1, 5, "2026-03-20")
        self._answer(other.move_ids.picking_id, "2026-03-02 06:00:00")
        self.assertAnsweredAfter(None)

    def test_answer_on_the_back_order(self):
        line = self.order.order_line
        self._receive(line, "2026-03-02 02:00:00", 4)
        back_order = self.order.picking_ids.filtered(lambda p: p.state != "done")
        self._answer(back_order, "2026-03-02 06:00:00")
        self.assertAnsweredAfter(5)

    def test_answer_on_the_bill(self):
        self._create_accounts()
        bill = self._bill(self.order.order_line, 10, 5)
        self._answer(bill, "2026-03-02 06:00:00")
        self.assertAnsweredAfter(5)

    def test_answer_on_an_incident_of_the_order(self):
        incident = self._incident("Cracked", "2026-03-01", order_id=self.order.id)
        self._answer(incident, "2026-03-02 06:00:00")
        self.assertAnsweredAfter(5)

    def test_incident_that_is_answered_on_its_order(self):
        self._answer(self.order, "2026-03-02 06:00:00")
        incident = self._incident("Cracked", order_id=self.order.id)
        self._ask(incident, "2026-03-13 01:00:00")
        self._answer(self.order, "2026-03-13 06:00:00")
        fact = self._facts().filtered("incident_id")
        self.assertAlmostEqual(fact.response_hours, 5)

    def test_incident_that_is_answered_on_the_receipt(self):
        picking = self.order.picking_ids
        incident = self._incident("Cracked", order_id=self.order.id)
        self._ask(incident, "2026-03-13 01:00:00")
        self._answer(picking, "2026-03-13 06:00:00")
        fact = self._facts().filtered("incident_id")
        self.assertAlmostEqual(fact.response_hours, 5)

    def test_message_on_a_receipt_is_no_question(self):
        """Orders and incidents are where a supplier is asked."""
        picking = self.order.picking_ids
        self._ask(picking, "2026-03-05 01:00:00")
        self.assertEqual(self._facts().res_model, "purchase.order")
        self.assertAnsweredAfter(None)

    def test_note_on_the_receipt_is_no_answer(self):
        self._answer(
            self.order.picking_ids,
            "2026-03-02 06:00:00",
            subtype_xmlid="mail.mt_note",
        )
        self.assertAnsweredAfter(None)

    def test_answer_elsewhere_ends_the_exchange(self):
        self._answer(self.order.picking_ids, "2026-03-02 06:00:00")
        self._ask(self.order, "2026-03-05 01:00:00")
        self._answer(self.order, "2026-03-05 04:00:00")
        self.assertEqual(sorted(self._facts().mapped("response_hours")), [3, 5])
