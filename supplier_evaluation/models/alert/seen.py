"""What a rule saw: the one shape in which watches tell and alerts are told."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Seen:
    """What a rule saw of one subject, beyond the value at which its alert closes.

    :param company_id: whose supplier it is
    :param partner_id: the commercial entity; 0: the alert is about no supplier, such as
        a stage of the funnel
    :param value: what was measured, in the unit of the rule; None: nothing is measured
    :param threshold: from where on it is an alert; None: nothing is measured
    :param opens: whether it is beyond the threshold. What lies between the threshold
        and the closing value keeps an alert open, and opens none.
    :param res_model: model of the records that tell it
    :param res_ids: ids of these records, the worst first; ids of facts are those of
        their rows
    :param res_id: the record that the alert is about, where a rule raises one alert
        for each record; 0: it is about the supplier
    :param provisional: whether it rests on too few records for a consequence
    :param text: what was seen, where value and threshold do not say it
    :param since: of records that are computed again every night, such as scorecards of
        the running period: when that began. What somebody resolved later is the same.
    :param earlier_ids: ids of the records of earlier revisions of the same period.
        What somebody resolved of these is the same where it says the same.
    """

    company_id: int
    partner_id: int
    value: float | None = None
    threshold: float | None = None
    opens: bool = True
    res_model: str = ""
    res_ids: tuple = ()
    res_id: int = 0
    provisional: bool = False
    text: str = ""
    since: datetime | None = None
    earlier_ids: tuple = ()

    @property
    def said(self):
        """What an alert keeps of what was seen, its records apart."""
        return self.value, self.text or ""

    @property
    def subject(self):
        """What there is one open alert about, for each rule."""
        return self.company_id, self.partner_id, self.res_id
