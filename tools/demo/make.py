"""Makes the demo and shows it."""

from datetime import datetime, timezone

from tools.demo import show
from tools.demo.story import History
from tools.demo.words import Words


def main(env, args):
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    History(env, now, Words(args["lang"])).make()
    env["ir.config_parameter"].set_param(args["key"], args["mark"])
    env.cr.commit()
    show.main(env, args["shown"])
