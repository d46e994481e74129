"""Run a script's ``main(env, args)`` in Odoo (see `tools.odoo.run_script`).

Usage: script.py FILE DATABASE LOG_LEVEL JSON_ARGUMENTS
"""

import importlib.util
import json
import sys
import threading

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service import server
from odoo.tools import config


def main(file: str, database: str, log_level: str, arguments: str) -> None:
    """An exception rolls back, and ends the process with a traceback and status 1."""
    config.parse_config(
        ["-d", database, "--log-level", log_level, "--no-http"], setup_logging=True
    )
    # As Odoo's own shell does: loads the server-wide modules, starts no service.
    server.start(preload=[], stop=True)
    threading.current_thread().dbname = database
    script = load(file)
    registry = Registry(database)
    with registry.cursor() as cursor:
        user = api.Environment(cursor, SUPERUSER_ID, {})["res.users"]
        env = api.Environment(cursor, SUPERUSER_ID, user.context_get())
        script.main(env, json.loads(arguments))
        # What the script did not commit it did not mean to keep.
        cursor.rollback()


def load(file: str):
    """The script as a module of its own."""
    spec = importlib.util.spec_from_file_location("supplier_evaluation_script", file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main(*sys.argv[1:])
