from ....tools.groups import USER_GROUP
from ...common import APPROVER, BUYER, MANAGER, REVIEWER
from ...scorecard.common import ThreeSuppliersCommon


class CardCommon(ThreeSuppliersCommon):
    """A published evaluation, and people who look at it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls._create_people(
            "card",
            {
                "buyer": BUYER,
                "approver": APPROVER,
                "manager": MANAGER,
                "reviewer": REVIEWER,
                "quality": USER_GROUP,
            },
        )
        cls.evaluation = cls._evaluate()
        cls.evaluation.action_publish()
        cls.card = cls.evaluation.scorecard_ids.filtered(
            lambda card: card.partner_id == cls.late_supplier
        )
