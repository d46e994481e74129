"""Take pictures of the main screens, from the demo in each of its languages.

They go to docs/screenshots/<language>/<screen>-<width>.webp, for a desk and for a
telephone. The demo's databases must be there: ./dev demo, ./dev demo --lang zh_CN.
What the browser's console calls an error, and a page that is wider than its window,
make the command fail.
"""

from argparse import ArgumentTypeError

from .. import paths, session
from ..console import say
from ..demo.words import LANGUAGES
from ..screenshots import part
from ..screenshots.screens import SCREENS

HELP = "pictures of the main screens, in the folder docs/screenshots"

NAMES = [screen.name for screen in SCREENS]


def add_arguments(parser):
    parser.add_argument(
        "screens",
        nargs="*",
        metavar="SCREEN",
        type=_screen,
        help=f"only these: {', '.join(NAMES)}",
    )
    parser.add_argument("--lang", choices=LANGUAGES, help="only this language")


def _screen(name):
    if name not in NAMES:
        raise ArgumentTypeError(f"{name} is none of {', '.join(NAMES)}")
    return name


def run(args):
    languages = [args.lang] if args.lang else LANGUAGES
    with session.opened():
        # What is missing is told before anything is begun.
        for lang in languages:
            part.require(lang)
        problems = [
            problem for lang in languages for problem in part.take(lang, args.screens)
        ]
    for problem in problems:
        say(f"PROBLEM: {problem}")
    if not problems:
        say(f"  In {part.FOLDER.relative_to(paths.CHECKOUT)}.")
    return 1 if problems else 0
