from typing import NamedTuple

from odoo import fields, models
from odoo.fields import Domain

from ...forecast import Key, beyond
from ...tools.groups import USER_GROUP
from ...tools.optional_numbers import OptionalFloat


class Chance(NamedTuple):
    """What is to be expected of a delivery of which something is to come.

    :param too_late: probability that it comes after the tolerance
    :param late: probability that it comes late at all
    :param days: of a late delivery; ``None``: nobody was ever late
    """

    too_late: float
    late: float
    days: float | None


class SupplierDeliveryFact(models.Model):
    """Says of a delivery that is not complete how probable it is that it is late."""

    _inherit = "supplier.delivery.fact"

    late_chance = OptionalFloat(
        string="Probability of Being Late",
        compute="_compute_late_chance",
        groups=USER_GROUP,
        aggregator=None,
        help="As it counts: later than the tolerance allows. Empty: it is complete.",
    )

    def _compute_late_chance(self):
        self.late_chance = False
        for company, facts in self.grouped("company_id").items():
            for fact, chance in facts._chances(company).items():
                fact.late_chance = chance.too_late

    def _chances(self, company):
        """Return what is to be expected of the deliveries that are not complete.

        From what was learned last: two queries, however many they are. Where nothing
        was learned for the tolerance yet, as after an upgrade, it is told from what is
        late at all; see ``forecast.lateness``.

        :param company: whose deliveries they are
        :return: ``{fact: Chance}``, without those of which nothing is known
        """
        opened = self.filtered(lambda fact: not fact.is_complete)
        if not (opened and company):
            return {}
        tolerance = self._asked_scope().late_days
        forecasts = self.env["supplier.delivery.forecast"].sudo()
        asked = (company, opened.partner_id, opened.product_id)
        lesson = forecasts._last_lesson(*asked)
        if not lesson:
            return {}
        too_late = tolerance and forecasts._last_lesson(*asked, tolerance)
        today = company._supplier_day(fields.Datetime.now())
        keys = {fact: fact._forecast_key() for fact in opened}
        told = {
            key: [
                one and one.learned.forecast(key, with_interval=False)
                for one in (lesson, too_late)
            ]
            for key in set(keys.values())
        }
        return {
            fact: _chance(*told[key], tolerance, (today - fact.date).days)
            for fact, key in keys.items()
            if told[key][0]
        }

    def _forecast_key(self):
        """Return by what the delivery is like others."""
        return Key(self.partner_id.id, self.product_id.id, self.categ_id.id or None)

    def _to_come(self, partners):
        """Return the deliveries of suppliers that are not counted yet, but will be.

        :param partners: commercial entities
        """
        teaching = self.env["supplier.delivery.forecast"]._facts_domain()
        return self.search_fetch(
            teaching & Domain("partner_id", "in", partners.ids),
            [
                "partner_id",
                "product_id",
                "categ_id",
                "date",
                "weight",
                "is_complete",
                "on_time_weighted",
                "otif_weighted",
                "days_late_weighted",
            ],
        )


def _chance(found, too_late, tolerance, over):
    """Return the Chance of an open delivery.

    Of what is late already it is certain, and the days are added to those it took.

    :param Lateness found: of being late at all
    :param Lateness too_late: of being later than the tolerance, if that was learned
    :param over: how many days after the promise today is
    """
    late, days = found.probability, found.days_when_late
    chance = beyond(late, too_late.probability if too_late else None, tolerance, over)
    if over > 0:
        return Chance(chance, 1.0, over + (days or 0.0))
    return Chance(chance, late, days)
