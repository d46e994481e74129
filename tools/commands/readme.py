"""Make README.rst and static/description/index.html of the add-on from `readme/`."""

from .. import paths
from ..console import say
from ..readme import pages

HELP = "README.rst and index.html of the add-on, from its folder readme"


def add_arguments(parser):
    parser.add_argument(
        "--check", action="store_true", help="only tell what is out of date"
    )


def run(args):
    changed = [*pages.outdated()] if args.check else pages.write()
    for path in changed:
        say(f"  {path.relative_to(paths.CHECKOUT)}")
    if args.check and changed:
        say("Out of date; mend it: ./dev readme")
        return 1
    say("Written." if changed else "Up to date.")
    return 0
