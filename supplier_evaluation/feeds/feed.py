"""What all of them have in common."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from ..transport import Client, Problem, Settings, Token, authorized
from .mapping import checksum


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
    #: Whether it ends where the other system says so, who may never do it.
    OPEN_END = True

    def __init__(self, access, settings=None, client=None):
        self.access = access
        self.client = client or Client(settings or Settings())
        self.size = max(1, min(access.size, self.MOST))
        self.token = Token(self._login)

    def next_page(self, cursor):
        """Return the page that a cursor points to.

        The new cursor says in ``seen`` which rows there were, so that a system that
        gives one page for ever is found out, by another process, too.

        :param dict cursor: that of the page before; empty: the first page
        :rtype: Page
        :raises Problem: it could not be read, or ``repeats``: it is the one before
        """
        place = {name: value for name, value in cursor.items() if name != "seen"}
        page = self.page(place)
        if not self.OPEN_END or not page.more:
            return page
        seen = checksum(page.rows)
        again = bool(page.rows) and seen == cursor.get("seen")
        if again or page.cursor == place:
            raise Problem("repeats", host=urlsplit(self.access.url).hostname)
        return replace(page, cursor={**page.cursor, "seen": seen})

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
