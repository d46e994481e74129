"""What an add-on can leave behind in a database: its structure and its records."""

from __future__ import annotations

from .. import database

# What is there, by its kind: one query each, of one column.
KINDS = {
    "column": """
        SELECT table_name || '.' || column_name || ' ' || data_type
          FROM information_schema.columns
         WHERE table_schema = 'public'""",
    "constraint": """
        SELECT conrelid::regclass || ' ' || conname || ' '
               || pg_get_constraintdef(oid)
          FROM pg_constraint
         WHERE connamespace = 'public'::regnamespace""",
    "index": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "trigger": """
        SELECT tgrelid::regclass || ' ' || tgname
          FROM pg_trigger WHERE NOT tgisinternal""",
    "function": """
        SELECT proname::text FROM pg_proc
         WHERE pronamespace = 'public'::regnamespace""",
    "sequence": """
        SELECT sequencename::text FROM pg_sequences WHERE schemaname = 'public'""",
    "model": "SELECT model FROM ir_model",
    "field": "SELECT model || '.' || name FROM ir_model_fields",
    "choice": """
        SELECT field.model || '.' || field.name || ' ' || choice.value
          FROM ir_model_fields_selection choice
          JOIN ir_model_fields field ON field.id = choice.field_id""",
    "external identifier": """
        SELECT module || '.' || name FROM ir_model_data
         WHERE module <> '__export__'""",
    "menu": "SELECT id || ' ' || name FROM ir_ui_menu",
    "view": "SELECT id || ' ' || name FROM ir_ui_view",
    "action": "SELECT id || ' ' || name FROM ir_actions",
    "scheduled action": "SELECT id || ' ' || cron_name FROM ir_cron",
    "rule": "SELECT id || ' ' || COALESCE(name, '') FROM ir_rule",
    "access": "SELECT id || ' ' || name FROM ir_model_access",
    "group": "SELECT id || ' ' || name FROM res_groups",
    "implied group": "SELECT gid || ' ' || hid FROM res_groups_implied_rel",
    "parameter": "SELECT key FROM ir_config_parameter",
    "filter": "SELECT id || ' ' || name FROM ir_filters",
    "numbering": "SELECT id || ' ' || name FROM ir_sequence",
    "mail template": "SELECT id || ' ' || name FROM mail_template",
    "KPI": "SELECT code FROM supplier_kpi",
}


def seen(name: str) -> dict[str, set[str]]:
    """What there is in a database, by its kind."""
    return {
        kind: {str(row) for (row,) in database.query(statement, database=name)}
        for kind, statement in KINDS.items()
    }


def changes(before: dict[str, set[str]], after: dict[str, set[str]]) -> list[str]:
    """What is there that was not, and what is missing, in words."""
    found = []
    for kind, rows in before.items():
        found += [f"{kind} left behind: {row}" for row in sorted(after[kind] - rows)]
        found += [f"{kind} lost: {row}" for row in sorted(rows - after[kind])]
    return found
