from freezegun import freeze_time

from odoo import Command
from odoo.modules.migration import load_script
from odoo.tests import tagged
from odoo.tools import file_path

from ..common import BUYER, MANAGER, SupplierEvaluationCommon

ACTIVITY = "supplier_evaluation.mail_activity_type_supplier_contact"
SCRIPT = "supplier_evaluation/migrations/19.0.1.7.0/post-50-reminders.py"


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 04:00:00")
class TestContactPlan(SupplierEvaluationCommon):
    """Who is due by the plan of the tier is on the list of the buyer, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people("plan", {"buyer": BUYER, "manager": MANAGER})
        cls.tier = cls.env["supplier.tier"].create(
            {"name": "Watched", "contact_days": 30, "visit_days": 180}
        )
        cls.suppliers = cls.env["res.partner"].union(
            *(cls._supplier_of_tier(number) for number in range(4))
        )
        _never, called, met, both = cls.suppliers
        cls._log(called, "2026-05-20", "call")
        cls._log(met, "2026-04-01", "meeting")
        cls._log(both, "2026-05-20", "call")
        cls._log(both, "2026-04-01", "visit")

    @classmethod
    def _supplier_of_tier(cls, number):
        return cls._create_supplier(
            f"Watched {number}",
            supplier_rank=1,
            supplier_tier_id=cls.tier.id,
            buyer_id=cls.people["buyer"].id,
        )

    @classmethod
    def _log(cls, supplier, day, kind):
        return cls.env["supplier.contact"].create(
            {
                "partner_id": supplier.id,
                "company_id": cls.company.id,
                "date": f"{day} 04:00:00",
                "kind": kind,
                "subject": "Talk",
            }
        )

    def _remind(self):
        self.env["supplier.contact"]._remind_of_contacts(self.company)

    def _due_of(self, supplier):
        kind = [("activity_type_id", "=", self.env.ref(ACTIVITY).id)]
        return self.env["mail.activity"].search([("res_id", "=", supplier.id), *kind])

    def _due(self):
        return {
            activity.res_id: activity
            for activity in self.env["mail.activity"].search(
                [
                    ("activity_type_id", "=", self.env.ref(ACTIVITY).id),
                    ("res_id", "in", self.suppliers.ids),
                ]
            )
        }

    def test_who_is_due(self):
        never, called, met, _both = self.suppliers
        self.assertEqual(
            [str(one.supplier_next_contact) for one in self.suppliers],
            ["2026-06-01", "2026-06-01", "2026-05-01", "2026-06-19"],
        )
        self._remind()
        due = self._due()
        self.assertEqual(set(due), {never.id, called.id, met.id})
        self.assertEqual(
            {due[one.id].summary for one in (never, called)}, {"Meet the supplier"}
        )
        self.assertEqual(due[met.id].summary, "Call the supplier")
        self.assertEqual(due[met.id].user_id, self.people["buyer"])
        self.assertEqual(str(due[met.id].date_deadline), "2026-05-01")
        self._remind()
        self.assertEqual(self._due(), due)
        # A call is no meeting; whoever was met is not due any more.
        self._log(called, "2026-05-31", "call")
        self._log(met, "2026-05-31", "call")
        self.assertEqual(set(self._due()), {never.id, called.id})
        self._log(called, "2026-05-31", "visit")
        self.assertEqual(set(self._due()), {never.id})

    def test_who_is_not_due_any_more(self):
        """Nobody is to call whom the plan does not name, or who is in the archive."""
        never, called, met, _both = self.suppliers
        self._remind()
        self.assertEqual(set(self._due()), {never.id, called.id, met.id})
        never.supplier_tier_id = False
        met.active = False
        self._remind()
        self.assertEqual(set(self._due()), {called.id})
        self.tier.write({"contact_days": 0, "visit_days": 0})
        self._remind()
        self.assertFalse(self._due())

    def test_without_a_buyer(self):
        """A manager is reminded; and nobody without a plan."""
        self.suppliers.buyer_id = False
        self.suppliers[1:].supplier_tier_id = False
        self._remind()
        [activity] = self._due().values()
        self.assertEqual(activity.user_id, self.people["manager"])

    def test_companies_with_the_same_supplier(self):
        """Each is reminded, and a call of one is none of the other."""
        other = self._create_company("Elsewhere", "UTC", "EUR")
        companies = [Command.set((self.company | other).ids)]
        both = self._create_user("plan_both", MANAGER, company_ids=companies)
        supplier = self.suppliers[0]
        supplier.with_company(other).supplier_tier_id = self.tier
        supplier.buyer_id = both
        log = self.env["supplier.contact"]
        for company in (self.company, other):
            log._remind_of_contacts(company)
        due = self._due_of(supplier)
        self.assertEqual(due.user_id, both)
        self.assertEqual(
            set(due.mapped("summary")),
            {f"Meet the supplier ({one.name})" for one in self.company | other},
        )
        self._log(supplier, "2026-05-31", "meeting")
        self.assertEqual(self._due_of(supplier).supplier_company_id, other)

    def test_the_number_of_statements(self):
        """It does not grow with the suppliers."""
        log = self.env["supplier.contact"]
        self._remind()
        few = self._statements_of(lambda: log._remind_of_contacts(self.company))
        more = self.env["res.partner"].union(
            *(self._supplier_of_tier(number) for number in range(10, 22))
        )
        for supplier in more:
            self._log(supplier, "2026-05-31", "visit")
        many = self._statements_of(lambda: log._remind_of_contacts(self.company))
        self.assertLessEqual(many, few + 2)

    def test_reminders_of_the_version_before(self):
        """They were of no company: after the update they are not made once more."""
        self._remind()
        due = self._due_of(self.suppliers[0])
        due.supplier_company_id = False
        self.env.flush_all()
        load_script(file_path(SCRIPT), "reminders").migrate(self.env.cr, "19.0.1.6.0")
        self.env.invalidate_all()
        self.assertEqual(due.supplier_company_id, due.user_id.company_id)
        self._remind()
        self.assertEqual(self._due_of(self.suppliers[0]), due)
