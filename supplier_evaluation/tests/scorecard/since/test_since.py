from odoo.tests import tagged

from ....models.scorecard.since.supplier_scorecard_line import Since
from .common import PublishedCommon


@tagged("post_install", "-at_install")
class TestSince(PublishedCommon):
    """A published figure names the records that it would count otherwise now."""

    def test_nothing_changed(self):
        self.assertEqual(self._since(self._otd()), self._nothing())
        self.assertFalse(self._since(self._otd()))

    def test_added(self):
        """Typed in after publishing, with a promise of the period."""
        line = self._order(10, 5, "2026-03-20", partner=self.late_supplier)
        since = self._since(self._otd())
        self.assertEqual(since, Since([self._fact(line)], [], []))
        self.assertEqual(
            self._named(self._otd(), since), [("added", line.order_id.name, "")]
        )
        # Of the others, nothing is said.
        self.assertFalse(self._since(self._otd(self.supplier)))

    def test_moved(self):
        line = self.late_lines[0]
        self._came_on(line, "2026-03-09")
        since = self._since(self._otd())
        self.assertEqual(since.moved, [self._fact(line)])
        self.assertFalse(since.added or since.gone)

    def test_left_out(self):
        line = self.late_lines[0]
        line._set_supplier_exclusion("manual", "Our dock was closed")
        since = self._since(self._otd())
        self.assertEqual(since, Since([], [], [self._fact(line)]))
        [(kind, name, why)] = self._named(self._otd(), since)
        self.assertEqual((kind, name), ("gone", line.order_id.name))
        self.assertIn("Our dock was closed", why)

    def test_of_another_period(self):
        line = self.late_lines[0]
        for day in ("2026-05-05", "2027-05-05"):
            self.env.cr.execute(
                "UPDATE purchase_order_line SET date_promised = %s WHERE id = %s",
                [f"{day} 02:00:00", line.id],
            )
            self.env.invalidate_all()
            since = self._since(self._otd())
            self.assertEqual(since.gone, [self._fact(line)])
            [(_kind, name, why)] = self._named(self._otd(), since)
            self.assertEqual((name, why), (line.order_id.name, "Outside the period"))

    def test_of_another_supplier(self):
        order = self.late_lines[0].order_id
        self.env.cr.execute(
            "UPDATE purchase_order SET partner_id = %s WHERE id = %s",
            [self.small_supplier.id, order.id],
        )
        self.env.cr.execute(
            "UPDATE purchase_order_line SET partner_id = %s WHERE order_id = %s",
            [self.small_supplier.id, order.id],
        )
        self.env.invalidate_all()
        gone, added = (
            self._since(self._otd()),
            self._since(self._otd(self.small_supplier)),
        )
        self.assertEqual(gone.gone, added.added)
        [(_kind, _name, why)] = self._named(self._otd(), gone)
        self.assertIn("of another supplier", why)

    def test_not_published(self):
        revision = self.evaluation.browse(self.evaluation.action_revise()["res_id"])
        revision.action_compute()
        self.assertIsNone(self._since(self._otd(evaluation=revision)))

    def test_published_before_records_were_kept(self):
        self.env.cr.execute("DELETE FROM supplier_scorecard_source")
        self.evaluation._write_guarded({"are_sources_kept": False})
        self.assertIsNone(self._since(self._otd()))
        self.assertEqual(self._otd().reconcile()["changes"], [])

    def test_what_could_not_be_computed_is_not_compared(self):
        evaluation = self._evaluate(self._create_template("One", ["otd"]))
        evaluation.action_publish()
        otd = self._otd(evaluation=evaluation)
        snapshot = {**evaluation.template_snapshot, "not_computed": ["otd"]}
        evaluation._write_guarded({"template_snapshot": snapshot})
        self.assertIsNone(self._since(otd))
        self.assertEqual(otd.retrieve_figure()["check"]["changes"], [])

    def test_reconcile_names_them(self):
        line = self._order(10, 5, "2026-03-20", partner=self.late_supplier)
        check = self._otd().reconcile()
        [group] = check["changes"]
        self.assertEqual((group["kind"], group["count"]), ("added", 1))
        [record] = group["records"]
        self.assertEqual(
            (record["model"], record["id"]), ("purchase.order", line.order_id.id)
        )

    def test_ordinary_records(self):
        """Of any model that somebody made a KPI of."""
        kpi = self.env["supplier.kpi"].create(
            {
                "name": "Orders",
                "code": "orders",
                "description": "How many there are.",
                "unit": "number",
                "dimension": "service",
                "fact_model": "purchase.order",
                "partner_field": "partner_id",
                "date_field": "date_order",
                "company_field": "company_id",
                "aggregator": "count",
                "domain": "[('state', '=', 'purchase')]",
            }
        )
        template = self._create_template("Orders", [kpi.code])
        template.line_ids.point_ids.unlink()
        template.line_ids.point_ids = [
            (0, 0, {"value": 0, "score": 0}),
            (0, 0, {"value": 10, "score": 100}),
        ]
        evaluation = self._evaluate(template)
        evaluation.action_publish()
        line = self._card(evaluation, self.late_supplier).line_ids
        self.assertEqual(self._since(line), self._nothing())
        order = self._order(1, 1, "2026-03-25", partner=self.late_supplier).order_id
        since = self._since(line)
        self.assertEqual(since, Since([order.id], [], []))
        [(kind, name, _why)] = self._named(line, since)
        self.assertEqual((kind, name), ("added", order.display_name))
