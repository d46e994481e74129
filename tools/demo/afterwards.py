"""What our people do today, when the year is over."""

from __future__ import annotations

from .applying import Applying
from .assessing import Assessing
from .choosing import Choosing
from .conferring import Conferring
from .contracting import Contracting
from .exchanging import Exchanging
from .expecting import Expecting
from .following import Following
from .foreseeing import Foreseeing
from .inspecting import Inspecting
from .owning import Owning
from .portal import open_portal
from .telling import Telling


def conclude(following: Following, template, partners) -> None:
    """Draw the consequences of the scores, and talk about what is to come.

    :param template: by which suppliers are evaluated
    :param partners: suppliers and prospects, by their names
    """
    following.today()
    applying = Applying(following)
    applying.open()
    applying.apply()
    Exchanging(following).exchange()
    Contracting(following).agree()
    Expecting(following).expect()
    Inspecting(following).inspect()
    Conferring(following).confer()
    Assessing(following).assess()
    Owning(following).own()
    open_portal(following, template)
    Foreseeing(following).foresee()
    Choosing(following, partners).choose()
    Telling(following).tell()
