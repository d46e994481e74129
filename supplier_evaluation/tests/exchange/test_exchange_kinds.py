from odoo.tests import tagged

from .common import ExchangeCommon


@tagged("post_install", "-at_install")
class TestExchangeKinds(ExchangeCommon):
    """Records of every kind, and what becomes of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bolt = cls.env["res.partner"].create(
            {"name": "Bolt Ltd", "is_company": True, "vat": "DE129273398"}
        )

    def _of(self, kind, external_id, **values):
        return {"kind": kind, "id": external_id, "supplier": "S", **values}

    def _bolt(self):
        return self._supplier("S", "Bolt Ltd")

    def _order(self, external_id, line="10", **values):
        return self._of(
            "order",
            external_id,
            order="P1",
            line=line,
            **{"quantity": 100, "date_promised": "2026-03-10", **values},
        )

    def _receipt(self, external_id, day, quantity, order="P1"):
        return self._of(
            "receipt", external_id, order=order, line="10", date=day, quantity=quantity
        )

    def test_delivery_history(self):
        message = self._take(
            self._of(
                "receipt", "r1", order="P1", line="10", date="2026-03-09", quantity=40
            ),
            self._of(
                "receipt", "r2", order="P1", line="10", date="2026-03-12", quantity=60
            ),
            self._of(
                "return", "x1", order="P1", line="10", date="2026-03-20", quantity=5
            ),
            self._order("o1", price=2.5, date_order="2026-02-01"),
            self._order("o2", line="20"),
            self._order("o3", line="30", quantity=0),
            self._of(
                "receipt", "r9", order="P9", line="1", date="2026-03-12", quantity=1
            ),
            self._bolt(),
        )
        states = dict(
            message.result_ids.mapped(lambda one: (one.external_id, one.state))
        )
        self.assertEqual(
            states,
            {
                "S": "unchanged",
                "o1": "created",
                "o2": "created",
                "o3": "refused",
                "r1": "updated",
                "r2": "updated",
                "r9": "refused",
                "x1": "updated",
            },
        )
        lines = self.env["supplier.history.line"].search(
            [("company_id", "=", self.company.id)], order="line_ref"
        )
        self.assertEqual(lines.mapped("line_ref"), ["10", "20"])
        line = lines[0]
        self.assertEqual(line.partner_id, self.bolt)
        self.assertEqual(line.receipt_ids.mapped("quantity"), [40, 60])
        self.assertEqual(line.quantity_returned, 5)
        self.assertEqual(line.price_unit, 2.5)
        again = self._take(
            self._order("o1", price=2.5, date_order="2026-02-01"),
            self._of(
                "receipt", "r1", order="P1", line="10", date="2026-03-09", quantity=40
            ),
            self._of(
                "receipt", "r2", order="P1", line="10", date="2026-03-12", quantity=61
            ),
            # Says nothing of the price, which stays.
            self._order("o4", line="10", quantity=101),
        )
        self.assertEqual(
            self._states(again), ["unchanged", "unchanged", "updated", "updated"]
        )
        self.assertEqual(line.receipt_ids.mapped("quantity"), [40, 61])
        self.assertEqual((line.quantity_ordered, line.price_unit), (101, 2.5))

    def test_bills_and_payments(self):
        bill = self._of(
            "bill",
            "b1",
            number="R-7",
            date="2026-03-01",
            date_due="2026-03-31",
            amount=1000,
            currency="EUR",
        )
        message = self._take(
            self._of("payment", "p1", bill="R-7", date="2026-03-20", amount=400),
            self._of("payment", "p2", bill="R-7", date="2026-04-10", amount=600),
            self._of("payment", "p3", bill="R-8", date="2026-04-10", amount=600),
            self._bolt(),
            bill,
            {**bill, "id": "b2", "number": "R-9", "currency": "XYZ"},
        )
        self.assertEqual(
            self._states(message),
            ["created", "created", "refused", "unchanged", "created", "refused"],
        )
        known = self.env["supplier.history.bill"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(known.amount_paid, 1000)
        self.assertEqual(str(known.date_paid), "2026-04-10")
        self.assertEqual(known.days_late, 10)
        self.assertEqual(self._one(bill).state, "unchanged")
        self.assertEqual(self._one({**bill, "amount": 1100}).state, "updated")
        self.assertFalse(known.date_paid)
        self.assertIs(known.days_late, False)

    def test_inspections(self):
        lot = self._of(
            "inspection",
            "q1",
            number="L1",
            date="2026-03-02",
            quantity_inspected=50,
            quantity_rejected=2,
            result="conditional",
            product="Bolt M8",
        )
        message = self._take(
            self._bolt(),
            lot,
            {**lot, "id": "q2", "number": "L2", "quantity_rejected": 51},
        )
        self.assertEqual(self._states(message), ["unchanged", "created", "refused"])
        self.assertEqual(self._one(lot).state, "unchanged")

    def test_benchmarks(self):
        record = {
            "kind": "benchmark",
            "id": "1",
            "kpi": "otd",
            "group": "Automotive",
            "date_from": "2026-01-01",
            "date_to": "2026-12-31",
            "value": 96,
        }
        message = self._take(record, {**record, "id": "2", "kpi": "nonsense"})
        self.assertEqual(self._states(message), ["created", "refused"])
        benchmark = self.env["supplier.benchmark"].browse(
            message.result_ids.sorted("number")[0].res_id
        )
        self.assertIs(benchmark.value_low, False)
        self.assertEqual(self._one({**record, "value": 97}).state, "updated")

    def test_document_is_not_changed_after_it_was_verified(self):
        document = self._of(
            "document", "d", type="iso_9001", number="Q-1", date_to="2031-12-31"
        )
        self._take(self._bolt(), document)
        known = self.env["supplier.document"].search(
            [("partner_id", "=", self.bolt.id)]
        )
        known.sudo().action_verify()
        self.assertEqual(self._one(document).state, "unchanged")
        refused = self._one({**document, "number": "Q-2"})
        self.assertEqual(refused.state, "refused")
        self.assertTrue(refused.reason and refused.mend)
