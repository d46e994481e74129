from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ApplicationCommon


@tagged("post_install", "-at_install")
class TestApplicationAlike(ApplicationCommon):
    """Whom an application looks like."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendor = cls.env["res.partner"].create(
            {
                "name": "苏州新锐轴承（集团）股份有限公司",
                "is_company": True,
                "supplier_rank": 1,
                "country_id": cls.china.id,
            }
        )

    def _why(self, application):
        application._compare()
        return {
            one.partner_id or one.twin_id: one.reasons
            for one in application.candidate_ids
        }

    def test_each_reason(self):
        for vals, reason in (
            ({"company_registry": "91320594ma1m7x2k3p"}, "registry"),
            ({"name": "苏州新锐轴承"}, "name"),
            ({"phone": "+86 512 6666 8888"}, "phone"),
            ({"email": "sales@xinrui.example.com"}, "mail_domain"),
        ):
            self.vendor.write(
                {
                    "company_registry": False,
                    "name": "Somebody",
                    "phone": False,
                    "email": False,
                    **vals,
                }
            )
            with self.subTest(reason):
                self.assertEqual(self._why(self.application), {self.vendor: reason})

    def test_by_a_contact_and_archived(self):
        self.env["res.partner"].create(
            {
                "name": "Wang",
                "parent_id": self.vendor.id,
                "email": "Li.Na@xinrui.example.com",
            }
        )
        self.vendor.active = False
        self.assertEqual(self._why(self.application), {self.vendor: "mail,mail_domain"})
        self.assertEqual(self.application.candidate_ids.why, "e-mail, mail domain")

    def test_customers_and_vendors_of_others_are_nobody(self):
        self.vendor.write({"name": "苏州新锐轴承", "company_id": self.elsewhere.id})
        self.env["res.partner"].create({"name": "苏州新锐轴承", "is_company": True})
        self.assertEqual(self._why(self.application), {})

    def test_another_application(self):
        twin = self._apply(company_name="Other", email="x@other.example.com")
        self.assertEqual(self._why(self.application), {twin: "registry,phone"})
        self._as(twin, "manager")._refuse("Twice", is_told=False)
        self.assertEqual(self._why(self.application), {})

    def test_found_by_the_scheduled_action_once(self):
        self.vendor.name = "苏州新锐轴承"
        self.assertFalse(self.application.is_compared)
        self._run("alike")
        self.assertTrue(self.application.is_compared)
        self.assertEqual(self.application.candidate_ids.partner_id, self.vendor)
        self.assertEqual(self.application.candidate_count, 1)

    def test_statements_do_not_grow_with_the_applications(self):
        def count(applications):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            applications._compare()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        self.vendor.name = "苏州新锐轴承"
        few = self.application | self._apply(registry_number="1" * 9 + "2")
        many = few
        for number in range(20):
            many |= self._apply(registry_number=f"9132059400000{number:02}")
        count(few)
        self.assertLessEqual(count(many), count(few) + 5)

    def test_new_although_it_looks_like_somebody(self):
        self.vendor.name = "苏州新锐轴承"
        mine = self._as(self._claimed(), "user")
        with self.assertRefused("Say why it is another company", UserError):
            mine._accept()
        vendor = mine._accept(reason="Another owner")
        self.assertNotEqual(vendor, self.vendor)
        self.assertEqual(mine.reason, "Another owner")
