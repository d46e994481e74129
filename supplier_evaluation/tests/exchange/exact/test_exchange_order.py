from unittest.mock import patch

from odoo.tests import tagged

from ....exchange.checking import Wrong
from ....models.exchange import supplier_exchange_message
from ..common import ExchangeCommon


@tagged("post_install", "-at_install")
class TestExchangeOrder(ExchangeCommon):
    """What comes later counts, and what a question is about stays known."""

    def _contact(self, external_id="c", name="Ann", **values):
        return {
            "kind": "contact",
            "id": external_id,
            "supplier": "1",
            "name": name,
            **values,
        }

    def _twins(self):
        """Two suppliers of one name, so that a person is asked."""
        return self.env["res.partner"].create(
            [{"name": "Golden Bolt", "is_company": True}] * 2
        )

    def _question(self):
        return self.env["supplier.exchange.question"].search(
            [("source_id", "=", self.erp.id)]
        )

    def _run_cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            cron = self.env.ref("supplier_evaluation.ir_cron_supplier_exchange")
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_an_earlier_message_goes_first(self):
        self.startPatcher(patch.object(supplier_exchange_message, "LONG", 1))
        one = self._supplier("1", "Bolt Ltd", city="Ulm")
        first = self._take(one, self._supplier("2", "Nut Ltd"))
        tried = self._take({**one, "city": "Hof"}, dry_run=True)
        second = self._take({**one, "city": "Bonn"})
        other = self._take({**one, "city": "Kiel"}, source=self.crm)
        messages = first | second | tried | other
        self.assertEqual(messages.mapped("state"), ["open", "open", "done", "done"])
        self._run_cron()
        self.assertEqual(set(messages.mapped("state")), {"done"})
        partner = self._partner(second.result_ids)
        self.assertEqual(partner.city, "Bonn")
        # Nothing waits any more: it is taken at once again.
        self.assertEqual(self._take({**one, "city": "Hof"}).state, "done")
        self.assertEqual(partner.city, "Hof")

    def test_a_question_keeps_its_candidates(self):
        twins = self._twins()
        suppliers = type(self.env["supplier.exchange.kind.supplier"])
        create, failed = suppliers._create, []

        def fail_once(kind, run, items, claims):
            if not failed:
                failed.append(True)
                raise Wrong("internal")
            return create(kind, run, items, claims)

        with patch.object(suppliers, "_create", fail_once):
            message = self._take(
                self._supplier("1", "Golden Bolt"),
                self._supplier("2", "Nut Ltd"),
                self._contact(),
            )
        self.assertTrue(failed)
        self.assertEqual(self._states(message), ["question", "created", "question"])
        self.assertEqual(self._question().candidate_ids, twins)
        self.assertIn("several suppliers", self._question().text)

    def test_what_was_asked_is_forgotten_with_its_transaction(self):
        message = self._take(self._supplier("1", "Bolt Ltd")).sudo()
        run = message._run()
        run.asked.add("9")
        run.restart()
        self.assertFalse(run.asked)

    def test_a_new_one_of_an_earlier_message(self):
        self._twins()
        first = self._take(self._contact(supplier_name="Golden Bolt"))
        second = self._take(
            self._supplier("1", "Golden Bolt"), self._contact("d", "Bo")
        )
        self.assertEqual(self._states(first), ["question"])
        self.assertEqual(self._states(second), ["question", "question"])
        self._as(self._question(), self.manager).action_is_new()
        self.assertEqual(self._states(second), ["created", "created"])
        self.assertEqual(self._states(first), ["created"])
        partner = self._partner(second.result_ids.sorted("number")[0])
        self.assertEqual(set(partner.child_ids.mapped("name")), {"Ann", "Bo"})

    def test_what_changed_is_known_in_the_message(self):
        message = self._take(
            self._supplier("1", "Bolt Ltd", registry_number="HRB 1"),
            self._supplier("2", "Nut Ltd"),
        )
        bolt, nut = (
            self._partner(result) for result in message.result_ids.sorted("number")
        )
        message = self._take(
            self._supplier("1", "Bolt Group", registry_number="HRB 2"),
            self._supplier("3", "Bolts", registry_number="HRB 2"),
            self._supplier("4", "Bolt Ltd", registry_number="HRB 1"),
            self._contact("c", supplier="5", supplier_name="Bolts"),
        )
        results = message.result_ids.sorted("number")
        self.assertEqual(
            results.mapped("state"), ["updated", "updated", "created", "created"]
        )
        self.assertEqual(results[1].res_id, bolt.id)
        self.assertNotIn(self._partner(results[2]), bolt | nut)
        self.assertEqual(self._partner(results[3]).parent_id, bolt)

    def test_an_answer_stays(self):
        one, other = self._twins()
        self._take(self._supplier("1", "Golden Bolt"))
        question = self._as(self._question(), self.manager)
        question.partner_id = other
        question.partner_id = one
        question.action_is_known()
        with self.assertRefused("was answered already"):
            question.partner_id = other
        with self.assertRefused("was answered already"):
            question.action_is_known()
        self.assertEqual(question.partner_id, one)
