"""`supplier.review.template` becomes `supplier.questionnaire`, with all that names it.

Records keep their ids and external ids their records, so nothing is copied or lost.
What published evaluations say is sealed: their snapshots are not rewritten, and
`supplier.scorecard.line` reads the names of before.
"""

from odoo.tools import SQL
from odoo.tools.sql import rename_column, table_exists

MODULE = "supplier_evaluation"
MODELS = {
    "supplier.review.template": "supplier.questionnaire",
    "supplier.review.question": "supplier.questionnaire.question",
    "supplier.review.choice": "supplier.questionnaire.choice",
}
# Model by its new name, field before and after.
FIELDS = (
    ("supplier.questionnaire.question", "template_id", "questionnaire_id"),
    ("supplier.review", "template_id", "questionnaire_id"),
    ("supplier.scorecard.template", "review_template_id", "questionnaire_id"),
    ("supplier.certification.program", "review_template_id", "questionnaire_id"),
)
# Its column is renamed by the script of KPIs.
ASPECT = ("supplier.kpi", "basis", "aspect")
# Many2many table and columns, before and after: the usual name would be too long for
# PostgreSQL now.
RELATION_BEFORE = "supplier_certification_program_supplier_review_question_rel"
RELATION = "supplier_certification_knockout_question_rel"
# As PostgreSQL itself calls it where the table is new.
RELATION_INDEX = "supplier_certification_knockout_ques_question_id_program_id_idx"
RELATION_COLUMNS = {
    "supplier_certification_program_id": "program_id",
    "supplier_review_question_id": "question_id",
}
# Columns of these names hold names of models, wherever they are.
MODEL_COLUMNS = (
    "fact_model",
    "model",
    "model_id",
    "model_name",
    "parent_res_model",
    "relation",
    "res_model",
    "resource",
)
# What people wrote with names of fields in it: where, about which model, which columns.
TEXTS = (
    ("base_import_mapping", SQL("res_model"), ("field_name",)),
    ("ir_act_window", SQL("res_model"), ("domain", "context")),
    ("ir_embedded_actions", SQL("parent_res_model"), ("domain", "context")),
    (
        "ir_exports_line",
        SQL("(SELECT resource FROM ir_exports e WHERE e.id = export_id)"),
        ("name",),
    ),
    ("ir_filters", SQL("model_id"), ("domain", "context", "sort")),
    ("ir_model_fields", SQL("model"), ("related", "depends")),
    (
        "ir_rule",
        SQL("(SELECT m.model FROM ir_model m WHERE m.id = model_id)"),
        ("domain_force",),
    ),
    ("ir_ui_view", SQL("model"), ("arch_db",)),
    ("supplier_kpi", SQL("fact_model"), ("domain",)),
)


def migrate(cr, version):
    if not table_exists(cr, "supplier_review_template"):
        return  # done before, all of it: it is one transaction
    for before, after in MODELS.items():
        _rename_table(cr, _table(before), _table(after))
    _rename_relation(cr)
    for model, before, after in FIELDS:
        _rename_column(cr, _table(model), before, after)
    _rename_models(cr)
    for model, before, after in (*FIELDS, ASPECT):
        _rename_field(cr, model, before, after)
        _rename_in_texts(cr, model, before, after)
    _rename_external_ids(cr)
    _rename_rules(cr)


# ------------------------------------------------------------
# Tables
# ------------------------------------------------------------


def _rename_table(cr, before, after):
    _alter(cr, "ALTER TABLE %s RENAME TO %s", before, after)
    _alter(cr, "ALTER SEQUENCE %s RENAME TO %s", f"{before}_id_seq", f"{after}_id_seq")
    for name in _constraints(cr, after):
        _rename_constraint(cr, after, name, name.replace(before, after, 1))
    for name in _indexes(cr, after):
        _rename_index(cr, name, name.replace(before, after, 1))


def _rename_column(cr, table, before, after):
    """Rename a column, and the foreign key and index that are named after it."""
    rename_column(cr, table, before, after)
    _rename_constraint(cr, table, f"{table}_{before}_fkey", f"{table}_{after}_fkey")
    index = f"{table}__{before}_index"
    if index in _indexes(cr, table):
        _rename_index(cr, index, f"{table}__{after}_index")


