from datetime import date
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from ....tools import automation
from ..common import ThreeSuppliersCommon


@tagged("post_install", "-at_install")
class TestAutomation(ThreeSuppliersCommon):
    """Odoo's automation rules hear what is published, of whom it changed."""

    def _rule(self, model, trigger, names=(), **vals):
        """Make a rule that notes each record that it is told of."""
        model_id = self.env["ir.model"]._get_id(model)
        # What a test patches on the models is taken back with it.
        self.addCleanup(self.env["base.automation"]._unregister_hook)
        return self.env["base.automation"].create(
            {
                "name": "Heard",
                "model_id": model_id,
                "trigger": trigger,
                "trigger_field_ids": [
                    Command.link(self.env["ir.model.fields"]._get(model, name).id)
                    for name in names
                ],
                "action_server_ids": [
                    Command.create(
                        {
                            "name": "Note",
                            "model_id": model_id,
                            "state": "code",
                            "code": "env['ir.config_parameter'].sudo().set_param("
                            "'heard', (env['ir.config_parameter'].sudo().get_param("
                            "'heard') or '') + ' %s' % record.id)",
                        }
                    )
                ],
                **vals,
            }
        )

    def _heard(self):
        """Return the ids of the records that were told, each as often as it was."""
        parameters = self.env["ir.config_parameter"].sudo()
        heard = parameters.get_param("heard") or ""
        parameters.set_param("heard", False)
        return sorted(int(one) for one in heard.split())

    def _publish(self, **vals):
        evaluation = self._evaluate(**vals)
        evaluation.action_publish()
        return evaluation

    def test_vendors_that_changed(self):
        """All at first; nobody by what changes no score; then one, by its own."""
        names = ["supplier_score"]
        self._rule("res.partner", "on_create_or_write", names)
        evaluation = self._publish(date_to=date(2026, 3, 20))
        everybody = evaluation.scorecard_ids.partner_id
        self.assertEqual(len(everybody), 3)
        self.assertEqual(self._heard(), sorted(everybody.ids))
        line = self._order(10, 5, "2026-03-25")
        self._receive(line, "2026-03-30")
        revised = evaluation.browse(evaluation.action_revise()["res_id"])
        revised.action_compute()
        revised.action_publish()
        self.assertEqual(self._heard(), [])
        self._publish(date_from=date(2026, 3, 21))
        self.assertEqual(self._heard(), self.supplier.ids)

    def test_before_and_after(self):
        """A rule asks what was before, in the company whose score it is."""
        self._rule(
            "res.partner",
            "on_create_or_write",
            ["supplier_score"],
            filter_pre_domain="[('supplier_score', '=', False)]",
            filter_domain="[('supplier_score', '<', 90)]",
        )
        cards = self._publish(date_to=date(2026, 3, 15)).scorecard_ids
        low = cards.filtered(lambda card: card.score < 90)
        self.assertTrue(low)
        self.assertLess(len(low), len(cards))
        self.assertEqual(self._heard(), sorted(low.partner_id.ids))
        # They have a score by now.
        self._publish(date_from=date(2026, 3, 2), date_to=date(2026, 3, 20))
        self.assertEqual(self._heard(), [])

    def test_other_fields(self):
        self._rule("res.partner", "on_create_or_write", ["name"])
        self._publish()
        self.assertEqual(self._heard(), [])

    def test_scorecard_published(self):
        """Each once; what is only computed is told to nobody."""
        state = self.env["ir.model.fields"]._get("supplier.scorecard", "state")
        published = state.selection_ids.filtered(lambda one: one.value == "published")
        self._rule(
            "supplier.scorecard",
            "on_state_set",
            ["state"],
            trg_selection_field_id=published.id,
        )
        evaluation = self._evaluate()
        self.assertEqual(self._heard(), [])
        evaluation.action_publish()
        self.assertEqual(self._heard(), sorted(evaluation.scorecard_ids.ids))

    def test_scorecard_created(self):
        """It is there for others once it is published."""
        self._rule(
            "supplier.scorecard", "on_create", filter_domain="[('score', '>', 90)]"
        )
        evaluation = self._evaluate()
        self.assertEqual(self._heard(), [])
        evaluation.action_publish()
        good = evaluation.scorecard_ids.filtered(lambda card: card.score > 90)
        self.assertTrue(good)
        self.assertEqual(self._heard(), sorted(good.ids))

    def test_scorecard_replaced(self):
        evaluation = self._publish()
        self._rule("supplier.scorecard", "on_create_or_write", ["state"])
        revised = evaluation.browse(evaluation.action_revise()["res_id"])
        revised.action_compute()
        revised.action_publish()
        cards = (evaluation | revised).scorecard_ids
        self.assertEqual(self._heard(), sorted(cards.ids))

    def test_in_batches(self):
        self._rule("supplier.scorecard", "on_create_or_write", ["state"])
        self._rule("supplier.scorecard", "on_create")
        with patch.object(automation, "BATCH", 2):
            evaluation = self._publish()
        self.assertEqual(self._heard(), sorted(evaluation.scorecard_ids.ids * 2))

    def test_archived_rule_hears_nothing(self):
        rule = self._rule("supplier.scorecard", "on_create_or_write", ["state"])
        rule.active = False
        self._publish()
        self.assertEqual(self._heard(), [])

    def test_nobody_listens(self):
        """Publishing makes not one statement more, with rules on other models."""
        self._rule("supplier.incident", "on_create_or_write", ["state"])
        counts = []
        for index, hears in enumerate((False, True, False, True)):
            template = self._create_template(f"T{index}", ["otd", "fill_rate"])
            evaluation = self._evaluate(template)
            listening = automation._listening if hears else lambda *args: None
            with patch.object(automation, "_listening", listening):
                counts.append(self._statements_of(evaluation.action_publish))
        self.assertEqual(counts[2], counts[3])

    def test_certification_state(self):
        program = self.env["supplier.certification.program"].create({"name": "Parts"})
        certification = self.env["supplier.certification"].create(
            {
                "partner_id": self.supplier.id,
                "company_id": self.company.id,
                "program_id": program.id,
            }
        )
        name = "supplier_certification_state"
        certification._refresh_vendors()
        self._rule("res.partner", "on_create_or_write", [name])
        vendor = self.supplier.with_company(self.company)
        certification._unguarded().write(
            {"state": "revoked", "date_from": "2026-01-01", "date_to": "2026-12-31"}
        )
        before = vendor[name]
        certification._refresh_vendors()
        self.assertNotEqual(vendor[name], before)
        self.assertEqual(self._heard(), self.supplier.ids)
        certification._refresh_vendors()
        self.assertEqual(self._heard(), [])
