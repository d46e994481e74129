from freezegun import freeze_time

from odoo.tests import tagged

from ..common import SupplierEvaluationCommon

ADDON = "supplier_evaluation"


@tagged("post_install", "-at_install")
class TestIdleDay(SupplierEvaluationCommon):
    """What all scheduled actions ask where nothing has changed since they ran."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.crons = cls.env["ir.cron"].search([("id", "in", cls._own("ir.cron"))])
        cls.template = cls._create_template(
            "Idle", ["otd", "fill_rate"], sets_vendor_score=True, is_live=True
        )

    @classmethod
    def _own(cls, model):
        data = cls.env["ir.model.data"].search(
            [("module", "=", ADDON), ("model", "=", model)]
        )
        return data.mapped("res_id")

    def test_statements_do_not_depend_on_suppliers(self):
        with freeze_time("2026-04-20 04:00:00"):
            few = self._idle_day(2)
            many = self._idle_day(10)
        alerts = self.env["supplier.alert"].search([("state", "!=", "resolved")])
        self.assertEqual(len(alerts.partner_id), 12)
        grown = {
            name: (count, many[name])
            for name, count in few.items()
            if many[name] > count
        }
        self.assertEqual(grown, {})

    def _idle_day(self, number):
        """Return what each action asks when suppliers are added and it ran twice."""
        for index in range(number):
            self._busy_supplier(f"Idle {number} {index}")
        self._publish()
        self._run()
        self._run()
        return self._run()

    def _publish(self):
        """Publish what is so far, as a revision of what was."""
        evaluations = self.env["supplier.evaluation"]
        evaluation = evaluations.search(
            [("template_id", "=", self.template.id), ("state", "=", "published")]
        )
        if evaluation:
            evaluation = evaluations.browse(evaluation.action_revise()["res_id"])
            evaluation.action_compute()
        else:
            evaluation = self._evaluate()
        evaluation.action_publish()

    def _busy_supplier(self, name):
        """Create one that is late, complained of and not certified."""
        partner = self._create_supplier(name)
        for promised in ("2026-03-05", "2026-03-20", "2026-04-10"):
            self._order(10, 5, promised, "2026-02-01", partner=partner)
        self.env["supplier.incident"].create(
            {
                "title": "Cracked",
                "partner_id": partner.id,
                "company_id": self.company.id,
                "severity": "critical",
                "date_due": "2026-04-01",
            }
        )

    def _run(self):
        statements = {}
        with self.enter_registry_test_mode():
            for cron in self.crons:
                statements[cron.cron_name] = self._statements_of(
                    cron.method_direct_trigger
                )
        return statements
