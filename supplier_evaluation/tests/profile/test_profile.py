import time

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import ProfileCommon


@tagged("post_install", "-at_install")
class TestProfile(ProfileCommon):
    """How complete the data of a vendor are, and what is missing."""

    def test_nothing_is_asked(self):
        profile = self._profile()
        self.assertIs(profile.score, False)
        self.assertFalse(profile.missing)

    def test_weights(self):
        self._rule("Mail address", "email", weight=3, sequence=2)
        self._rule("Reference", "ref", weight=1, sequence=1)
        self.supplier.write({"email": False, "ref": " "})
        profile = self._profile()
        self.assertEqual(profile.score, 0)
        self.assertEqual(profile.missing, "Reference, Mail address")
        self.supplier.ref = "S1"
        self.assertEqual(self._profile().score, 25)
        self.supplier.email = "a@b.example"
        profile = self._profile()
        self.assertEqual((profile.score, profile.missing), (100, False))

    def test_every_type_of_field(self):
        """Empty, then filled in: of text, numbers, links, lines, and company values."""
        term = self.env["account.payment.term"].create({"name": "At once"})
        bank = {"acc_number": "CN123456", "partner_id": self.supplier.id}
        tag = self.env["res.partner.category"].create({"name": "Castings"})
        filled = {
            "ref": "S1",
            "color": 3,
            "supplier_employees": 0,
            "supplier_founded": "1999-01-01",
            "buyer_id": self.buyer.id,
            "category_id": tag.ids,
            "child_ids": None,
            "bank_ids": None,
            "property_supplier_payment_term_id": term.id,
        }
        self.supplier.child_ids.unlink()
        for name in filled:
            self._rule(name, name)
        own = self.supplier.with_company(self.company)
        missing = set(self._profile().missing.split(", "))
        self.assertEqual(missing, set(filled))
        own.write({name: val for name, val in filled.items() if val is not None})
        self.assertEqual(
            set(self._profile().missing.split(", ")), {"child_ids", "bank_ids"}
        )
        self.env["res.partner.bank"].create(bank)
        contact = self._create_contact("Li Na")
        self.assertEqual(self._profile().score, 100)
        contact.active = False
        self.assertEqual(self._profile().missing, "child_ids")

    def test_tiers_stages_and_companies(self):
        other = self._create_company("Beside", "UTC", "EUR")
        tier = self.env.ref("supplier_evaluation.supplier_tier_strategic")
        stage = self.env["supplier.stage"].create({"name": "Met", "code": "met"})
        self._rule("Of the tier", "ref", tier_ids=tier.ids)
        self._rule("In the stage", "ref", stage_ids=stage.ids, sequence=20)
        self.assertIs(self._profile().score, False)
        own = self.supplier.with_company(self.company)
        own.supplier_tier_id = tier
        self.assertEqual(self._profile().missing, "Of the tier")
        own._set_supplier_stage(stage)
        self.assertEqual(self._profile().missing, "Of the tier, In the stage")
        self.assertIs(self._profile(company=other).score, False)

    def test_documents(self):
        kind = self.env["supplier.document.type"].create(
            {"name": "Licence", "code": "licence_test"}
        )
        self._rule("Licence", kind="document", document_type_id=kind.id)
        self.assertTrue(self._profile().lacks_document)
        document = self.env["supplier.document"].create(
            {
                "partner_id": self.supplier.id,
                "type_id": kind.id,
                "company_id": self.company.id,
                "date_to": "2036-12-31",
            }
        )
        self.assertEqual(self._profile().score, 0)
        document._unguarded().write(
            {
                "verification": "verified",
                "date_verified": "2026-03-12 04:00:00",
                "verified_uid": self.env.uid,
            }
        )
        profile = self._profile()
        self.assertEqual(profile.score, 100)
        self.assertFalse(profile.lacks_document)
        with freeze_time("2036-12-31 15:00:00"):
            self.assertEqual(self._profile().score, 100)
        # In Shanghai the next year has begun.
        with freeze_time("2036-12-31 17:00:00"):
            self.assertEqual(self._profile().score, 0)
        with freeze_time("2037-01-02"):
            self.assertEqual(self._profile().score, 0)

    def test_rules_that_cannot_be(self):
        with self.assertRefused("cannot be said", error=ValidationError):
            self._rule("Tick box", "is_company")
        with self.assertRefused("cannot be said", error=ValidationError):
            self._rule("Not stored", "supplier_checked_uid")

    def test_whoever_is_no_vendor_has_none(self):
        customer = self._create_supplier("Customer")
        self.assertFalse(self._profile(customer))
        elsewhere = self._create_company("Beside", "UTC", "EUR")
        self.supplier.company_id = elsewhere
        self.assertFalse(self._profile())
        self.assertTrue(self._profile(company=elsewhere))

    # ------------------------------------------------------------
    # On the vendor
    # ------------------------------------------------------------

    def test_on_the_vendor_and_its_contacts(self):
        self._rule("Reference", "ref")
        contact = self._create_contact("Li Na")
        for partner in (self.supplier, contact):
            seen = self._as(partner, "buyer")
            self.assertEqual(seen.supplier_profile_score, 0)
            self.assertEqual(seen.supplier_profile_missing, "Reference")
        partners = self._as(self.env["res.partner"], "buyer")
        domain = [("id", "=", self.supplier.id)]
        for found, extra in (
            (1, ("supplier_profile_score", "<", 100)),
            (0, ("supplier_profile_score", ">=", 50)),
            (1, ("supplier_checked_date", "=", False)),
        ):
            with self.subTest(extra=extra):
                self.assertEqual(partners.search_count([*domain, extra]), found)

    def test_checked_today(self):
        with freeze_time("2026-03-12 04:00:00"):
            self._as(self.supplier, "buyer").action_check_supplier_profile()
            profile = self._profile()
            self.assertEqual(str(profile.checked_date), "2026-03-12 04:00:00")
            self.assertEqual(profile.checked_uid, self.people["buyer"])
            self.assertFalse(profile.is_unchecked)
        with freeze_time("2027-03-13"):
            self.assertTrue(self._profile().is_unchecked)
            self.company.supplier_check_months = 13
            self.assertFalse(self._profile().is_unchecked)
            self._as(self._profile(), "manager").action_check()
        self.assertEqual(self._profile().checked_uid, self.people["manager"])
        seen = self._as(self.supplier, "buyer")
        self.assertEqual(seen.supplier_checked_uid, self.people["manager"])

    def test_who_confirms(self):
        nobody = self._create_user("profile_nobody", "base.group_user")
        with self.assertRefused("Only users", error=AccessError):
            self._as(self.supplier, nobody).action_check_supplier_profile()
        with self.assertRefused("None of these is a vendor"):
            self._as(
                self._create_supplier("Customer"), "buyer"
            ).action_check_supplier_profile()
        check = self.env["supplier.profile.check"]
        with self.assertRaises(AccessError):
            self._as(check, "manager").create(
                {"partner_id": self.supplier.id, "company_id": self.company.id}
            )

    # ------------------------------------------------------------
    # Many
    # ------------------------------------------------------------

    def test_statements_do_not_grow(self):
        self._rule("Reference", "ref")

        def read():
            self._as(self.profiles, "buyer").search_fetch([], ["score"]).mapped(
                "missing"
            )

        read()
        few = self._statements_of(read)
        self.env["res.partner"].create(
            [{"name": f"Vendor {n}", "supplier_rank": 1} for n in range(30)]
        )
        self.assertEqual(self._statements_of(read), few)

    def test_five_thousand_vendors(self):
        self.rules.with_context(active_test=False).search([]).active = True
        self.env["res.partner"].create(
            [
                {"name": f"Vendor {n}", "supplier_rank": 1, "phone": f"021 55{n:06}"}
                for n in range(1000)
            ]
        )
        self.env.flush_all()
        self.env.cr.execute("ANALYZE res_partner")
        start = time.monotonic()
        figures = self.env["supplier.data.report"]._figures(self.company)
        self.env["supplier.duplicate"]._refresh()
        # A fifth of the vendors: all together take a few seconds.
        self.assertLess(time.monotonic() - start, 4)
        self.assertGreaterEqual(figures["vendor_count"], 1000)
