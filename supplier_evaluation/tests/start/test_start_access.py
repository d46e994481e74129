from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...tools.groups import APPROVER_GROUP, REVIEWER_GROUP, USER_GROUP
from ..common import BUYER, MANAGER
from .common import StartCommon


@tagged("post_install", "-at_install")
class TestStartAccess(StartCommon):
    """Managers alone, each in the own companies; and no more statements for more."""

    def test_nobody_else(self):
        for index, groups in enumerate(
            (
                BUYER,
                USER_GROUP,
                APPROVER_GROUP,
                REVIEWER_GROUP,
                "base.group_user",
                "base.group_portal",
            )
        ):
            user = self._create_user(f"start_other_{index}", groups)
            start = self._mine(user=user)
            with self.subTest(groups=groups):
                with self.assertRefused("Only managers", AccessError):
                    start.retrieve_start()
                for key in start._steps():
                    with self.assertRefused("Only managers", AccessError):
                        start.apply_step(key, [1])

    def test_only_reads(self):
        method = type(self.env["supplier.start"]).retrieve_start
        self.assertTrue(getattr(method, "_readonly", False))

    def test_company(self):
        """What is counted and changed is of the company at work."""
        self._buy(["08"], 1)
        other = self._create_company("Elsewhere", "UTC", "EUR")
        user = self._create_user("start_elsewhere", MANAGER, other)
        data = self._mine(user=user).retrieve_start()
        self.assertEqual(data["company"], "Elsewhere")
        steps = {step["key"]: step for step in data["steps"]}
        self.assertIn("last 12 months: 0,", steps["template"]["now"][1])
        self.assertIn("buyer: 0 of 0", steps["reviewers"]["now"][1])
        outside = self.env["supplier.start"].with_user(user)
        with self.assertRefused("unauthorized", AccessError):
            outside.with_context(allowed_company_ids=self.company.ids).retrieve_start()

    def test_buyers_are_given_with_the_rights_of_the_manager(self):
        self._buy(["08"], 1, user_id=self.manager.id)
        only = self._create_user(
            "start_only", "supplier_evaluation.group_supplier_evaluation_manager"
        )
        start = self._mine(user=only)
        start.retrieve_start()
        with self.assertRaises(AccessError):
            start.apply_step("reviewers")
        self.assertFalse(self.supplier.buyer_id)

    def test_statements(self):
        self._apply("template", self._preset("services").ids)
        start = self._mine()
        counts = []
        for more in (2, 12):
            self._more(more)
            # What is kept of rights and settings is known by then.
            self._statements_of(start.retrieve_start)
            counts.append(self._statements_of(start.retrieve_start))
        self.assertEqual(*counts)
        self.assertLess(counts[0], 60)

    def _more(self, count):
        """Suppliers with orders, a document and a buyer to be taken."""
        kind = self.env["supplier.document.type"].search([], limit=1)
        for index in range(count):
            partner = self._create_supplier(f"Supplier {index} of {count}")
            self._buy(["08"], 1, partner=partner, user_id=self.manager.id)
            self.env["supplier.document"].create(
                {
                    "partner_id": partner.id,
                    "company_id": self.company.id,
                    "type_id": kind.id,
                    "date_to": "2036-12-31",
                }
            )
