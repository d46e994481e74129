"""What can be wrong with a request, without the words for it."""

from .plain import plain

# What may be over in a while: it is tried again.
PASSING = {"timeout", "connection", "busy", "server"}
# Of the words of another system no more is told.
LONGEST = 300


class Problem(Exception):
    """Why a request failed. Neither address nor secret is in it, only the host.

    :param str kind: ``address``, ``private``, ``unknown_host``, ``redirect``, ``tls``,
        ``timeout``, ``connection``, ``size``, ``encoding``, ``json``, ``busy`` (429),
        ``server`` (5xx), ``login`` (401, 403), ``status``, ``refused``, ``shape``,
        ``manifest``, ``repeats`` or ``unforeseen``
    :param values: what its sentence names, such as ``host`` and ``status``
    """

    def __init__(self, kind, **values):
        super().__init__(kind, values)
        self.kind = kind
        self.values = {name: _kept(value) for name, value in values.items()}

    def __str__(self):
        told = ", ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.kind} ({told})" if told else self.kind

    @property
    def passes(self):
        """Whether the same request may succeed later."""
        return self.kind in PASSING

    @property
    def wait(self):
        """After how many seconds the other side wants it again, or None."""
        return self.values.get("wait")


def _kept(value):
    """Return a value that can be kept, whatever the other side sent."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return plain(str(value))[:LONGEST]
