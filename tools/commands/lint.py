"""Run pre-commit: ruff, pylint-odoo, OCA's checks, prettier, eslint, `./dev readme`.

What a hook can mend, it mends: look at `git diff` and run it again.
The hooks are in .pre-commit-config.yaml.
"""

from .. import lint
from ..console import say

HELP = "pre-commit: ruff, pylint-odoo, OCA's checks, prettier, eslint"


def add_arguments(parser):
    """None: the configuration says it all."""


def run(args):
    clean = lint.run()
    say("Nothing to complain about." if clean else "See above, and `git diff`.")
    return 0 if clean else 1