def _rename_relation(cr):
    """Rename the table of the knock-out questions and what was named after it."""
    _alter(cr, "ALTER TABLE %s RENAME TO %s", RELATION_BEFORE, RELATION)
    for before, after in RELATION_COLUMNS.items():
        rename_column(cr, RELATION, before, after)
    # PostgreSQL had cut these names to their length.
    for name, column in _constraints(cr, RELATION).items():
        after = f"{RELATION}_{column}_fkey" if column else f"{RELATION}_pkey"
        _rename_constraint(cr, RELATION, name, after)
    for name in _indexes(cr, RELATION):
        _rename_index(cr, name, RELATION_INDEX)
    cr.execute(
        SQL(
            "UPDATE ir_model_relation SET name = %s WHERE name = %s",
            RELATION,
            RELATION_BEFORE,
        )
    )
    cr.execute(
        SQL(
            """
            UPDATE ir_model_fields
               SET relation_table = %s, column1 = 'program_id', column2 = 'question_id'
             WHERE relation_table = %s
            """,
            RELATION,
            RELATION_BEFORE,
        )
    )


def _constraints(cr, table):
    """Return ``{name: column, or None if it is no foreign key}`` of a table."""
    cr.execute(
        SQL(
            """
            SELECT c.conname, a.attname
              FROM pg_constraint c
              LEFT JOIN pg_attribute a
                     ON c.contype = 'f' AND a.attrelid = c.conrelid
                    AND a.attnum = c.conkey[1]
             WHERE c.conrelid = %s::regclass
            """,
            table,
        )
    )
    return dict(cr.fetchall())


def _indexes(cr, table):
    """Return the names of the indexes of a table that are no constraint's."""
    cr.execute(
        SQL(
            """
            SELECT indexrelid::regclass::text
              FROM pg_index
             WHERE indrelid = %s::regclass
               AND indexrelid NOT IN (SELECT conindid FROM pg_constraint)
            """,
            table,
        )
    )
    return [name for (name,) in cr.fetchall()]


def _rename_constraint(cr, table, before, after):
    _alter(cr, "ALTER TABLE %s RENAME CONSTRAINT %s TO %s", table, before, after)
    cr.execute(
        SQL("UPDATE ir_model_constraint SET name = %s WHERE name = %s", after, before)
    )


def _rename_index(cr, before, after):
    _alter(cr, "ALTER INDEX %s RENAME TO %s", before, after)


def _alter(cr, statement, *names):
    cr.execute(SQL(statement, *map(SQL.identifier, names)))


# ------------------------------------------------------------
# Models and fields
# ------------------------------------------------------------


def _rename_models(cr):
    """Rename the models in every column that holds names of models."""
    for table, column, _type in _text_columns(cr, MODEL_COLUMNS):
        cr.execute(
            SQL(
                "UPDATE %(table)s SET %(column)s = names.after"
                " FROM %(names)s WHERE %(table)s.%(column)s = names.before",
                table=SQL.identifier(table),
                column=SQL.identifier(column),
                names=_names(),
            )
        )
    cr.execute("SELECT name FROM ir_model_fields WHERE ttype = 'reference' AND store")
    references = [name for (name,) in cr.fetchall()]
    for table, column, _type in _text_columns(cr, references):
        cr.execute(
            SQL(
                "UPDATE %(table)s SET %(column)s = names.after ||"
                " substr(%(table)s.%(column)s, length(names.before) + 1)"
                " FROM %(names)s"
                " WHERE starts_with(%(table)s.%(column)s, names.before || ',')",
                table=SQL.identifier(table),
                column=SQL.identifier(column),
                names=_names(),
            )
        )


