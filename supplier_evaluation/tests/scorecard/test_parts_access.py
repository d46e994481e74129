from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...models.scorecard.columns import PARTS
from ..common import BUYER, MANAGER
from .common import ThreeSuppliersCommon


@tagged("post_install", "-at_install")
class TestPartsAccess(ThreeSuppliersCommon):
    """Who reads what scorecards consist of, and that nobody writes it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.evaluation = cls._evaluate()
        cls.people = cls._create_people(
            "parts",
            {
                "buyer": BUYER,
                "manager": MANAGER,
                "nobody": "base.group_user",
                "portal": "base.group_portal",
            },
        )

    def _parts(self):
        card = self._card(self.evaluation)
        parts = card.line_ids[0], card.dimension_ids[0]
        self.assertEqual([part._name for part in parts], list(PARTS))
        return parts

    def test_read_by_its_company_only(self):
        elsewhere = self._create_company("Elsewhere", "UTC", "USD")
        stranger = self._create_user("parts_stranger", MANAGER, elsewhere)
        for part in self._parts():
            own = [("id", "=", part.id)]
            self.assertTrue(self._as(part, "buyer").search(own))
            self.assertEqual(self._as(part, "buyer").score, 100)
            self.assertFalse(self._as(part, stranger).search(own))
            with self.assertRaises(AccessError):
                self._as(part, stranger).read(["score"])

    def test_read_by_nobody_else(self):
        for part in self._parts():
            for user in ("nobody", "portal"):
                with self.subTest(part=part, user=user):
                    with self.assertRaises(AccessError):
                        self._as(part, user).read(["score"])
                    with self.assertRaises(AccessError):
                        self._as(part, user).search([])
                    with self.assertRaises(AccessError):
                        self._as(part, user).formatted_read_group([], ["dimension"])

    def test_dimensions_are_made_by_evaluations_only(self):
        _line, part = self._parts()
        for user in ("buyer", "manager"):
            own = self._as(part, user)
            with self.subTest(user=user):
                with self.assertRaises(AccessError):
                    own.score = 1
                with self.assertRaises(AccessError):
                    own.unlink()
        with self.assertRefused("made by an evaluation"):
            own.create({"scorecard_id": part.scorecard_id.id})
        self.evaluation.action_publish()
        for change in (lambda: part.write({"score": 1}), part.unlink):
            with self.assertRefused("published and stays"):
                change()
        self.assertEqual(part.score, 100)
