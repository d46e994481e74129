"""Write the terms of the add-on to its folder i18n, and update the translations there.

What is translated stays; what is new has no translation yet and is counted.
"""

from .. import addons, database, odoo, paths, session
from ..bridges import others

HELP = "the terms to translate, and how many are not, in the add-on's folder i18n"
NAME = database.PREFIX + "terms"
SCRIPT = paths.TOOLS / "inside" / "terms.py"


def add_arguments(parser):
    """It has none."""


def run(args):
    with session.opened():
        database.fresh(NAME)
        try:
            # The add-on's own terms first, with nothing else that could add to them.
            # Last what needs an add-on of others, which only it has.
            ours = sorted(
                addons.found(), key=lambda addon: bool(others.environment(addon))
            )
            return max([_export(addon) for addon in ours], default=0)
        finally:
            database.drop(NAME)


def _export(addon):
    env = others.environment(addon)
    database.install(NAME, addon.name, env=env)
    arguments = {"module": addon.name, "folder": str(addon.folder / "i18n")}
    return odoo.run_script(SCRIPT, db=NAME, args=arguments, env=env)
