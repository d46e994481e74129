from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .access import AccessCommon
from .access_models import SETTINGS_MODELS
from .common import BUYER, MANAGER

# No two of the others are the same.
COPIED_MODELS = {
    "supplier.scorecard.template",
    "supplier.questionnaire",
    "supplier.certification.program",
    "supplier.purchase.policy",
}
# Who opens which dialog; managers are approvers, and approvers are users.
MANAGERS = {"manager", "elsewhere", "chief"}
APPROVERS = {"approver", *MANAGERS}
USERS = {"user", "evaluator", *APPROVERS}
DIALOGS = {
    "supplier.exclusion.wizard": MANAGERS,
    "supplier.incident.wizard": USERS,
    "supplier.hold.back.wizard": MANAGERS,
    "supplier.revision.wizard": MANAGERS,
    "supplier.tz.wizard": MANAGERS,
    "supplier.history.import": MANAGERS,
    "supplier.history.import.line": MANAGERS,
    "supplier.history.import.sheet": MANAGERS,
    "supplier.history.import.column": MANAGERS,
    # Its lines are lines of purchase orders.
    "supplier.promise.change.wizard": USERS - {"evaluator"},
    "supplier.document.reject.wizard": USERS,
    "supplier.return.reason.wizard": USERS,
    "supplier.stage.wizard": USERS,
    # Opened by everybody; the step of the certification tells who decides.
    "supplier.certification.decision.wizard": USERS,
    "supplier.purchase.override.wizard": APPROVERS,
    "supplier.corrective.wizard": USERS,
    "supplier.tier.wizard": USERS,
    "supplier.buyer.wizard": USERS,
    "supplier.application.assign.wizard": USERS,
    "supplier.application.reason.wizard": USERS,
    "supplier.application.accept.wizard": USERS,
    "supplier.customer.ask.wizard": USERS,
    "supplier.handover.wizard": MANAGERS,
    "supplier.handover.line": MANAGERS,
    "supplier.alert.answer.wizard": USERS,
    "supplier.alert.dry.run": MANAGERS,
    "supplier.alert.dry.run.line": MANAGERS,
    "supplier.exchange.export": MANAGERS,
    "supplier.risk.import": USERS,
    "supplier.demand.forecast.wizard": USERS,
    "supplier.exchange.import": MANAGERS,
    "supplier.dispute.wizard": MANAGERS,
}
# Made by the server: who asked for them reads what was found, and makes none up.
ANSWERS = {
    "supplier.chain.check": MANAGERS,
    "supplier.chain.check.line": MANAGERS,
}


