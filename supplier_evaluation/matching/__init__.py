# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who may be whom: pure functions that compare companies by what is written of them.

Nothing in here knows Odoo or a database. Names, numbers, phones and mail addresses get
one form each, a :class:`Party` is what is known of a company, and :func:`candidates`
and :func:`pairs` tell who looks like whom, and why. They propose; people decide.
"""

from .mail import mail_domain, normalise_mail
from .name import normalise_name
from .number import normalise_number
from .party import REASONS, Candidate, Known, Party, candidates, pairs
from .phone import normalise_phone

__all__ = [
    "REASONS",
    "Candidate",
    "Known",
    "Party",
    "candidates",
    "mail_domain",
    "normalise_mail",
    "normalise_name",
    "normalise_number",
    "normalise_phone",
    "pairs",
]
