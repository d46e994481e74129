"""Proof that a database of the version before can be upgraded with nothing lost.

    python3 -m tools.upgrade DATABASE COPY [--new DATABASE]

DATABASE is one that the code of the version before made, best with its ``./dev demo``.
It is copied, the copy is upgraded, and then: the log has no warning, every table has
the rows and values it had, the seals hold, and every screen of the add-on opens. With
``--new``, the tables are compared with those of a database in which the add-on was
installed anew: nothing is there twice.
"""
