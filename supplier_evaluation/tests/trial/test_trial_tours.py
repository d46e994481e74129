from odoo.tests import HttpCase, tagged

from .common import TrialCommon


@tagged("post_install", "-at_install")
class TestTrialTours(TrialCommon, HttpCase):
    """From a slider to a draft, and what it would have made of past periods."""

    browser_size = "1366x768"

    def test_what_if_to_draft(self):
        self.start_tour(
            "/odoo/suppliers",
            "supplier_evaluation_what_if_draft",
            login="trial_chief",
        )
        draft = (
            self.env["supplier.scorecard.template"]
            .with_context(active_test=False)
            .search([("draft_of_id", "=", self.template.id)])
        )
        self.assertEqual(self._line("otd", draft).weight, 1)
        self.assertEqual(draft.is_draft, True)
        trial = self.env["supplier.trial"].search([("template_id", "=", draft.id)])
        self.assertEqual(trial.state, "running")

    def test_user_looks_and_saves_nothing(self):
        self.start_tour(
            f"/odoo/supplier-what-if?evaluation={self.march.id}",
            "supplier_evaluation_what_if_user",
            login="trial_user",
        )


@tagged("post_install", "-at_install")
class TestTrialToursOnPhone(TrialCommon, HttpCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_cards(self):
        self.start_tour(
            f"/odoo/supplier-what-if?evaluation={self.march.id}",
            "supplier_evaluation_what_if_phone",
            login="trial_user",
        )