@tagged("post_install", "-at_install")
class TestSetupAccess(AccessCommon):
    """What all companies share is changed by those who act in all of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.env["res.company"].search([])
        cls.env["supplier.history.mapping"].create(
            {"name": "Of all", "company_id": False}
        )
        templates = cls.env["supplier.scorecard.template"]
        templates.search([("company_id", "=", False)], limit=1).member_ids = [
            Command.create({"user_id": cls.people["manager"].id})
        ]
        cls.people["chief"] = cls._create_user(
            "evaluation_chief",
            MANAGER,
            company_ids=[Command.set(companies.ids)],
        )
        cls.shared = {
            **{
                f"supplier.{name}": cls.env[f"supplier.{name}"].search([], limit=1)
                for name in ("grade", "stage", "kpi", "document.type", "risk.rating")
            },
            # What nothing has: what is used is refused in other words.
            "supplier.tier": cls.env["supplier.tier"].create({"name": "Unused"}),
            "supplier.dimension": cls.env["supplier.dimension"].create(
                {"name": "Unused", "code": "unused"}
            ),
            **{
                model: cls.env[model]
                .with_context(active_test=False)
                .search([("company_id", "=", False)], limit=1)
                for model in SETTINGS_MODELS
                if "company_id" in cls.env[model]._fields
            },
        }

    def _changes(self, record):
        """Every way to change a record, or to make another one beside it."""
        name = next(
            name
            for name in ("name", "sequence", "weight", "score", "role")
            if name in record._fields
        )
        value = record[name] if name != "name" else f"{record.name}!"
        ways = [
            lambda one: one.write({name: value}),
            lambda one: one.unlink(),
            lambda one: one.with_context(_force_unlink=True).unlink(),
        ]
        if record._name in COPIED_MODELS:
            ways.append(lambda one: one.copy({"company_id": False}))
        return ways

    def test_every_shared_setup_is_tested(self):
        self.assertEqual(set(self.shared), set(SETTINGS_MODELS))
        self.assertTrue(all(self.shared.values()))

    def test_manager_of_one_company(self):
        for model, record in self.shared.items():
            mine = self._as(record, "manager")
            for index, change in enumerate(self._changes(record)):
                with (
                    self.subTest(model=model, change=index),
                    self.assertRefused("shared by all companies", AccessError),
                ):
                    change(mine)

    def test_manager_of_all_companies(self):
        """Also while only one of them is chosen in the switch of companies."""
        for model, record in self.shared.items():
            write, *_others = self._changes(record)
            with self.subTest(model=model):
                write(
                    self._as(record, "chief").with_context(
                        allowed_company_ids=self.company.ids
                    )
                )

    def test_new_and_archived_companies(self):
        tier = self._as(self.shared["supplier.tier"], "chief")
        new = self._create_company("New", "UTC", "EUR")
        with self.assertRefused("you do not act in New", AccessError):
            tier.name = "Renamed"
        new.active = False
        tier.name = "Renamed"
        self.assertEqual(tier.name, "Renamed")

    def test_setup_of_a_company_belongs_to_its_managers(self):
        template = self._as(self.template, "manager")
        template.name = "Mine"
        template.line_ids[0].weight = 3
        template.copy()
        policy = self._as(self.records["supplier.purchase.policy"], "manager")
        policy.name = "Mine"
        for change in (
            lambda: policy.copy({"company_id": False}),
            lambda: policy.write({"company_id": False}),
        ):
            with self.assertRefused("shared by all companies", AccessError):
                change()

    def test_copy_of_what_is_shared(self):
        """Who may not change it begins with a copy for the own company."""
        for model in COPIED_MODELS:
            with self.subTest(model=model):
                mine = self._as(self.shared[model], "manager").copy()
                self.assertEqual(mine.company_id, self.company)
                self.assertFalse(self.shared[model].company_id)
                chief = self._as(self.shared[model], "chief").copy()
                self.assertFalse(chief.company_id, "who acts in all shares it")

    def test_what_another_company_uses_stays_with_it(self):
        """Its records could not be opened any more: they name what nobody reads."""
        elsewhere = self.people["elsewhere"].company_id
        program = self.shared["supplier.certification.program"]
        self.env["supplier.certification"].create(
            {
                "partner_id": self.supplier.id,
                "program_id": program.id,
                "company_id": elsewhere.id,
            }
        )
        template = self.shared["supplier.scorecard.template"].sudo().copy()
        self.env["supplier.evaluation"].create(
            {
                "template_id": template.id,
                "company_id": elsewhere.id,
                "date_from": "2025-01-01",
                "date_to": "2025-01-31",
            }
        )
        for record in (program, template):
            with self.subTest(model=record._name):
                with self.assertRefused("Make a copy for"):
                    record.company_id = self.company
                record.company_id = elsewhere
                with self.assertRefused("Make a copy for"):
                    record.company_id = self.company

    def test_what_nobody_else_uses_is_given_to_a_company(self):
        template = self.shared["supplier.scorecard.template"].sudo().copy()
        template.company_id = self.company
        self.assertEqual(template.company_id, self.company)

    def test_kpi_of_ones_own(self):
        """A manager of one company makes KPIs, and mends them; others do not."""
        kpi = self._as(self.shared["supplier.kpi"], "manager").copy({"name": "Mine"})
        kpi.name = "My own"
        with self.assertRefused("shared by all companies", AccessError):
            self._as(kpi, "elsewhere").name = "Theirs"

    def test_kpi_that_others_are_judged_by(self):
        """It is everybody's once a template of all companies weighs it."""
        kpi = self._as(self.shared["supplier.kpi"], "manager").copy({"name": "Mine"})
        kpi.is_own = True
        kpi.name = "My own"
        points = [Command.create(point) for point in self._points(True)]
        mine = {"kpi_id": kpi.id, "point_ids": points}
        self._as(self.template, "manager").line_ids = [Command.create(mine)]
        kpi.name = "Still my own"
        shared = self.shared["supplier.scorecard.template"]
        self._as(shared, "chief").line_ids = [Command.create(mine)]
        for change in ({"name": "Theirs"}, {"is_own": True}):
            with self.assertRefused("shared by all companies", AccessError):
                kpi.write(change)

    def test_taking_what_is_shared(self):
        """Giving it to the own company takes it from the others."""
        policy = self.shared["supplier.purchase.policy"]
        with self.assertRefused("shared by all companies", AccessError):
            self._as(policy, "manager").company_id = self.company

    # ------------------------------------------------------------
    # Dialogs
    # ------------------------------------------------------------

    def test_every_dialog_is_tested(self):
        dialogs = {
            name
            for name, model in self.env.registry.items()
            if name.startswith("supplier.")
            and model._module == "supplier_evaluation"
            and model._transient
        }
        self.assertEqual(dialogs, {*DIALOGS, *ANSWERS})

    def test_who_opens_which_dialog(self):
        for model, allowed in DIALOGS.items():
            for person in self.people:
                dialog = self._as(self.env[model], person)
                for operation in ("create", "read", "write"):
                    with self.subTest(model=model, person=person, operation=operation):
                        self.assertEqual(
                            dialog.has_access(operation), person in allowed
                        )

    def test_who_reads_which_answer(self):
        for model, allowed in ANSWERS.items():
            for person in self.people:
                answer = self._as(self.env[model], person)
                with self.subTest(model=model, person=person):
                    self.assertEqual(answer.has_access("read"), person in allowed)
                    for operation in ("create", "write", "unlink"):
                        self.assertFalse(answer.has_access(operation))

    def test_dialogs_are_their_users_own(self):
        rules = self.env["ir.rule"].search(
            [("model_id.model", "in", [*DIALOGS, *ANSWERS]), ("groups", "=", False)]
        )
        own = rules.filtered(
            lambda rule: rule.domain_force == "[('create_uid', '=', user.id)]"
        )
        self.assertEqual(set(own.model_id.mapped("model")), {*DIALOGS, *ANSWERS})

    def test_nobody_reads_or_changes_the_dialog_of_another(self):
        dialogs = self.env["supplier.promise.change.wizard"]
        vals = {
            "line_ids": self.line.ids,
            "reason": "buyer",
            "date_to": "2026-03-20 04:00:00",
            "note": "confidential",
        }
        mine = self._as(dialogs, "user").create(vals)
        self.assertEqual(mine.note, "confidential")
        mine.note = "changed"
        other = self._create_user("evaluation_other", BUYER)
        self.env.flush_all()
        self.env.invalidate_all()
        for change in (
            lambda one: one.read(["note"]),
            lambda one: one.write({"note": "forged"}),
            lambda one: one.action_apply(),
        ):
            with self.assertRaises(AccessError):
                change(self._as(mine, other))
