"""What another system answered."""

from dataclasses import dataclass, field

from .plain import loads
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
            return loads(self.body)
        except ValueError as error:
            raise Problem("json", host=self.host) from error
