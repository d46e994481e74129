from odoo.tests import tagged

from ..common import ExchangeCommon


@tagged("post_install", "-at_install")
class TestExchangeLineOrigin(ExchangeCommon):
    """Of two systems that tell of one order line, the one with the priority counts."""

    def setUp(self):
        super().setUp()
        for source in (self.erp, self.crm):
            self._one(self._supplier("1", "Bolt Ltd"), source=source)

    def _order(self, source, external_id="o", **values):
        record = {
            "kind": "order",
            "id": external_id,
            "supplier": "1",
            "order": "P1",
            "line": "10",
            "quantity": 100,
            "date_promised": "2026-03-10",
            **values,
        }
        return self._one(record, source=source)

    def _line(self, result):
        line = self.env["supplier.history.line"].browse(result.res_id)
        line.invalidate_recordset()
        return line

    def test_the_first_counts(self):
        line = self._line(self._order(self.erp))
        late = self._order(
            self.crm, date_promised="2026-04-01", date_order="2026-02-01"
        )
        self.assertEqual(late.state, "updated")
        self.assertEqual(self._line(late), line)
        self.assertEqual(str(line.date_promised), "2026-03-10")
        self.assertEqual(str(line.date_order), "2026-02-01")
        self.assertIn("date_promised (ERP goes first)", late.note)
        self.assertNotIn("quantity", late.note)

    def test_numbers_that_passed_through_decimals(self):
        """The same line comes again, and is that of the other system, too."""
        wide = {"order": "4500001.0", "line": "10.0"}
        line = self._line(self._order(self.erp, **wide))
        self.assertEqual((line.order_ref, line.line_ref), ("4500001", "10"))
        again = self._order(self.erp, date_promised="2026-03-20", **wide)
        self.assertEqual((again.state, self._line(again)), ("updated", line))
        late = self._order(self.crm, date_promised="2026-04-01", **wide)
        self.assertEqual(self._line(late), line)
        self.assertIn("date_promised (ERP goes first)", late.note)

    def test_the_other_way_round(self):
        line = self._line(self._order(self.crm, quantity=90))
        self.assertFalse(self._order(self.erp).note)
        self.assertEqual(line.quantity_ordered, 100)
        again = self._order(self.crm, quantity=90, price=2)
        self.assertEqual(line.quantity_ordered, 100)
        self.assertEqual(line.price_unit, 2)
        self.assertIn("quantity (ERP goes first)", again.note)

    def test_a_system_corrects_itself(self):
        line = self._line(self._order(self.erp))
        self.assertFalse(self._order(self.erp, date_promised="2026-03-20").note)
        self.assertEqual(str(line.date_promised), "2026-03-20")

    def test_of_two_equal_ones_the_later(self):
        self.crm.priority = self.erp.priority
        line = self._line(self._order(self.erp))
        self._order(self.crm, quantity=90)
        self.assertEqual(line.quantity_ordered, 90)

    def test_what_a_person_changed_stays(self):
        line = self._line(self._order(self.erp))
        line.quantity_ordered = 80
        result = self._order(self.erp, quantity=110)
        self.assertEqual(line.quantity_ordered, 80)
        self.assertIn("quantity (entered by hand)", result.note)
        self.erp.hand_wins = False
        self._order(self.erp, quantity=120)
        self.assertEqual(line.quantity_ordered, 120)

    def test_returns(self):
        line = self._line(self._order(self.erp))

        def send_back(source, quantity):
            record = {
                "kind": "return",
                "id": "r",
                "supplier": "1",
                "order": "P1",
                "line": "10",
                "date": "2026-03-20",
                "quantity": quantity,
            }
            return self._one(record, source=source)

        send_back(self.erp, 5)
        result = send_back(self.crm, 7)
        self.assertEqual(line.quantity_returned, 5)
        self.assertIn("quantity (ERP goes first)", result.note)

    def test_many_cost_the_same(self):
        def queries(number):
            records = [
                {
                    "kind": "order",
                    "id": f"{number}-{place}",
                    "supplier": "1",
                    "order": f"P{number}",
                    "line": str(place),
                    "quantity": 1,
                    "date_promised": "2026-03-10",
                }
                for place in range(number)
            ]
            self._take(*records)
            self.env.flush_all()
            self.env.invalidate_all()
            kind = self._as(self.env["supplier.exchange.kind.order"], self.manager)
            changed = [{**one, "quantity": 2} for one in records]
            run = self.Message.browse(self._take(*changed).id).sudo()._run()
            items = [run.item(0, one) for one in changed]
            vendor = self.env["res.partner"].search([("name", "=", "Bolt Ltd")])
            for item in items:
                item.partner = vendor.id
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            kind._stays(run, items)
            return self.env.cr.sql_log_count - before

        self.assertLessEqual(queries(40), queries(2) + 2)
