from contextlib import contextmanager
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.tests import tagged

from ..common import ThreeSuppliersCommon

CRON = "supplier_evaluation.ir_cron_supplier_evaluation_vendors"


@tagged("post_install", "-at_install")
class TestVendorsLater(ThreeSuppliersCommon):
    """Publishing waits for nobody who is writing a vendor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cron = cls.env.ref(CRON)

    @contextmanager
    def _vendors_being_written(self, answer):
        with patch.object(
            type(self.env["supplier.evaluation"]), "_lock_vendors", answer
        ):
            yield

    def _triggers(self):
        return self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])

    def _vendors(self, evaluation):
        return evaluation.scorecard_ids.partner_id.with_company(self.company)

    def test_at_once(self):
        evaluation = self._evaluate()
        evaluation.action_publish()
        self.assertFalse(evaluation.is_vendor_due)
        self.assertEqual(
            self._vendors(evaluation).supplier_scorecard_id, evaluation.scorecard_ids
        )

    def test_in_a_moment(self):
        def written_since(_evaluation):
            raise SerializationFailure("could not serialize access")

        answers = (lambda _evaluation: False, written_since)
        for number, answer in enumerate(answers):
            # Of the same last day, the first template counts.
            template = self._create_template("Later", ["otd"], sequence=-number)
            evaluation = self._evaluate(template)
            triggers = self._triggers()
            with self._vendors_being_written(answer):
                evaluation.action_publish()
            self.assertEqual(len(self._triggers() - triggers), 1)
            self.assertEqual(evaluation.state, "published")
            self.assertTrue(evaluation.is_vendor_due)
            before = self._vendors(evaluation).supplier_scorecard_id
            self.assertFalse(before & evaluation.scorecard_ids)
            with self.enter_registry_test_mode():
                self.cron.method_direct_trigger()
            self.env.invalidate_all()
            self.assertFalse(evaluation.is_vendor_due)
            self.assertEqual(
                self._vendors(evaluation).supplier_scorecard_id,
                evaluation.scorecard_ids,
            )

    def test_revision_that_leaves_one_out(self):
        """Who is no longer evaluated has no score, also where that comes later."""
        first = self._evaluate()
        first.action_publish()
        gone = self.late_supplier
        first.action_revise()
        revision = self.env["supplier.evaluation"].search(
            [("revision_of_id", "=", first.id)]
        )
        self.template.partner_domain = f"[('id', '!=', {gone.id})]"
        revision.action_compute()
        with self._vendors_being_written(lambda _evaluation: False):
            revision.action_publish()
        card = gone.with_company(self.company).supplier_scorecard_id
        self.assertEqual(card.evaluation_id, first)
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertFalse(gone.with_company(self.company).supplier_scorecard_id)
