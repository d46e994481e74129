from unittest.mock import patch

from odoo.tests import tagged

from ...models.chain import content, sealing
from ...models.chain.check import verify_chain
from ...models.scorecard.seal import verify_seals
from ..access import AccessCommon
from .common import ChainCommon


@tagged("post_install", "-at_install")
class TestChainGrowing(ChainCommon, AccessCommon):
    """How chains grow, and what that costs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.changes = cls.env["supplier.tier.change"]
        cls.vals = cls.records["supplier.tier.change"].copy_data()[0]

    def _append(self, count):
        return self.changes.sudo()._append([self.vals] * count)

    # ------------------------------------------------------------
    # What it costs
    # ------------------------------------------------------------

    def test_writing_takes_one_statement_more(self):
        """However many rows, and no lock that others wait for."""
        self._seal()
        self._append(1)
        noted = self.env.registry["supplier.chain.waiting"]
        with patch.object(noted, "_note", lambda *_args: None):
            without = self._statements_of(lambda: self._append(20))
        self.assertEqual(self._statements_of(lambda: self._append(20)), without + 1)

    def test_nothing_to_do(self):
        self._seal()
        blocks = self.env["supplier.chain.block"]
        self.assertEqual(self._statements_of(blocks._seal_next), 2)
        self._append(50)
        self._seal()
        self.assertEqual(self._statements_of(blocks._seal_next), 2)

    def test_statements_do_not_grow_with_rows(self):
        self._seal()
        blocks = self.env["supplier.chain.block"]
        self._append(2)
        few = self._statements_of(blocks._seal_next)
        self._append(200)
        self.assertEqual(self._statements_of(blocks._seal_next), few)
        few = self._statements_of(lambda: verify_chain(self.company))
        self._append(200)
        self._seal()
        self.assertLessEqual(
            self._statements_of(lambda: verify_chain(self.company)), few
        )

    # ------------------------------------------------------------
    # Portions
    # ------------------------------------------------------------

    def test_one_process(self):
        """Another one that seals leaves this one with nothing to do."""
        self._append(1)
        with self.registry.cursor() as other:
            other.execute("SELECT pg_advisory_xact_lock(%s)", [sealing.LOCK])
            self.assertFalse(self.env["supplier.chain.block"]._seal_next())
        self.assertTrue(self._waiting())
        self._seal()
        self.assertFalse(self._waiting())

    def test_what_is_committed_late(self):
        """Its number is lower than that of what is sealed already."""
        rows = self._append(2)
        notes = self._waiting(("res_model", "=", self.changes._name)).sorted("id")
        early, late = notes[-2:]
        self.assertEqual((early + late).mapped("res_id"), rows.ids)
        self._sql("DELETE FROM supplier_chain_waiting WHERE id = %s", early.id)
        self._seal()
        self.assertFalse(self._blocks(rows[0]))
        self._sql(
            "INSERT INTO supplier_chain_waiting"
            " (id, company_id, kind, res_model, res_id)"
            " VALUES (%s, %s, 'added', %s, %s)",
            early.id,
            self.company.id,
            self.changes._name,
            rows[0].id,
        )
        self._seal()
        self.assertTrue(self._blocks(rows[0]))
        self.assertHolds()

    def test_scheduled_action(self):
        self._append(5)
        self.env.flush_all()
        cron = self.env.ref("supplier_evaluation.ir_cron_supplier_chain")
        with (
            patch.object(sealing, "AT_ONCE", 3),
            self.enter_registry_test_mode(),
        ):
            cron.method_direct_trigger()
        self.assertFalse(self._waiting())
        self.assertHolds()

    # ------------------------------------------------------------
    # From before the chain
    # ------------------------------------------------------------

    def _forget_chain(self):
        self._sql("DELETE FROM supplier_chain_block")
        self._sql("DELETE FROM supplier_chain_waiting")

    def test_upgrade(self):
        """What a database of before has is sealed in the order of its dates."""
        self._append(20)
        self._seal()
        count = len(self._blocks())
        seal = self.evaluation.seal
        self._forget_chain()
        waiting = self.env["supplier.chain.waiting"]
        waiting._begin()
        self.assertEqual(
            len(self._waiting(("company_id", "=", self.company.id))), count - 1
        )
        # Nothing twice, be it before or after they are sealed.
        waiting._begin()
        self.assertWaits(count - 1)
        with patch.object(sealing, "AT_ONCE", 7):
            self._seal()
        waiting._begin()
        self.assertFalse(self._waiting())
        self.assertHolds()
        blocks = self._blocks()
        self.assertEqual(len(blocks), count)
        self.assertEqual(set(blocks.mapped("kind")), {"covers", "before"})
        self.assertEqual(blocks.mapped("number"), [*range(1, count + 1)])
        dates = [
            self.env[block.res_model].browse(block.res_id).date
            for block in blocks[1:]
            if "date" in self.env[block.res_model]
        ]
        self.assertEqual(dates, sorted(dates))
        # Published figures have the seals that they had.
        self.assertEqual(self.evaluation.seal, seal)
        self.assertFalse(verify_seals(self.company))

    def assertWaits(self, count):
        waiting = self._waiting(("company_id", "=", self.company.id))
        self.assertEqual(len(waiting), count)
        self.assertFalse(verify_chain(self.company))

    def test_later_register(self):
        """A room that comes later brings its rows, and the chain says since when."""
        self._seal()
        before = len(self._blocks())
        model = "supplier.tier.change"
        self._sql("DELETE FROM supplier_chain_block WHERE res_model = %s", model)
        self._forget_chain()
        models = [
            each for each in content.sealed_models(self.env) if each._name != model
        ]
        with patch.object(content, "sealed_models", lambda _env: models):
            self.env["supplier.chain.waiting"]._begin()
            self._sql("DELETE FROM supplier_chain_waiting WHERE res_model = %s", model)
            self._seal()
        self.env["supplier.chain.waiting"]._begin()
        self._seal()
        self.assertHolds()
        kinds = self._blocks().mapped("kind")
        self.assertEqual(kinds.count("covers"), 2)
        self.assertEqual(len(kinds), before + 1)

    def test_alert(self):
        rule = self.env.ref("supplier_evaluation.supplier_alert_rule_seal")
        self._seal()
        self.assertFalse(rule._see_seal(self.company, None, None))
        self._sql("UPDATE supplier_stage_change SET date = '2020-01-01'")
        [seen] = rule._see_seal(self.company, None, None)
        self.assertIn("was changed afterwards: When", seen.text)
        self.assertEqual((seen.company_id, seen.partner_id), (self.company.id, 0))
