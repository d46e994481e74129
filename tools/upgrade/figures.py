"""What a database holds, in figures that an upgrade must not change."""

from __future__ import annotations

from .. import database

# Tables and columns that the upgrade renames: of before, and by their name of now.
TABLES = {
    "supplier_review_template": "supplier_questionnaire",
    "supplier_review_question": "supplier_questionnaire_question",
    "supplier_review_choice": "supplier_questionnaire_choice",
    "supplier_certification_program_supplier_review_question_rel": (
        "supplier_certification_knockout_question_rel"
    ),
}
COLUMNS = {
    ("supplier_kpi", "basis"): "aspect",
    ("supplier_questionnaire_question", "template_id"): "questionnaire_id",
    ("supplier_review", "template_id"): "questionnaire_id",
    ("supplier_scorecard_template", "review_template_id"): "questionnaire_id",
    ("supplier_certification_program", "review_template_id"): "questionnaire_id",
    (
        "supplier_certification_knockout_question_rel",
        "supplier_certification_program_id",
    ): "program_id",
    (
        "supplier_certification_knockout_question_rel",
        "supplier_review_question_id",
    ): "question_id",
}
# An upgrade may change these: reading the groups again touches the partners of users,
# companies and evaluations get what is new of them, KPIs leave to their facts what they
# say, others hold names of models and fields; the picture of the menu is written again.
TOUCHED = {
    ("ir_attachment", "res_model"),
    ("ir_attachment", "write_date"),
    ("ir_filters", "context"),
    ("ir_filters", "domain"),
    ("ir_filters", "model_id"),
    ("ir_filters", "sort"),
    ("res_company", "write_date"),
    ("res_partner", "write_date"),
    ("supplier_evaluation", "write_date"),
    ("supplier_kpi", "description"),
    ("supplier_kpi", "domain"),
    ("supplier_kpi", "exclusion_description"),
    ("supplier_kpi", "fact_model"),
    ("supplier_kpi", "source_description"),
    ("supplier_kpi", "write_date"),
}
# Ours, and those of Odoo that say what the suppliers, orders and talks are.
OURS = "supplier%"
OTHERS = (
    "ir_attachment",
    "ir_filters",
    "mail_activity",
    "mail_followers",
    "mail_message",
    "purchase_order",
    "purchase_order_line",
    "res_company",
    "res_partner",
)
STRUCTURE = {
    "columns": """
        SELECT table_name, column_name, data_type, is_nullable
          FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name LIKE %s
    """,
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
          FROM pg_constraint WHERE conrelid::regclass::text LIKE %s
    """,
    "indexes": """
        SELECT tablename, indexname, indexdef FROM pg_indexes
         WHERE schemaname = 'public' AND tablename LIKE %s
    """,
}


def of(
    name: str, before: dict | None = None
) -> dict[tuple[str, str], tuple[int, str, int]]:
    """Rows, a digest of the values, and the last id, of every column.

    :param before: the same of before the upgrade, where only those rows are wanted
    :return: by table and column
    """
    last = {
        TABLES.get(table, table): row[2]
        for (table, _name), row in (before or {}).items()
    }
    columns: dict[str, list[str]] = {}
    for table, column in database.query(
        """
        SELECT c.table_name, c.column_name
          FROM information_schema.columns c
          JOIN information_schema.tables t USING (table_schema, table_name)
         WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
           AND (c.table_name LIKE %s OR c.table_name = ANY(%s)
                OR c.table_name LIKE %s)
         ORDER BY 1, 2
        """,
        OURS,
        list(OTHERS),
        "%supplier%rel",
        database=name,
    ):
        columns.setdefault(table, []).append(column)
    result = {}
    for table, names in columns.items():
        # Each column by itself, in the order of its rows or, without one, its values.
        digests = ", ".join(
            f"md5(string_agg(\"{column}\"::text, ',' ORDER BY {_order(names, column)}))"
            for column in names
        )
        last_id = "COALESCE(MAX(id), 0)" if "id" in names else "0"
        older = f" WHERE id <= {last[table]}" if last.get(table) else ""
        [row] = database.query(
            f'SELECT COUNT(*), {last_id}, {digests} FROM "{table}"{older}',
            database=name,
        )
        for column, digest in zip(names, row[2:], strict=True):
            result[table, column] = (row[0], digest, row[1])
    return result


def _order(columns: list[str], column: str) -> str:
    return "id" if "id" in columns else f'"{column}"::text'


def lost(before: dict, after: dict) -> list[str]:
    """What is not as it was, in words; what is new is no loss."""
    problems = []
    for (table, column), (rows, digest, _last) in before.items():
        new_table = TABLES.get(table, table)
        new = (new_table, COLUMNS.get((new_table, column), column))
        if new not in after:
            problems.append(f"{table}.{column} is gone.")
        elif after[new][0] != rows:
            problems.append(f"{table} had {rows} rows, and has {after[new][0]}.")
        elif after[new][1] != digest and new not in TOUCHED:
            problems.append(f"{table}.{column} has other values.")
    return list(dict.fromkeys(problems))


def other_tables(name: str, new: str) -> list[str]:
    """Where the tables differ from those of a database that is new."""
    problems = []
    for what, query in STRUCTURE.items():
        upgraded, expected = (
            {tuple(row) for row in database.query(query, OURS, database=each)}
            for each in (name, new)
        )
        problems += [f"{what}: left over {row}" for row in sorted(upgraded - expected)]
        problems += [f"{what}: missing {row}" for row in sorted(expected - upgraded)]
    return problems
