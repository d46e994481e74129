from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ...tools.groups import MANAGER_GROUP
from ..scheduled import SCHEDULED
from .common import NOON, PDF, ContractCommon

ACTIVITY = "supplier_evaluation.mail_activity_type_supplier_contract"


@tagged("post_install", "-at_install")
class TestContract(ContractCommon):
    """Who brings a contract into force, and that nobody changes it then."""

    # ------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------

    def test_number(self):
        first, second = (self._contract(approved=False) for _index in range(2))
        self.assertRegex(first.name, r"CON/2026/\d{5}")
        self.assertNotEqual(first.name, second.name)
        self.assertIn("Bolts", first.display_name)

    def test_two_people_approve_who_did_not_write_it(self):
        contract = self._contract(approved=False)
        contract.line_ids.with_user(self.people["second"]).write({"price": 11})
        with freeze_time(f"2026-01-01{NOON}"):
            self._as(contract, "colleague").action_submit()
            for user, text in (
                ("buyer", "Only approvers and managers"),
                ("colleague", "Only approvers and managers"),
                ("second", "You wrote, changed or submitted"),
            ):
                own = self._as(contract, user)
                self.assertFalse(own.can_approve)
                with self.subTest(user=user):
                    for asked in (own, own.sudo()):
                        with self.assertRefused(text, AccessError):
                            asked.action_approve()
            self.assertTrue(self._as(contract, "approver").can_approve)
            self._as(contract, "approver").action_approve()
            self.assertEqual(contract.state, "to_approve")
            with self.assertRefused("You approved .* already", AccessError):
                self._as(contract, "approver").action_approve()
            self._as(contract, "manager").action_approve()
        self.assertEqual(contract.state, "in_force")
        self.assertEqual(contract.date_effective, date(2026, 1, 1))
        self.assertEqual(
            contract.decision_ids.sorted("id").mapped("decision"),
            ["submitted", "approved", "approved", "in_force"],
        )

    def test_submitter_does_not_approve(self):
        contract = self._contract(approved=False)
        with freeze_time(f"2026-01-01{NOON}"):
            self._as(contract, "second").action_submit()
            with self.assertRefused("submitted", AccessError):
                self._as(contract, "second").action_approve()

    def test_manager_of_another_company_does_not_approve(self):
        elsewhere = self._create_company("Elsewhere", "UTC", "EUR")
        stranger = self._create_user(
            "contract_elsewhere", "purchase.group_purchase_manager", elsewhere
        )
        contract = self._contract(approved=False)
        with freeze_time(f"2026-01-01{NOON}"):
            contract.action_submit()
            with self.assertRaises(AccessError):
                self._as(contract, stranger).action_approve()
            with self.assertRefused("Golden Works", AccessError):
                contract.with_user(stranger).sudo().action_approve()

    def test_sent_back_approvals_are_void(self):
        contract = self._contract(approved=False)
        with freeze_time(f"2026-01-01{NOON}"):
            contract.action_submit()
            self._as(contract, "approver").action_approve()
            with self.assertRefused("Say why"):
                self._as(contract, "manager").action_send_back()
            self._as(contract, "manager").action_send_back("Too dear")
            self.assertEqual(contract.state, "draft")
            contract.action_submit()
            self.assertEqual(contract.approval_count, 0)
            self._as(contract, "manager").action_approve()
            self.assertEqual(contract.state, "to_approve")
            self._as(contract, "approver").action_approve()
        self.assertEqual(contract.state, "in_force")
        back = contract.decision_ids.filtered(lambda row: row.decision == "sent_back")
        self.assertEqual(back.reason, "Too dear")

    def test_what_cannot_be_submitted(self):
        empty = self._contract(lines=[], approved=False)
        with self.assertRefused("no lines"):
            empty.action_submit()
        over = self._contract(approved=False, date_to="2026-01-31")
        with freeze_time(f"2026-02-01{NOON}"), self.assertRefused("over already"):
            over.action_submit()

    def test_one_contract_says_what_counts(self):
        first = self._contract()
        second = self._contract(approved=False, date_from="2026-06-01")
        with freeze_time(f"2026-01-02{NOON}"):
            with self.assertRefused(f"Bolt.*{first.name}"):
                second.action_submit()
            second.write({"date_from": "2027-01-01", "date_to": False})
            second.action_submit()

    # ------------------------------------------------------------
    # Guard
    # ------------------------------------------------------------

    def test_in_force_nothing_is_changed(self):
        contract = self._contract()
        manager = self._as(contract, "manager")
        line = manager.line_ids
        for change in (
            lambda: manager.write({"date_to": "2027-12-31"}),
            lambda: manager.sudo().write({"payment_term_id": self.term.id}),
            lambda: manager.write({"check_level": "none"}),
            lambda: manager.write({"line_ids": [Command.clear()]}),
            lambda: line.write({"price": 1}),
            lambda: line.sudo().write({"price": 1}),
            lambda: line.unlink(),
            lambda: line.create(
                {
                    "contract_id": contract.id,
                    "product_id": self._create_product("Nut").id,
                    "price": 1,
                }
            ),
            lambda: manager.unlink(),
            lambda: manager.write({"active": False}),
        ):
            with self.assertRaises(UserError):
                change()
        manager.write({"user_id": self.people["second"].id, "is_in_portal": True})
        with self.assertRaises(AccessError):
            manager.write({"state": "draft"})
        with self.assertRaises(AccessError):
            manager.create(
                {"title": "X", "partner_id": self.supplier.id, "state": "in_force"}
            )

    def test_line_does_not_move_to_what_is_in_force(self):
        contract = self._contract()
        other = self._contract(
            [{"product_id": self._create_product("Nut").id, "price": 1}],
            approved=False,
        )
        with self.assertRefused("no draft"):
            other.line_ids.contract_id = contract

    def test_draft_with_a_history_stays(self):
        contract = self._contract(approved=False)
        manager = self._as(contract, "manager")
        with freeze_time(f"2026-01-01{NOON}"):
            contract.action_submit()
        manager.action_send_back("No")
        with self.assertRefused("history"):
            manager.unlink()
        manager.active = False
        self.assertFalse(contract.active)
        fresh = self._contract(approved=False)
        self._as(fresh, "manager").unlink()
        self.assertFalse(fresh.exists())

    def test_files(self):
        own = self._as(self.env["ir.attachment"], "buyer")
        file = own.create({"name": "signed.pdf", "raw": PDF})
        contract = self._contract(approved=False)
        mine = self._as(contract, "buyer")
        mine.file_ids = [Command.link(file.id)]
        self.assertEqual((file.res_model, file.res_id), (mine._name, mine.id))
        theirs = self.env["ir.attachment"].create(
            {
                "name": "secret.pdf",
                "raw": PDF,
                "res_model": "res.partner",
                "res_id": self.supplier.id,
            }
        )
        with self.assertRefused("secret.pdf belongs to another", AccessError):
            mine.file_ids = [Command.link(theirs.id)]
        with freeze_time(f"2026-01-01{NOON}"):
            self._approve(contract)
        for change in (
            lambda: file.write({"raw": b"other"}),
            lambda: file.unlink(),
            lambda: mine.write({"file_ids": [Command.unlink(file.id)]}),
        ):
            with self.assertRefused("not changed any more"):
                change()

    # ------------------------------------------------------------
    # Revision and end
    # ------------------------------------------------------------

    def test_revision_replaces_on_approval(self):
        contract = self._contract()
        with freeze_time(f"2026-05-10{NOON}"):
            action = self._as(contract, "buyer").action_revise()
            revision = self._as(contract, "buyer").browse(action["res_id"])
            self.assertEqual(revision.id, contract.next_ids.id)
            again = self._as(contract, "buyer").action_revise()
            self.assertEqual(again["res_id"], revision.id)
            self.assertEqual((revision.name, revision.version), (contract.name, 2))
            self.assertEqual(revision.line_ids.price, 10)
            with self.assertRefused("same supplier", ValidationError):
                revision.date_from = "2026-02-01"
            revision.line_ids.price = 12
            self.assertEqual(contract.state, "in_force")
            self.assertEqual(contract.line_ids.price, 10)
            self._approve(revision)
        self.assertEqual(contract.state, "replaced")
        self.assertEqual(contract.date_closed, date(2026, 5, 9))
        self.assertEqual(revision.date_effective, date(2026, 5, 10))
        self.assertEqual(contract.line_ids.price, 10)

    def test_revision_of_what_is_not_in_force_any_more(self):
        contract = self._contract()
        with freeze_time(f"2026-05-10{NOON}"):
            action = self._as(contract, "buyer").action_revise()
            revision = contract.browse(action["res_id"])
            self._as(contract, "manager").action_terminate("Bankrupt")
            with self.assertRefused("not in force"):
                self._as(revision, "buyer").action_submit()

    def test_terminate(self):
        contract = self._contract()
        with freeze_time(f"2026-05-10{NOON}"):
            with self.assertRefused("Only a manager", AccessError):
                self._as(contract, "buyer").action_terminate("Too dear")
            with self.assertRefused("Say why"):
                self._as(contract, "manager").action_terminate()
            with Form(self._as(contract, "manager")) as form:
                form.reason = "Bankrupt"
            self._as(contract, "manager").action_terminate()
        self.assertEqual(contract.state, "terminated")
        self.assertEqual(contract.date_closed, date(2026, 5, 10))
        last = contract.decision_ids.sorted("id")[-1]
        self.assertEqual((last.decision, last.reason), ("terminated", "Bankrupt"))
        self._as(contract, "manager").active = False

    def test_smart_button(self):
        contract = self._contract()
        vendor = self._as(self.supplier, "buyer")
        self.assertEqual(vendor.supplier_contract_count, 1)
        action = vendor.action_open_supplier_contracts()
        found = self.env["supplier.contract"].search(action["domain"])
        self.assertEqual(found, contract)


