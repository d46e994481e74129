"""What another system answered."""

import json
from dataclasses import dataclass, field

from .problem import Problem


@dataclass(frozen=True)
class Answer:
    """An answer that was read whole.

    :param headers: with names in small letters
    """

    status: int
    body: bytes = b""
    headers: dict = field(default_factory=dict)
    host: str = ""

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    def json(self):
        """Return what the JSON says.

        :raises Problem: ``json``, if it is none
        """
        try:
            return json.loads(self.body, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            raise Problem("json", host=self.host) from error


def _no_number(name):
    raise ValueError(f"{name} is no JSON")
