"""Makes the demo and shows it."""

from datetime import datetime, timezone

from tools.demo import show
from tools.demo.story import History


def main(env, args):
    History(env, datetime.now(timezone.utc).replace(tzinfo=None)).make()
    env["ir.config_parameter"].set_param(args["key"], args["mark"])
    env.cr.commit()
    show.main(env, args["shown"])
