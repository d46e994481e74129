"""Tokens that expire: one is fetched when it is needed, and once again when refused."""

from .problem import Problem


class Token:
    """A token of another system, kept while it is taken.

    :param fetch: returns a new one
    """

    def __init__(self, fetch):
        self._fetch = fetch
        self._value = None

    def get(self):
        if self._value is None:
            self._value = self._fetch()
        return self._value

    def drop(self):
        self._value = None


def authorized(token, call):
    """Return what a call returns; refused, it is made once more with a new token.

    :param Token token: of the system
    :param call: takes the token's value; raises ``Problem`` ``login`` where it is
        refused
    """
    try:
        return call(token.get())
    except Problem as problem:
        if problem.kind != "login":
            raise
    token.drop()
    return call(token.get())
