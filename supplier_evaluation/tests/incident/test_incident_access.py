from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common import BUYER, MANAGER
from .common import IncidentCommon


@tagged("post_install", "-at_install")
class TestIncidentAccess(IncidentCommon):
    """Who reports incidents, who decides about them, who sees none."""

    def test_buyer_reports_from_a_receipt(self):
        buyer = self._create_user("incident_buyer", BUYER)
        receipt = self._as(self.receipt, buyer)
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
        user = self._create_user(
            "incident_evaluator", "supplier_evaluation.group_supplier_evaluation_user"
        )
        incident = self._as(self._incident(purchase_line_id=self.line.id), user)
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
            form.partner_id = self._as(self.supplier, user)
            form.incident_type = "service"
        self.assertEqual(form.record.partner_id.id, self.supplier.id)
        with Form(incident) as form:
            form.severity = "major"
        self.assertEqual(self.move, incident.sudo().move_id)

    def test_evaluator_in_the_store(self):
        """Who is no buyer reports from a receipt all the same."""
        user = self._create_user(
            "incident_checker",
            "supplier_evaluation.group_supplier_evaluation_user,stock.group_stock_user",
        )
        receipt = self._as(self.receipt, user)
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
        keeper = self._create_user("incident_keeper", "stock.group_stock_user")
        views = self._as(self.receipt, keeper).get_views([(False, "form")])
        fields = views["models"]["stock.picking"]["fields"]
        self.assertNotIn("supplier_incident_count", fields)
        self.assertFalse(
            self._as(self.env["supplier.incident"], keeper).has_access("create")
        )
        with self.assertRaises(AccessError):
            self._as(self.receipt, keeper).read(["supplier_incident_count"])

    def test_portal_and_nobody(self):
        incident = self._incident()
        self.env.flush_all()
        for name, group in (
            ("portal", "base.group_portal"),
            ("nobody", "base.group_user"),
        ):
            user = self._create_user(f"incident_{name}", group)
            user.partner_id.parent_id = self.supplier
            incident.message_subscribe(user.partner_id.ids)
            for model in ("supplier.incident", "supplier.incident.fact"):
                with self.subTest(user=name, model=model):
                    record = self._as(self.env[model].browse(incident.id), user)
                    self.assertFalse(record.has_access("read"))
                    with self.assertRaises(AccessError):
                        record.read(["name"])
            with self.assertRaises(AccessError):
                self._as(self.supplier, user).read(["supplier_incident_count"])

    def test_users_decide_once(self):
        """What would move an incident out of the figures is for managers."""
        buyer = self._create_user("incident_decider", BUYER)
        incident = self._as(self._incident(responsibility="open"), buyer)
        incident.responsibility = "supplier"
        incident.write({"responsibility": "supplier", "title": "Again"})
        for vals in (
            {"responsibility": "us"},
            {"date_resolved": "2026-03-12 05:00:00"},
            {"date_first_answer": "2026-03-12 05:00:00"},
        ):
            with (
                self.subTest(vals=vals),
                self.assertRefused("A manager can change it", AccessError),
            ):
                incident.write(vals)
        incident.date_opened = "2026-03-11 04:00:00"
        incident.action_start()
        with self.assertRefused("A manager can change it", AccessError):
            incident.date_opened = "2026-02-11 04:00:00"
        incident.action_resolve()
        self.assertTrue(incident.date_resolved)
        manager = self._create_user("incident_judge", MANAGER)
        self._as(incident, manager).responsibility = "carrier"

    def test_other_company(self):
        other = self._create_company("Silver Works", "UTC", "EUR")
        manager = self._create_user("incident_elsewhere", MANAGER, other)
        incident = self._incident()
        self.env.flush_all()
        for model in ("supplier.incident", "supplier.incident.fact"):
            with self.subTest(model=model):
                records = self._as(self.env[model], manager)
                self.assertFalse(records.search([("id", "=", incident.id)]))
        self.assertEqual(self._as(self.supplier, manager).supplier_incident_count, 0)
        with self.assertRaises(AccessError):
            self._as(incident, manager).action_cancel()
        scoped = self._as(self.env["supplier.incident.fact"], manager)
        self.assertFalse(scoped._with_fact_scope(self._scope()).search([]))

    def test_manager_decides(self):
        manager = self._create_user("incident_manager", MANAGER)
        incident = self._as(self._incident(), manager)
        wizard = (
            incident.env["supplier.exclusion.wizard"]
            .with_context(**incident.action_leave_out()["context"])
            .create({"exclusion": "responsibility", "reason": "Rain in our yard"})
        )
        wizard.action_apply()
        self.assertEqual(incident.supplier_exclusion, "responsibility")
        with self.assertRefused("has a history, which stays"):
            incident.unlink()
        incident.action_cancel()
        incident.action_archive()
        self.assertFalse(incident.active)
