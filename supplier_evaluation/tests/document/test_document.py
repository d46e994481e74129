from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import DocumentCommon


@tagged("post_install", "-at_install")
class TestDocument(DocumentCommon):
    """A document in itself: state, verification, rights."""

    def _states(self, document, *instants):
        states = []
        for instant in instants:
            with freeze_time(instant):
                document.invalidate_recordset(["state"])
                states.append(document.state)
                found = document.search([("state", "=", document.state)])
                self.assertIn(document, found)
                others = document.search([("state", "!=", document.state)])
                self.assertNotIn(document, others)
        return states

    def test_state_follows_the_dates(self):
        document = self._document(date_from="2026-03-01", date_to="2026-05-31")
        self.assertEqual(
            self._states(
                document,
                "2026-02-28 04:00:00",
                "2026-03-01 04:00:00",
                "2026-04-30 04:00:00",
                "2026-05-01 04:00:00",
                "2026-05-31 04:00:00",
                "2026-06-01 04:00:00",
            ),
            ["not_yet", "valid", "valid", "expiring", "expiring", "expired"],
        )

    def test_state_without_dates(self):
        document = self._document()
        self.assertEqual(self._states(document, "2099-01-01"), ["valid"])

    def test_state_before_verification(self):
        document = self._document(verified=None, date_to="2026-03-01")
        self.assertEqual(self._states(document, "2026-06-01"), ["to_verify"])
        document.with_user(self.manager)._reject("unreadable")
        self.assertEqual(self._states(document, "2026-06-01"), ["rejected"])

    def test_state_in_the_time_zone_of_the_company(self):
        document = self._document(company_id=self.company.id, date_to="2026-05-31")
        self.assertEqual(
            self._states(document, "2026-05-31 15:59:00", "2026-05-31 16:01:00"),
            ["expiring", "expired"],
        )
        shared = self._document(date_to="2026-05-31")
        self.assertEqual(
            self._states(shared, "2026-05-31 15:59:00", "2026-05-31 16:01:00"),
            ["expiring", "expired"],
        )

    def test_search_of_states_over_companies(self):
        """Each document is looked at on the day of its own company."""
        london = self._create_company("London", "UTC", "GBP")
        everywhere = self.env["supplier.document"].with_context(
            allowed_company_ids=(self.company | london).ids
        )
        self.env.user.company_ids |= london
        here, there = (
            self._document(company_id=company.id, date_to="2026-05-31")
            for company in (self.company, london)
        )
        with freeze_time("2026-05-31 20:00:00"):
            expired = everywhere.search([("state", "=", "expired")])
            soon = everywhere.search([("state", "in", ["expiring", "valid"])])
        self.assertEqual(expired & (here | there), here)
        self.assertEqual(soon & (here | there), there)

    def test_dates_in_order(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._document(date_from="2026-03-02", date_to="2026-03-01")

    def test_one_day_is_enough(self):
        document = self._document(date_from="2026-03-01", date_to="2026-03-01")
        self.assertEqual(self._states(document, "2026-03-01 04:00"), ["expiring"])

    def test_expiry_is_needed(self):
        insurance = self._create_type("cover", needs_expiry=True)
        with self.assertRefused("Cover of Golden Supplier", ValidationError):
            self._document(insurance)
        document = self._document(insurance, verified=None, date_to="2026-12-31")
        with self.assertRefused("Cover of Golden Supplier", ValidationError):
            document.date_to = False

    def test_expiry_needed_since(self):
        """A type that gets stricter stops the next verification."""
        document = self._document(verified=None)
        self.licence.needs_expiry = True
        with self.assertRefused("needs an expiry date", ValidationError):
            document.with_user(self.manager).action_verify()

    def test_duplicate_is_refused(self):
        self._document(number="4711", issuer="TUV")
        contact = self._create_supplier(
            "Desk", parent_id=self.supplier.id, is_company=False
        )
        for vals in (
            {},
            {"partner_id": contact.id},
            {"number": " 4711"},
            {"issuer": "tuv "},
            {"company_id": self.company.id},
        ):
            with (
                self.subTest(vals=vals),
                self.assertRefused("Golden Supplier already has", ValidationError),
            ):
                self._document(**{"number": "4711", "issuer": "TUV", **vals})

    def test_no_duplicate(self):
        first = self._document(number="4711", issuer="TUV")
        self._document(number="4711", issuer="DEKRA")
        self._document(self._create_type("other"), number="4711", issuer="TUV")
        self._document(number="4711", issuer="TUV", active=False)
        other = self._create_supplier("Other")
        self._document(number="4711", issuer="TUV", partner_id=other.id)
        self._document()
        self._document()
        first.active = False
        self._document(number="4711", issuer="TUV")
        with self.assertRaises(ValidationError):
            first.active = True

    def test_the_same_of_another_supplier_is_noticed(self):
        """It may be right, a certificate of a group; or a forged copy."""
        other = self._create_supplier("Other")
        own = self._document(number="A_1%", issuer="TUV")
        twin = self._document(number="a_1%", issuer="tuv ", partner_id=other.id)
        archived = {"active": False, "partner_id": other.id}
        same = self._document(number="A_1%", issuer="TUV", **archived)
        others = self._document(number="AX1Y", issuer="TUV", partner_id=other.id)
        others |= self._document(number="A_1%", issuer="DEKRA", partner_id=other.id)
        others |= self._document(
            self._create_type("other"), number="A_1%", partner_id=other.id
        )
        others |= self._document() | self._document(partner_id=other.id)
        everything = own | twin | same | others
        everything.invalidate_recordset()
        self.assertEqual(own.duplicate_ids, twin)
        self.assertEqual(twin.duplicate_ids, own)
        self.assertFalse(others.duplicate_ids)
        with Form(own.browse()) as form:
            form.partner_id = self._create_supplier("Third", supplier_rank=1)
            form.type_id = self.licence
            form.number = "A_1%"
            form.issuer = "TUV"
            self.assertEqual(len(form.duplicate_ids), 2)

    def test_the_same_for_two_companies(self):
        london = self._create_company("London", "UTC", "GBP")
        for company in (self.company, london):
            self._document(number="1", company_id=company.id)
        with self.assertRaises(ValidationError):
            self._document(number="1")

    def test_duplicates_within_a_batch(self):
        vals = {
            "partner_id": self.supplier.id,
            "type_id": self.licence.id,
            "number": "8",
        }
        with self.assertRaises(ValidationError):
            self.env["supplier.document"].create([vals, vals])

    def test_company_of_the_vendor(self):
        local = self._create_supplier("Local", company_id=self.company.id)
        self.assertEqual(self._document(partner_id=local.id).company_id, self.company)
        self.assertFalse(self._document().company_id)

    def test_form(self):
        self.supplier.supplier_rank = 1
        insurance = self._create_type("cover", needs_expiry=True)
        documents = self.env["supplier.document"].with_user(self.buyer)
        with Form(documents) as form:
            form.partner_id = self.supplier
            form.type_id = insurance
            form.number = "P-1"
            form.date_to = "2026-12-31"
        document = form.record
        self.assertEqual(document.display_name, "Cover P-1")
        self.assertEqual(document.verification, "to_verify")
        with self.assertRaises(AssertionError), Form(documents) as form:
            form.partner_id = self.supplier
            form.type_id = insurance

    def test_form_proposes_the_dates(self):
        """A year, from the day of issue unless another first day is given."""
        self.supplier.supplier_rank = 1
        insurance = self._create_type("cover", validity_months=12)
        documents = self.env["supplier.document"].with_user(self.buyer)
        for issued, end in (
            (date(2026, 3, 1), date(2027, 2, 28)),
            (date(2028, 2, 29), date(2029, 2, 28)),
        ):
            with Form(documents) as form:
                form.partner_id = self.supplier
                form.type_id = insurance
                form.date_issued = issued
                self.assertEqual((form.date_from, form.date_to), (issued, end))
            self.assertEqual(form.record.date_to, end)
            self.assertEqual(form.record.user_id, self.buyer)
        with Form(documents) as form:
            form.partner_id = self.supplier
            form.type_id = insurance
            form.date_to = last = date(2030, 10, 31)
            form.date_from = date(2030, 1, 1)
            self.assertEqual(form.date_to, last, "what was entered stays")
            form.type_id = self.licence
            self.assertEqual(form.date_to, last)

    def test_days_left(self):
        document = self._document(company_id=self.company.id, date_to="2026-05-31")
        endless = self._document()
        for now, left in (
            ("2026-05-30 15:59", 1),
            ("2026-05-31 15:59", 0),
            ("2026-05-31 16:01", -1),
        ):
            with self.subTest(now), freeze_time(now):
                (document | endless).invalidate_recordset(["days_left"])
                self.assertEqual(document.days_left, left)
                # Python takes False for 0.
                self.assertIsNot(document.days_left, False)
                self.assertIs(endless.days_left, False)

    def test_types_of_the_data(self):
        """Each has reminders that can be read, and says what it is."""
        codes = {
            "business_licence": 0,
            "iso_9001": 36,
            "iatf_16949": 36,
            "iso_14001": 36,
            "iso_45001": 36,
            "insurance": 12,
            "nda": 0,
            "conflict_minerals": 12,
            "environmental_permit": 0,
        }
        for code, months in codes.items():
            with self.subTest(code=code):
                each = self.env.ref(
                    f"supplier_evaluation.supplier_document_type_{code}"
                )
                self.assertEqual(each.validity_months, months)
                self.assertTrue(each._reminder_thresholds())
                self.assertTrue(each.description)

    def test_reminder_days(self):
        for text, thresholds in (
            ("90, 60, 30, 7", [7, 30, 60, 90]),
            ("7,7 , 0", [0, 7]),
            ("30,", [30]),
            (False, []),
        ):
            self.licence.reminder_days = text
            self.assertEqual(self.licence._reminder_thresholds(), thresholds)
        for text in ("ninety", "30; 7", "-7", "7.5", "3651", "9" * 30, "٣"):
            with (
                self.subTest(text=text),
                self.assertRefused("Licence reminds", ValidationError),
            ):
                self.licence.reminder_days = text

    def test_validity_is_not_negative(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.licence.validity_months = -1
            self.licence.flush_recordset()

    def test_copy_is_to_be_verified(self):
        document = self._document(number="1", date_to="2026-12-31")
        copy = document.copy()
        self.assertEqual(copy.verification, "to_verify")
        self.assertFalse(copy.date_verified or copy.verified_uid or copy.number)

    def test_file_kind(self):
        kinds = {"a.PDF": "pdf", "b.jpeg": "image", "c.docx": "other", False: "other"}
        for filename, kind in kinds.items():
            document = self._document(verified=None, filename=filename)
            self.assertEqual(document.file_kind, kind)

    def test_stat_button_counts_once(self):
        contact = self._create_supplier(
            "Desk", parent_id=self.supplier.id, is_company=False
        )
        self._document()
        self._document(partner_id=contact.id)
        self._document(active=False)
        other = self._create_supplier("Other")
        partners = self.supplier | contact | other
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(partners.mapped("supplier_document_count"), [2, 2, 0])
        action = contact.action_open_supplier_documents()
        found = self.env["supplier.document"].search(action["domain"])
        self.assertEqual(len(found), 2)

    def test_merged_vendors_keep_their_documents(self):
        """Also the one that both have: merging loses no paper."""
        twin = self._create_supplier("Twin")
        documents = self._document(number="1") | self._document(
            number="1", partner_id=twin.id
        )
        documents |= self._document(number="2", partner_id=twin.id)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.supplier | twin).ids, self.supplier
        )
        self.env.invalidate_all()
        self.assertEqual(documents.exists(), documents)
        self.assertEqual(documents.partner_id, self.supplier)
        self.assertEqual(documents.commercial_partner_id, self.supplier)
        self.assertEqual(set(documents.mapped("verification")), {"verified"})

    def test_counts_of_types(self):
        self._document()
        other = self._create_type("other")
        self.assertEqual((self.licence | other).mapped("document_count"), [1, 0])

    def test_copy_of_a_type(self):
        copies = [self.licence.copy() for _index in range(2)]
        self.assertEqual([copy.code for copy in copies], ["licence_2", "licence_3"])

    def test_type_in_use_is_not_deleted(self):
        self._document()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.licence.unlink()