def _rename_field(cr, model, before, after):
    cr.execute(
        SQL(
            "UPDATE ir_model_fields SET name = %s WHERE model = %s AND name = %s",
            after,
            model,
            before,
        )
    )
    # The models still have their names of before in external ids.
    names = {new: old for old, new in MODELS.items()}
    prefix = f"field_{_table(names.get(model, model))}__"
    cr.execute(
        SQL(
            "UPDATE ir_model_data SET name = %s"
            " WHERE model = 'ir.model.fields' AND name = %s",
            prefix + after,
            prefix + before,
        )
    )


def _rename_in_texts(cr, model, before, after):
    """Rename a field in filters, rules, views and the like that people made.

    In texts about the model itself it stands alone; in those about our other models it
    may follow a field that leads to the model, as in ``review_ids.template_id``, or
    with a slash in exports.
    """
    cr.execute(
        SQL("SELECT DISTINCT name FROM ir_model_fields WHERE relation = %s", model)
    )
    leading = "|".join(sorted(name for (name,) in cr.fetchall()))
    for table, about, columns in TEXTS:
        for column in _text_columns(cr, columns, table):
            _replace(
                cr,
                column,
                SQL("%s = %s", about, model),
                rf"(?<![./\w]){before}(?!\w)",
                after,
            )
            _replace(
                cr,
                column,
                SQL("starts_with(%s, 'supplier.')", about),
                rf"(?<!\w)({leading})([./]){before}(?!\w)",
                rf"\1\2{after}",
            )


def _replace(cr, place, condition, pattern, replacement):
    table, column, data_type = place
    cr.execute(
        SQL(
            """
            UPDATE %(table)s
               SET %(column)s = regexp_replace(
                       %(column)s::text, %(pattern)s, %(replacement)s, 'g')%(cast)s
             WHERE %(condition)s AND %(column)s::text ~ %(pattern)s
            """,
            table=SQL.identifier(table),
            column=SQL.identifier(column),
            pattern=pattern,
            replacement=replacement,
            # Views are kept in one column for all languages.
            cast=SQL("::jsonb") if data_type == "jsonb" else SQL(),
            condition=condition,
        )
    )


# ------------------------------------------------------------
# External ids and rules
# ------------------------------------------------------------


def _rename_external_ids(cr):
    """Rename ours, and those that other modules' fields on these models got."""
    for before, after in MODELS.items():
        cr.execute(
            SQL(
                """
                UPDATE ir_model_data
                   SET name = regexp_replace(name, %(pattern)s, %(after)s)
                 WHERE name ~ %(pattern)s
                   AND (module = %(module)s OR name ~ %(generated)s)
                """,
                pattern=rf"(?<![a-z]){_table(before)}(?![a-z])",
                after=_table(after),
                module=MODULE,
                generated=r"^(model|field|selection_|constraint)_supplier_review_",
            )
        )


def _rename_rules(cr):
    """Record rules are not read again from their file, and show this to managers."""
    cr.execute(
        SQL(
            "UPDATE ir_rule SET name = names.after || ': multi-company'"
            " FROM %s WHERE ir_rule.name = names.before || ': multi-company'",
            _names(),
        )
    )


# ------------------------------------------------------------
# Helpers
# ------------------------------------------------------------


def _table(model):
    return model.replace(".", "_")


def _names():
    """Return the names of the models as rows, to join with."""
    rows = SQL(", ").join(SQL("(%s, %s)", *names) for names in MODELS.items())
    return SQL("(VALUES %s) AS names (before, after)", rows)


def _text_columns(cr, names, table=None):
    """Return ``(table, column, type)`` of the stored columns with these names.

    :param table: only of this one, which need not exist; else those in any table that
        hold plain text
    """
    types = ["character varying", "text", "jsonb"] if table else ["character varying"]
    cr.execute(
        SQL(
            """
            SELECT c.table_name, c.column_name, c.data_type
              FROM information_schema.columns c
              JOIN information_schema.tables t USING (table_schema, table_name)
             WHERE c.table_schema = current_schema AND t.table_type = 'BASE TABLE'
               AND c.data_type = ANY(%s)
               AND c.column_name = ANY(%s)
               AND c.table_name = COALESCE(%s, c.table_name)
            """,
            types,
            list(names),
            table,
        )
    )
    return cr.fetchall()
