from datetime import date, datetime

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import IncidentCommon


@tagged("post_install", "-at_install")
class TestIncident(IncidentCommon):
    """Numbers, states, dates, and what a user may enter."""

    def test_number(self):
        first = self._incident()
        second = self._incident()
        self.assertRegex(first.name, r"^INC/2026/\d{5}$")
        self.assertEqual(int(second.name[-5:]), int(first.name[-5:]) + 1)
        self.assertEqual(first.display_name, f"{first.name} Stripped threads")

    def test_number_of_the_local_year(self):
        """It is 2027 already in Shanghai."""
        incident = self._incident("2026-12-31 16:30:00")
        self.assertRegex(incident.name, r"^INC/2027/")

    def test_number_per_company(self):
        other = self._create_company("Silver Works", "UTC", "EUR")
        self.env["ir.sequence"].create(
            {
                "name": "Silver incidents",
                "code": "supplier.incident",
                "prefix": "SILVER-",
                "padding": 3,
                "company_id": other.id,
            }
        )
        mine = self._incident()
        theirs = self._incident(company_id=other.id)
        self.assertEqual(theirs.name, "SILVER-001")
        self.assertEqual(self._incident(company_id=other.id).name, "SILVER-002")
        self.assertEqual(int(self._incident().name[-5:]), int(mine.name[-5:]) + 1)

    def test_number_without_sequence(self):
        self.env["ir.sequence"].search([("code", "=", "supplier.incident")]).unlink()
        with self.assertRefused("Golden Works cannot be numbered"):
            self._incident()

    def test_number_is_unique(self):
        name = self._incident().name
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._incident(name=name)

    def test_copy(self):
        incident = self._incident(resolved="2026-03-13 04:00:00", cost=5, quantity=1)
        twin = incident.copy()
        self.assertNotEqual(twin.name, incident.name)
        self.assertEqual(twin.state, "new")
        self.assertFalse(twin.date_resolved)
        self.assertFalse(twin.cost)

    def test_state_dates(self):
        incident = self._incident()
        self.assertEqual(incident.date_opened, datetime(2026, 3, 12, 4))
        self.assertEqual(incident.responsibility, "open")
        incident.action_start()
        self.assertEqual(incident.user_id, self.env.user)
        incident.action_wait()
        self.assertEqual(incident.state, "waiting")
        self.assertFalse(incident.date_resolved)
        with freeze_time("2026-03-14 10:00:00"):
            incident.action_resolve()
        self.assertEqual(incident.date_resolved, datetime(2026, 3, 14, 10))

    def test_reopen(self):
        incident = self._incident(resolved="2026-03-14 10:00:00")
        incident.action_reopen()
        self.assertEqual(incident.state, "in_progress")
        self.assertFalse(incident.date_resolved)
        with freeze_time("2026-03-20 10:00:00"):
            incident.state = "resolved"
        self.assertEqual(incident.date_resolved, datetime(2026, 3, 20, 10))

    def test_cancelled_is_not_resolved(self):
        incident = self._incident(resolved="2026-03-14 10:00:00")
        incident.action_cancel()
        self.assertFalse(incident.date_resolved)

    def test_start_keeps_the_owner(self):
        owner = self.env.ref("base.user_admin")
        owner.company_ids |= self.company
        incident = self._incident(user_id=owner.id)
        incident.action_start()
        self.assertEqual(incident.user_id, owner)

    def test_entered_afterwards(self):
        """An incident that was resolved before it was entered."""
        incident = self._incident(
            date_opened="2026-03-01 08:00:00",
            state="resolved",
            date_resolved="2026-03-02 08:00:00",
        )
        self.assertEqual(incident.date_resolved, datetime(2026, 3, 2, 8))

    def test_dates_fit(self):
        incident = self._incident(resolved="2026-03-14 10:00:00")
        with self.assertRefused("cannot be before", ValidationError):
            incident.date_resolved = "2026-03-12 03:00:00"
        with self.assertRefused("cannot be before", ValidationError):
            incident.date_first_answer = "2026-03-12 03:00:00"
        with self.assertRefused("Resolve or reopen it", ValidationError):
            incident.date_resolved = False
        with self.assertRefused("Resolve or reopen it", ValidationError):
            self._incident().date_resolved = "2026-03-14 10:00:00"

    @mute_logger("odoo.sql_db")
    def test_not_negative(self):
        incident = self._incident()
        for field in ("quantity", "cost"):
            with self.subTest(field=field), self.assertRaises(IntegrityError):
                incident[field] = -1
                incident.flush_recordset()

    @mute_logger("odoo.sql_db")
    def test_without_supplier(self):
        incident = self._incident(partner_id=False)
        for state in ("in_progress", "waiting", "resolved"):
            with self.subTest(state=state), self.assertRaises(IntegrityError):
                incident.state = state
                incident.flush_recordset()

    def test_junk_without_supplier(self):
        incident = self._incident(partner_id=False)
        incident.action_cancel()
        incident.action_reopen()
        self.env.flush_all()
        self.assertEqual(incident.state, "new")

    def test_guarded_exclusion(self):
        with self.assertRaises(AccessError):
            self._incident().supplier_exclusion = "manual"

    def test_leave_out(self):
        incident = self._incident().with_context(tracking_disable=False)
        action = incident.action_leave_out()
        wizard = (
            self.env["supplier.exclusion.wizard"]
            .with_context(**action["context"])
            .create({"exclusion": "manual", "reason": "Our drawing was wrong"})
        )
        wizard.action_apply()
        self.assertEqual(incident.supplier_exclusion, "manual")
        self.assertIn("Our drawing was wrong", incident.message_ids[0].body)

    def test_tracking(self):
        incident = self._incident().with_context(tracking_disable=False)
        self.env.flush_all()
        self.env.cr.precommit.clear()
        incident.write({"severity": "critical", "responsibility": "supplier"})
        self.env.flush_all()
        self.env.cr.precommit.run()
        tracked = incident.message_ids.tracking_value_ids.field_id.mapped("name")
        self.assertLessEqual({"severity", "responsibility"}, set(tracked))

    def test_counts(self):
        first = self._incident(picking_id=self.receipt.id)
        self._incident(order_id=self.line.order_id.id, partner_id=self.contact.id)
        self._incident(partner_id=self.stranger.id)
        self.assertEqual(first.order_id, self.line.order_id)
        self.assertEqual(self.receipt.supplier_incident_count, 1)
        self.assertEqual(self.line.order_id.supplier_incident_count, 2)
        self.assertEqual(self.supplier.supplier_incident_count, 2)
        self.assertEqual(self.contact.supplier_incident_count, 2)
        for record, number in (
            (self.receipt, 1),
            (self.line.order_id, 2),
            (self.supplier, 2),
        ):
            action = record.action_open_supplier_incidents()
            found = self.env[action["res_model"]].search(action["domain"])
            self.assertEqual(len(found), number)

    def test_archived_supplier_keeps_incidents(self):
        incident = self._incident(partner_id=self.contact.id)
        (self.contact | self.supplier).active = False
        self.env.invalidate_all()
        found = self.env["supplier.incident"].search([("id", "=", incident.id)])
        self.assertEqual(found.partner_id, self.contact)
        self.assertEqual(self.supplier.supplier_incident_count, 1)
        incident.action_resolve()
        self.assertEqual(incident.state, "resolved")

    def test_overdue_filter(self):
        late = self._incident(date_due=date(2026, 3, 13))
        self._incident(date_due=date(2026, 3, 13), resolved="2026-03-20 04:00:00")
        arch = self.env.ref("supplier_evaluation.supplier_incident_view_search").arch
        self.assertIn("('date_due', '&lt;', 'today')", arch)
        found = self.env["supplier.incident"].search(
            [
                ("company_id", "=", self.company.id),
                ("state", "not in", ["resolved", "cancelled"]),
                ("date_due", "<", "today"),
            ]
        )
        self.assertEqual(found, late)


