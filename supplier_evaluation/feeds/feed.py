"""What all of them have in common."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from ..transport import Client, Problem, Settings, Token, authorized


@dataclass(frozen=True)
class Access:
    """Where a system is, and how to get in.

    :param url: of the system, or of the file
    :param login_url: where tokens are given, if elsewhere
    :param login: name of the client or application
    :param secret: of the client or application
    :param key: API key, refresh token or permanent code
    :param app: application, or the user for whom it is asked
    :param name: module, object, form or path
    :param path: where the records are in an answer, as ``data.items``
    :param fields: which fields are asked for
    :param size: records in a page
    :param subjects: whom to ask about, one after the other
    """

    url: str
    login_url: str = ""
    login: str = ""
    secret: str = ""
    key: str = ""
    app: str = ""
    name: str = ""
    path: str = ""
    fields: tuple = ()
    size: int = 100
    subjects: tuple = ()


@dataclass(frozen=True)
class Page:
    """Some rows.

    :param dict cursor: from where the next page is read
    :param bool more: whether there is one
    """

    rows: list
    cursor: dict = field(default_factory=dict)
    more: bool = False


class Feed(ABC):
    """Reads a system; the cursor of a page is all that is kept between pages.

    :param Access access: where
    :param Settings settings: how requests are made
    """

    #: As many requests a second as the documentation allows.
    PER_SECOND = 5
    #: As many records a page may have.
    MOST = 1000

    def __init__(self, access, settings=None, client=None):
        self.access = access
        self.client = client or Client(settings or Settings())
        self.size = max(1, min(access.size, self.MOST))
        self.token = Token(self._login)

    @abstractmethod
    def page(self, cursor):
        """Return the page that a cursor points to.

        :param dict cursor: that of the page before; empty: the first page
        :rtype: Page
        :raises Problem: it could not be read
        """

    def _login(self):
        """Return a new token."""
        return self.access.key

    def _authorized(self, call):
        return authorized(self.token, call)

    def _address(self, path=""):
        return self.access.url.rstrip("/") + path


def at(value, path):
    """Return what is at a path in nested dicts and lists, or None.

    >>> at({"a": [{"b": 1}]}, "a.0.b")
    1
    """
    for name in filter(None, (path or "").split(".")):
        if isinstance(value, dict):
            value = value.get(name)
        elif isinstance(value, list) and name.isdigit() and int(name) < len(value):
            value = value[int(name)]
        else:
            return None
    return value


def rows_at(answer, content, path):
    """Return the list of objects at a path.

    :raises Problem: ``shape``, if there is none
    """
    found = at(content, path)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Problem("shape", host=answer.host, path=path or "[…]")
    return found
