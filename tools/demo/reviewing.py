"""Our people are asked about every supplier, and answer, nearly all of them in time."""

from __future__ import annotations

from datetime import date
from random import Random

from .opinions import rate
from .suppliers import SUPPLIERS

# Days of the next month on which people answer. They are asked on the first.
DAYS = {"buyer": 2, "quality": 3, "warehouse": 3}
# Answered after the cut-off: whom it is about, by whom, how many months ago.
LATE = ("Perhaps Motors", "warehouse", 2)
LATE_DAY = 20
# Nobody has answered these about the newest month.
OPEN = (
    ("Pocket Springs", "quality"),
    ("Branch Office Optics", "quality"),
    ("Douzaine Étiquettes", "quality"),
    ("Plenty Packaging", "warehouse"),
)


class Reviewing:
    """The reviews of a scorecard template.

    :param services: of the companies, by their names
    :param months: first days of the months that are evaluated
    """

    def __init__(self, env, template, services, months: list[date], rng: Random):
        self.env = env
        self.template = template
        self.services = services
        self.months = months
        self.rng = rng
        self.suppliers = {each.name: each for each in SUPPLIERS}
        self.done = 0

    def prepare(self, people) -> None:
        """Have the template ask; the buyer is the one of each vendor."""
        roles = [{"role": "buyer"}]
        for role in ("quality", "warehouse"):
            roles.append({"role": role, "user_ids": people[role].ids})
        questions = "supplier_evaluation.supplier_questionnaire_general"
        self.template.write(
            {
                "reviewer_ids": [(0, 0, values) for values in roles],
                "questionnaire_id": self.env.ref(questions).id,
            }
        )

    def ask(self) -> None:
        """What the scheduler does every night."""
        self.env["supplier.evaluation"]._cron_request_reviews()

    def answer(self, month: date, role: str, *, late: bool = False) -> None:
        """The people of a role answer what they were asked about a month."""
        index = self.months.index(month)
        ago = len(self.months) - 1 - index
        progress = index / (len(self.months) - 1)
        for service in self.services.values():
            for name, review in self._open(service, month, role):
                is_late = (name, role, ago) == LATE
                if is_late == late and (ago or (name, role) not in OPEN):
                    self._give(service, review, self.suppliers[name], progress)

    def _open(self, service, month, role):
        """The reviews that are asked for, by the supplier's name in the story.

        In the order of these names: with the same dice, opinions are the same in every
        language.
        """
        reviews = service.env["supplier.review"].search(
            [
                ("date_from", "=", month),
                ("company_id", "=", service.company.id),
                ("role", "=", role),
                ("state", "=", "open"),
            ],
            order="id",
        )
        named = (
            (service.words.original(review.partner_id.name), review)
            for review in reviews
        )
        return sorted(named, key=lambda each: each[0])

    def _give(self, service, review, supplier, progress):

        def rating():
            return rate(supplier.opinion, review.role, progress, self.rng)

        remark = service.words(
            "%(character)s.", character=service.words(supplier.character)
        )
        service.review(review, rating, remark[0].upper() + remark[1:])
        self.done += 1
