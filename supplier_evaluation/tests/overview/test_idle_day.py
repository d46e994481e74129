from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from ..common import SupplierEvaluationCommon

ADDON = "supplier_evaluation"
# What waits for something that did not happen yet is no work, in batches of any size.
BATCHES = ("corrective.effectiveness", "improvement.proposing")
# The rows of an evaluation, and where the database wrote them.
WRITTEN = """
    SELECT 'card', id, ctid, write_date FROM supplier_scorecard WHERE evaluation_id = %s
     UNION ALL
    SELECT 'line', line.id, line.ctid, NULL
      FROM supplier_scorecard_line line
      JOIN supplier_scorecard card ON card.id = line.scorecard_id
     WHERE card.evaluation_id = %s
     ORDER BY 1, 2
"""


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
        cls.rule = cls.env["supplier.incentive.rule"].create(
            {
                "name": "Idle",
                "kind": "preferred",
                "grade_id": cls.env["supplier.grade"]._best_first()[:1].id,
                "company_id": cls.company.id,
                "periods": 2,
            }
        )
        for room in BATCHES:
            name = f"odoo.addons.{ADDON}.models.{room}.BATCH"
            cls.startClassPatcher(patch(name, 3))

    @classmethod
    def _own(cls, model):
        data = cls.env["ir.model.data"].search(
            [("module", "=", ADDON), ("model", "=", model)]
        )
        return data.mapped("res_id")

    def test_statements_do_not_depend_on_suppliers(self):
        with freeze_time("2026-04-20 04:00:00"):
            # A revision is compared with what it revises: both days look at one.
            self._busy_supplier("Idle before")
            self._publish()
            few = self._idle_day(2)
            many = self._idle_day(10)
        for model, state in (
            ("supplier.corrective.action", "verifying"),
            ("supplier.incentive", "approved"),
        ):
            waiting = self.env[model].search([("state", "=", state)])
            self.assertEqual(len(waiting.partner_id), 13)
        alerts = self.env["supplier.alert"].search([("state", "!=", "resolved")])
        self.assertEqual(len(alerts.partner_id), 13)
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
        # What a full cache of Odoo's has dropped is asked for once more.
        first, second = self._run(), self._run()
        return {name: min(count, second[name]) for name, count in first.items()}

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
        """Create one that is late, complained of and not certified, in each room."""
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
        action = self.env["supplier.corrective.action"]._open(
            partner, self.company, "Late"
        )
        action._write_guarded(
            {
                "state": "verifying",
                "kpi_id": self.template.line_ids[0].kpi_id.id,
                "template_id": self.template.id,
                "date_implemented": "2026-04-15 08:00:00",
            }
        )
        self.env["supplier.incentive"]._unguarded().create(
            {
                "company_id": self.company.id,
                "partner_id": partner.id,
                "rule_id": self.rule.id,
                "kind": self.rule.kind,
                "user_id": self.env.uid,
                "state": "approved",
            }
        )

    def test_the_running_period_is_not_written_again(self):
        """Nothing changed, so nothing is written, but that somebody looked."""
        with freeze_time("2026-04-20 04:00:00"):
            self._idle_day(3)
            run = self.env["supplier.evaluation"]._running(self.company)
            run = run.filtered(lambda one: one.template_id == self.template)
            self.assertEqual(len(run.scorecard_ids), 3)
            self.env.cr.execute(WRITTEN, [run.id, run.id])
            before = self.env.cr.fetchall()
        with freeze_time("2026-04-20 05:00:00"):
            self._run()
        self.assertEqual(str(run.date_computed), "2026-04-20 05:00:00")
        self.env.cr.execute(WRITTEN, [run.id, run.id])
        self.assertEqual(self.env.cr.fetchall(), before)

    def _run(self):
        statements = {}
        with self.enter_registry_test_mode():
            for cron in self.crons:
                statements[cron.cron_name] = self._statements_of(
                    cron.method_direct_trigger
                )
        return statements
