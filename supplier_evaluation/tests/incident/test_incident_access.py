from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .common import IncidentCommon


@tagged("post_install", "-at_install")
class TestIncidentAccess(IncidentCommon):
    """Who reports incidents, who decides about them, who sees none."""

    def _user(self, name, groups, company=None):
        company = company or self.company
        return new_test_user(
            self.env,
            f"incident_{name}",
            groups=groups,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def _as(self, user, record):
        context = {"allowed_company_ids": user.company_ids.ids}
        return record.with_env(self.env(user=user, context=context, su=False))

    def test_buyer_reports_from_a_receipt(self):
        buyer = self._user("buyer", "purchase.group_purchase_user")
        receipt = self._as(buyer, self.receipt)
        action = receipt.action_report_supplier_incident()
        incidents = receipt.env["supplier.incident"].with_context(**action["context"])
        with Form(incidents) as form:
            form.title = "Stripped threads"
            form.quantity = 3
        incident = form.record
        self.assertEqual(incident.reporter_id, buyer)
        self.assertEqual(incident.move_id.id, self.move.id)
        incident.action_start()
        incident.action_resolve()
        self.assertEqual(receipt.supplier_incident_count, 1)
        with self.assertRaises(AccessError):
            incident.unlink()
        with self.assertRaises(AccessError):
            incident.write({"supplier_exclusion": "manual"})

    def test_evaluator_without_orders_and_stock(self):
        """Who only evaluates reports as well, without choosing documents."""
        user = self._user(
            "evaluator", "supplier_evaluation.group_supplier_evaluation_user"
        )
        incident = self._as(user, self._incident(purchase_line_id=self.line.id))
        incident.web_read(
            {
                "purchase_line_id": {"fields": {"display_name": {}}},
                "move_id": {},
                "quantity": {},
            }
        )
        incident.quantity = 4
        with Form(incident.env["supplier.incident"]) as form:
            form.title = "They never call back"
            form.partner_id = self._as(user, self.supplier)
            form.incident_type = "service"
        self.assertEqual(form.record.partner_id.id, self.supplier.id)
        with Form(incident) as form:
            form.severity = "major"
        self.assertEqual(self.move, incident.sudo().move_id)

    def test_evaluator_in_the_store(self):
        """Who is no buyer reports from a receipt all the same."""
        user = self._user(
            "checker",
            "supplier_evaluation.group_supplier_evaluation_user,stock.group_stock_user",
        )
        receipt = self._as(user, self.receipt)
        self.assertTrue(receipt.is_supplier_receipt)
        action = receipt.action_report_supplier_incident()
        incidents = receipt.env["supplier.incident"].with_context(**action["context"])
        with Form(incidents) as form:
            form.title = "Stripped threads"
            form.quantity = 3
        incident = form.record.sudo()
        self.assertEqual(incident.move_id, self.move)
        self.assertEqual(incident.order_id, self.line.order_id)

    def test_store_keeper_sees_none(self):
        keeper = self._user("keeper", "stock.group_stock_user")
        views = self._as(keeper, self.receipt).get_views([(False, "form")])
        fields = views["models"]["stock.picking"]["fields"]
        self.assertNotIn("supplier_incident_count", fields)
        self.assertFalse(
            self._as(keeper, self.env["supplier.incident"]).has_access("create")
        )
        with self.assertRaises(AccessError):
            self._as(keeper, self.receipt).read(["supplier_incident_count"])

    def test_portal_and_nobody(self):
        incident = self._incident()
        self.env.flush_all()
        for name, group in (
            ("portal", "base.group_portal"),
            ("nobody", "base.group_user"),
        ):
            user = self._user(name, group)
            user.partner_id.parent_id = self.supplier
            incident.message_subscribe(user.partner_id.ids)
            for model in ("supplier.incident", "supplier.incident.fact"):
                with self.subTest(user=name, model=model):
                    record = self._as(user, self.env[model].browse(incident.id))
                    self.assertFalse(record.has_access("read"))
                    with self.assertRaises(AccessError):
                        record.read(["name"])
            with self.assertRaises(AccessError):
                self._as(user, self.supplier).read(["supplier_incident_count"])

    def test_users_decide_once(self):
        """What would move an incident out of the figures is for managers."""
        buyer = self._user("decider", "purchase.group_purchase_user")
        incident = self._as(buyer, self._incident(responsibility="open"))
        incident.responsibility = "supplier"
        incident.write({"responsibility": "supplier", "title": "Again"})
        for vals in (
            {"responsibility": "us"},
            {"date_resolved": "2026-03-12 05:00:00"},
            {"date_first_answer": "2026-03-12 05:00:00"},
        ):
            with (
                self.subTest(vals=vals),
                self.assertRaisesRegex(AccessError, "A manager can change it"),
            ):
                incident.write(vals)
        incident.date_opened = "2026-03-11 04:00:00"
        incident.action_start()
        with self.assertRaisesRegex(AccessError, "A manager can change it"):
            incident.date_opened = "2026-02-11 04:00:00"
        incident.action_resolve()
        self.assertTrue(incident.date_resolved)
        manager = self._user("judge", "purchase.group_purchase_manager")
        self._as(manager, incident).responsibility = "carrier"

    def test_other_company(self):
        other = self._create_company("Silver Works", "UTC", "EUR")
        manager = self._user("elsewhere", "purchase.group_purchase_manager", other)
        incident = self._incident()
        self.env.flush_all()
        for model in ("supplier.incident", "supplier.incident.fact"):
            with self.subTest(model=model):
                records = self._as(manager, self.env[model])
                self.assertFalse(records.search([("id", "=", incident.id)]))
        self.assertEqual(self._as(manager, self.supplier).supplier_incident_count, 0)
        with self.assertRaises(AccessError):
            self._as(manager, incident).action_cancel()
        scoped = self._as(manager, self.env["supplier.incident.fact"])
        self.assertFalse(scoped._with_fact_scope(self._scope()).search([]))

    def test_manager_decides(self):
        manager = self._user("manager", "purchase.group_purchase_manager")
        incident = self._as(manager, self._incident())
        wizard = (
            incident.env["supplier.exclusion.wizard"]
            .with_context(**incident.action_leave_out()["context"])
            .create({"exclusion": "responsibility", "reason": "Rain in our yard"})
        )
        wizard.action_apply()
        self.assertEqual(incident.supplier_exclusion, "responsibility")
        incident.unlink()
        self.assertFalse(incident.exists())