@tagged("post_install", "-at_install")
class TestIncidentDocuments(IncidentCommon):
    """The order, receipt and product of an incident."""

    def _report(self, record):
        """Press "Report Incident" on a record, and return the form."""
        action = record.action_report_supplier_incident()
        incidents = self.env[action["res_model"]].with_context(**action["context"])
        form = Form(incidents)
        form.title = "Stripped threads"
        return form

    def test_from_receipt(self):
        self.assertTrue(self.receipt.is_supplier_receipt)
        form = self._report(self.receipt)
        form.quantity = 12
        incident = form.save()
        self.assertEqual(incident.partner_id, self.supplier)
        self.assertEqual(incident.picking_id, self.receipt)
        self.assertEqual(incident.order_id, self.line.order_id)
        self.assertEqual(incident.product_id, self.product)
        self.assertEqual(incident.move_id, self.move)
        self.assertEqual(incident.company_id, self.company)

    def test_from_order(self):
        incident = self._report(self.line.order_id).save()
        self.assertEqual(incident.purchase_line_id, self.line)
        self.assertEqual(incident.product_id, self.product)
        self.assertEqual(incident.partner_id, self.supplier)

    def test_from_vendor(self):
        context = self.contact.action_open_supplier_incidents()["context"]
        form = Form(self.env["supplier.incident"].with_context(**context))
        form.title = "Nobody answers the phone"
        self.assertEqual(form.save().commercial_partner_id, self.supplier)

    def test_receipt_of_two_products(self):
        nut = self._create_product("Nut")
        order = self.line.order_id.copy({"order_line": False})
        for product in (self.product, nut):
            order.order_line.create(
                {
                    "order_id": order.id,
                    "product_id": product.id,
                    "product_qty": 5,
                    "price_unit": 1,
                }
            )
        order.button_confirm()
        receipt = self._receive(order.order_line, "2026-03-11", 5)
        form = self._report(receipt)
        self.assertFalse(form.product_id)
        form.product_id = nut
        incident = form.save()
        self.assertEqual(incident.move_id.product_id, nut)
        incident.purchase_line_id = order.order_line[0]
        self.assertEqual(incident.product_id, self.product)

    def test_no_receipt_from_a_supplier(self):
        back = self._return(self.receipt, "2026-03-11", 5)
        self.assertFalse(back.is_supplier_receipt)
        order = self._order(5, 1, "2026-03-20")
        self.assertFalse(order.move_ids.picking_id.is_supplier_receipt)

    def test_change_of_supplier(self):
        form = self._report(self.receipt)
        form.partner_id = self.stranger
        self.assertFalse(form.picking_id)
        self.assertFalse(form.order_id)
        incident = form.save()
        self.assertFalse(incident.move_id)
        self.assertEqual(incident.product_id, self.product)

    def test_change_of_supplier_by_write(self):
        incident = self._incident(purchase_line_id=self.line.id)
        self.assertEqual(incident.move_id, self.move)
        incident.partner_id = self.contact
        self.assertEqual(incident.purchase_line_id, self.line)
        incident.partner_id = self.stranger
        self.assertFalse(incident.purchase_line_id)
        self.assertFalse(incident.order_id)
        self.assertFalse(incident.move_id)

    def test_change_of_order(self):
        other = self._order(5, 1, "2026-03-20")
        form = self._report(self.receipt)
        form.order_id = other.order_id
        self.assertFalse(form.picking_id)
        incident = form.save()
        self.assertEqual(incident.order_id, other.order_id)

    def test_documents_of_another_supplier(self):
        other = self._order(5, 1, "2026-03-10", partner=self.stranger)
        receipt = self._receive(other, "2026-03-10")
        for vals in (
            {"purchase_line_id": other.id},
            {"order_id": other.order_id.id},
            {"picking_id": receipt.id},
        ):
            with (
                self.subTest(vals=vals),
                self.assertRefused("Other Supplier", ValidationError),
            ):
                self._incident(**vals)

    def test_documents_of_another_company(self):
        company = self._create_company("Elsewhere", "UTC", "EUR")
        with self.assertRefused("Elsewhere|compan"):
            self._incident(order_id=self.line.order_id.id, company_id=company.id)

    def test_line_of_another_order(self):
        other = self._order(5, 1, "2026-03-10")
        with self.assertRefused("belongs to", ValidationError):
            self._incident(order_id=other.order_id.id, purchase_line_id=self.line.id)
        with self.assertRefused("no receipt of", ValidationError):
            self._incident(order_id=other.order_id.id, picking_id=self.receipt.id)

    def test_product_of_another_document(self):
        nut = self._create_product("Nut")
        for vals in (
            {"picking_id": self.receipt.id},
            {"purchase_line_id": self.line.id},
        ):
            with (
                self.subTest(vals=vals),
                self.assertRefused("Nut is not in", ValidationError),
            ):
                self._incident(product_id=nut.id, **vals)
        self.assertTrue(self._incident(product_id=nut.id))
        bare = self.line.order_id.copy({"order_line": False})
        incident = self._incident(product_id=nut.id, order_id=bare.id)
        self.assertEqual((incident.order_id, incident.product_id), (bare, nut))

    def test_last_receipt_of_the_line(self):
        line = self._order(30, 10, "2026-03-10")
        first = self._receive(line, "2026-03-05", 10)
        second = self._receive(line, "2026-03-09", 10)
        third = self._receive(line, "2026-03-20", 10)
        incident = self._incident("2026-03-12 04:00:00", purchase_line_id=line.id)
        self.assertEqual(incident.move_id, second.move_ids)
        incident.date_opened = "2026-03-06 04:00:00"
        self.assertEqual(incident.move_id, first.move_ids)
        incident.date_opened = "2026-03-21 04:00:00"
        self.assertEqual(incident.move_id, third.move_ids)
        incident.date_opened = "2026-03-01 04:00:00"
        self.assertFalse(incident.move_id)

    def test_return_is_no_receipt(self):
        self._return(self.receipt, "2026-03-11", 5)
        incident = self._incident(purchase_line_id=self.line.id)
        self.assertEqual(incident.move_id, self.move)

    def test_receipt_done_later(self):
        """What is reported before the receipt is validated is attributed then."""
        line = self._order(30, 10, "2026-03-10")
        incident = self._incident(
            "2026-03-08 04:00:00", picking_id=line.move_ids.picking_id.id
        )
        self.assertFalse(incident.move_id)
        receipt = self._receive(line, "2026-03-09")
        self.assertEqual(incident.move_id, receipt.move_ids)

    def test_quantity(self):
        incident = self._incident(picking_id=self.receipt.id, quantity=100)
        with self.assertRefused(
            rf"{incident.name}.*101.*Bolt.*{self.receipt.name} brought 100",
            ValidationError,
        ):
            incident.quantity = 101

    def test_missing_quantity(self):
        """What is missing may be more than what came."""
        line = self._order(100, 10, "2026-03-10")
        receipt = self._receive(line, "2026-03-10", 20)
        incident = self._incident(
            picking_id=receipt.id, quantity=80, incident_type="delivery"
        )
        with self.assertRefused("brought 20", ValidationError):
            incident.incident_type = "quality"

    def test_quantity_in_the_products_unit(self):
        line = self._order(2, 120, "2026-03-10", uom=self.uom_dozen)
        receipt = self._receive(line, "2026-03-10")
        incident = self._incident(picking_id=receipt.id, quantity=24)
        self.assertEqual(incident.uom_id, self.uom_unit)
        with self.assertRefused("brought 24", ValidationError):
            incident.quantity = 24.5
