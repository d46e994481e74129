"""What a transaction does just now: what happens within it may ask.

A context could be sent by any client, and would give everything within it environments
of its own, through all of which Odoo looks for each one that it needs.
"""

from contextlib import contextmanager


@contextmanager
def doing(env, what):
    """Let everything within it know what is done.

    :param env: of the transaction
    :param str what: its name, for :func:`is_doing`
    """
    # A savepoint that is rolled back meanwhile clears the caches, but not this.
    data = env.cr.postcommit.data
    before = data.get(what, False)
    data[what] = True
    try:
        yield
    finally:
        data[what] = before


def is_doing(env, what):
    """Return whether the transaction does that just now.

    :param env: of the transaction
    :param str what: as it was given to :func:`doing`
    """
    return bool(env.cr.postcommit.data.get(what))
