"""The kinds of records that only go out."""

from .contract import (
    Kind,
    boolean,
    choice,
    date,
    datetime,
    integer,
    lines,
    number,
    text,
)

_SUPPLIER = (
    text("supplier", "The supplier's identifier here."),
    text("supplier_name", "Its name."),
    text("supplier_there", "Its identifier in your system, where you told it."),
)
_STATUS = choice(
    "status", "Superseded: a later revision holds.", ("published", "superseded")
)
EVALUATION = Kind(
    "evaluation",
    "A published evaluation: one period, one template.",
    (
        text("name", "Its name."),
        text("template", "Name of the template."),
        date("date_from", "First day of the period."),
        date("date_to", "Last day of the period."),
        datetime("cutoff", "What was known until then counts."),
        integer("scorecards", "How many suppliers were evaluated."),
        _STATUS,
    ),
    ("out",),
)
SCORECARD = Kind(
    "scorecard",
    "What a published evaluation says of one supplier.",
    (
        *_SUPPLIER,
        text("evaluation", "Identifier of the evaluation."),
        date("date_from", "First day of the period."),
        date("date_to", "Last day of the period."),
        number("score", "From 0 to 100. Empty: too little is known."),
        number("score_low", "Lower end of the interval."),
        number("score_high", "Upper end of the interval."),
        number("coverage", "Share of the weights that could be measured, in percent."),
        text("grade", "Name of the grade."),
        integer("rank", "Place among those evaluated. Empty: none."),
        boolean("provisional", "It rests on too few records."),
        _STATUS,
        lines(
            "lines",
            "What it is made of.",
            (
                text("kpi", "Code of the KPI."),
                number("value", "As measured, in the unit of the KPI. Empty: none."),
                integer("records", "How many records were counted."),
                number("score", "From 0 to 100. Empty: none."),
                number("weight", "In the template."),
            ),
        ),
    ),
    ("out",),
)
ALERT = Kind(
    "alert",
    "Something that a rule saw of a supplier.",
    (
        *_SUPPLIER,
        text("rule", "Name of the rule."),
        text("severity", "How bad it is."),
        choice("status", "", ("open", "acknowledged", "snoozed", "resolved")),
        datetime("date_opened", "When it was seen first."),
        datetime("date_resolved", "When it was over."),
        text("seen", "What was seen."),
    ),
    ("out",),
)
CERTIFICATION_CHANGE = Kind(
    "certification_change",
    "A certification went from one state to the next.",
    (
        *_SUPPLIER,
        text("program", "Name of the programme."),
        text("state_from", "Before."),
        text("state_to", "After."),
        date("date_from", "First day of its validity."),
        date("date_to", "Last day of its validity."),
        datetime("date", "When it was decided."),
    ),
    ("out",),
)
ACTION = Kind(
    "action",
    "A corrective action that is asked of a supplier.",
    (
        *_SUPPLIER,
        text("number", "Its number."),
        text("title", "What it is about."),
        text("status", "How far it is."),
        text("step", "The step that waits."),
        datetime("date_opened", "When it was opened."),
        datetime("date_closed", "When it was closed."),
    ),
    ("out",),
)
OUT = {
    kind.name: kind
    for kind in (EVALUATION, SCORECARD, ALERT, CERTIFICATION_CHANGE, ACTION)
}