@tagged("post_install", "-at_install")
class TestContractReminder(ContractCommon):
    """The owner is reminded once before the end, and what is over ends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["supplier.contract"].search([]).active = False
        cls.cron = cls.env.ref("supplier_evaluation.ir_cron_supplier_contract")
        cls.contract = cls._contract(reminder_days=60, notice_days=30)

    def _run(self, day):
        self.env.flush_all()
        with freeze_time(f"{day}{NOON}"), self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def _activities(self):
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "supplier.contract"),
                ("activity_type_id", "=", self.env.ref(ACTIVITY).id),
            ]
        )

    def test_company_in_the_archive(self):
        """It ends all the same, but nobody is reminded to renew it."""
        self._close_company()
        self._run("2026-11-01")
        self.assertFalse(self._activities())
        self._run("2027-01-01")
        self.assertEqual(self.contract.state, "ended")

    def test_reminder_and_end(self):
        self.assertEqual(self.contract.date_next_reminder, date(2026, 11, 1))
        self._run("2026-10-31")
        self.assertFalse(self._activities())
        for day in ("2026-11-01", "2026-11-02", "2026-12-31"):
            self._run(day)
            activity = self._activities()
            self.assertEqual(len(activity), 1, day)
        self.assertEqual(activity.user_id, self.people["buyer"])
        self.assertEqual(activity.date_deadline, date(2026, 12, 1))
        self.assertIn(self.contract.name, activity.summary)
        self.assertEqual(self.contract.state, "in_force")
        self._run("2027-01-01")
        self.assertEqual(self.contract.state, "ended")
        self.assertEqual(self.contract.date_closed, date(2026, 12, 31))
        self.assertFalse(self._activities())

    def test_who_takes_it_over_is_reminded(self):
        """A manager has what was on the list of whoever is archived, until then."""
        self.contract.user_id = self.people["second"]
        self._run("2026-11-01")
        self.assertEqual(self._activities().user_id, self.people["second"])
        self.people["second"].action_archive()
        self.assertTrue(self._activities().user_id.has_group(MANAGER_GROUP))
        self.contract.user_id = self.people["colleague"]
        self.assertEqual(self._activities().user_id, self.people["colleague"])
        self._run("2026-11-02")
        self.assertEqual(len(self._activities()), 1)
        self._activities().unlink()
        self.contract.user_id = self.people["buyer"]
        self._run("2026-11-03")
        self.assertEqual(self._activities().user_id, self.people["buyer"])

    def test_owner_who_left(self):
        self.contract.user_id = self.people["second"]
        self.people["second"].active = False
        self._run("2026-11-01")
        self.assertEqual(self._activities().user_id, self.people["buyer"])

    def test_statements_do_not_depend_on_contracts(self):
        days = {self.company.id: date(2026, 11, 1)}

        def remind(contracts):
            contracts._remind(days)

        few = self._many(2)
        many = self._many(20)
        remind(self._many(1))
        counts = [
            self._statements_of(lambda some=some: remind(some)) for some in (few, many)
        ]
        # Each has an activity of its own, and nothing is read for one of them.
        self.assertLessEqual(counts[1] - counts[0], 10, counts)

    def _many(self, count):
        products = [self._create_product(f"P{index}") for index in range(count)]
        return self.env["supplier.contract"].union(
            *(
                self._contract(
                    [{"product_id": product.id, "price": 1}], reminder_days=60
                )
                for product in products
            )
        )

    def test_a_bad_one_stops_nothing(self):
        other = self._contract(
            [{"product_id": self._create_product("Nut").id, "price": 1}],
            reminder_days=60,
        )
        model = type(self.env["supplier.contract"])
        original = model._reminder_vals

        def fail(contract, owner):
            if contract == other:
                raise ValueError(f"{contract.name} is bad")
            return original(contract, owner)

        self.patch(model, "_reminder_vals", fail)
        with self._failing(self.cron, "is bad"), self.assertLogs(SCHEDULED, "ERROR"):
            self._run("2026-11-01")
        self.assertEqual(self._activities().res_id, self.contract.id)
