"""Write the terms of the add-on to its folder i18n, and update the translations there.

What is translated stays; what is new has no translation yet and is counted.
"""

from .. import addons, database, odoo, paths, session

HELP = "the terms to translate, and how many are not, in the add-on's folder i18n"
NAME = database.PREFIX + "terms"
SCRIPT = paths.TOOLS / "inside" / "terms.py"


def add_arguments(parser):
    """It has none."""


def run(args):
    with session.opened():
        database.fresh(NAME)
        try:
            database.install(NAME, addons.MAIN)
            folder = paths.CHECKOUT / addons.MAIN / "i18n"
            arguments = {"module": addons.MAIN, "folder": str(folder)}
            return odoo.run_script(SCRIPT, db=NAME, args=arguments)
        finally:
            database.drop(NAME)
