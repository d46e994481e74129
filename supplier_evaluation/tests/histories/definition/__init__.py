"""The KPIs' definition, executable, over plain records of what happened.

It was written from the text of the definitions alone, and computes one supplier at a
time, in fractions: what the SQL of the facts is compared with.
"""

from . import bill, delivery, price, quality
from .delivery import deliveries
from .mistakes import without_mistakes
from .question import Figure, Question


def figures(history, question: Question, market) -> dict[str, Figure]:
    """The KPIs of one supplier by their codes.

    :param market: the histories of all suppliers, this one's included
    """
    history = without_mistakes(history)
    return {
        **delivery.figures(history, question),
        **quality.figures(history, question),
        **price.figures(history, question, market),
        **bill.figures(history, question),
    }
