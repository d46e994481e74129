"""Prints what has been published, and writes it to a workbook and on paper.

Changes nothing in the database.
"""

from __future__ import annotations

import json
import logging
import signal
import sys
from collections import Counter
from itertools import islice
from pathlib import Path

from odoo.addons.supplier_evaluation.report.scorecard.results_mail import (
    MOST_PAGES,
    REPORT,
)
from odoo.addons.supplier_evaluation.report.scorecard.scorecard_xlsx import (
    scorecards_xlsx,
)

from tools.demo import ranking
from tools.demo.words import Words

# Who logs what a printer says.
PRINTING = "odoo.addons.base.models.ir_actions_report"
# The exit status of a script that has told the user what is wrong.
TOLD = 3
# As many rejected rows are told one by one.
REJECTED = 10
# With more suppliers than these, the provisional ones are only counted.
FEW = 20
# What follows from scores: title, model, and the field that is counted.
FOLLOWING = (
    ("Alerts", "supplier.alert", "state"),
    ("Corrective actions", "supplier.corrective.action", "state"),
    ("Tier proposals", "supplier.tier.proposal", "state"),
    ("Rewards and remedies", "supplier.incentive", "state"),
    ("Back-tests", "supplier.trial", "state"),
)
PROVISIONAL = (
    "* provisional: too few lines or too little data; shown, not ranked, and without "
    "consequence."
)


def main(env, args):
    # A reader that has seen enough (`| head`) ends it quietly.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    # A terminal that has no such letters shows others.
    sys.stdout.reconfigure(errors="replace")
    show = _show_imported if args["imported"] else _show_companies
    evaluation = show(env, args).with_context(lang=args["lang"])
    print(PROVISIONAL)
    if problems := evaluation.problems:
        print(problems)
    target = Path(args["output"])
    written = [_write(target, scorecards_xlsx(evaluation))]
    if pages := _printed(evaluation.scorecard_ids):
        written.append(_write(target.with_suffix(".pdf"), pages))
    print(f"\nThese scorecards ({evaluation.name}) are in {' and '.join(written)}.")


def _write(target, content):
    """Write a file; return its name."""
    try:
        target.write_bytes(content)
    except OSError as error:
        message = f"{target.name} could not be written: {error.strerror}"
        print(f"\n./dev: {message}", file=sys.stderr)
        sys.exit(TOLD)
    return target.name


def _printed(cards):
    """The pages of the scorecards; nothing if there are too many, or no printer."""
    reports = cards.env["ir.actions.report"]
    if reports.get_wkhtmltopdf_state() != "ok" or not 0 < len(cards) <= MOST_PAGES:
        return b""
    # No server answers here: its style sheets are missed, and the pages have their own.
    logging.getLogger(PRINTING).setLevel(logging.ERROR)
    pages, _kind = reports._render_qweb_pdf(REPORT, cards.ids)
    return pages


def _published(env, company, template):
    """The evaluations of a company, newest first."""
    return env["supplier.evaluation"].search(
        [
            ("state", "=", "published"),
            ("company_id", "=", company.id),
            ("template_id", "=", template.id),
        ],
        order="date_to desc",
    )


def _template(env, name):
    return env.ref(f"supplier_evaluation.supplier_scorecard_template_{name}")


def _show_companies(env, args):
    """The newest month of every company; return that of the first one."""
    words = Words(args["lang"])
    evaluations = env["supplier.evaluation"]
    for company in env["res.company"].search([], order="id"):
        months = _published(env, company, _template(env, "general"))[:12]
        newest = months[0]
        zone = company.partner_id.tz
        name, currency = words.original(company.name), company.currency_id.name
        print(f"\n{name} ({zone}, {currency}): {_summary(newest)}")
        table = ranking.lines(newest, months[::-1], "months", words=words)
        print("\n".join(table))
        for line in _standing(env, company):
            print(line)
        evaluations |= newest
    return evaluations[0]


def _standing(env, company):
    """How many suppliers are in each stage, and certifications in each state."""
    partners = env["res.partner"].with_company(company)
    suppliers = partners.search([("supplier_stage_id", "!=", False)])
    stages = Counter(partner.supplier_stage_id for partner in suppliers)
    counts = {stage.name: stages[stage] for stage in sorted(stages, key=_sequence)}
    if counts:
        yield f"Stages: {_counted(counts)}"
    certifications = env["supplier.certification"]
    labels = dict(certifications._fields["state"]._description_selection(env))
    own = certifications.search([("company_id", "=", company.id)])
    states = Counter(own.mapped(lambda one: one.state))
    counts = {labels[state]: states[state] for state in labels if states[state]}
    if counts:
        yield f"Certifications: {_counted(counts)}"
    for title, model, state in FOLLOWING:
        counts = _states(env, company, model, state)
        if counts:
            yield f"{title}: {_counted(counts)}"


def _states(env, company, model, field):
    """How many records of a company are in each state, by its name."""
    records = env[model].search([("company_id", "=", company.id)])
    labels = dict(records._fields[field]._description_selection(env))
    found = Counter(records.mapped(field))
    return {label: found[name] for name, label in labels.items() if found[name]}


def _sequence(stage):
    return stage.sequence, stage.id


def _counted(counts):
    return ", ".join(f"{number} {name.lower()}" for name, number in counts.items())


def _summary(evaluation):
    count = evaluation.scorecard_count
    ranked = count - evaluation.provisional_count
    return (
        f"{evaluation.date_from} to {evaluation.date_to}, {count} suppliers, "
        f"{ranked} ranked"
    )


def _show_imported(env, args):
    """All years of the file in one evaluation; return it."""
    told = json.loads(env["ir.config_parameter"].get_param(args["import_key"]))
    evaluation = env["supplier.evaluation"].browse(told["evaluation"])
    years = _published(env, evaluation.company_id, _template(env, "delivery"))
    is_short = evaluation.scorecard_count <= FEW
    table = ranking.lines(evaluation, years[::-1], "years", with_provisional=is_short)
    print(f"\n{told['file']}: {_summary(evaluation)}")
    print("\n".join(table))
    if not is_short:
        print(f"{evaluation.provisional_count} more suppliers are provisional*.")
    print()
    for label, figure in _figures(evaluation, told):
        print(f"{label:34}{figure:>12}")
    for row, reason in islice(told["rejected"], REJECTED):
        print(f"  row {row}: {reason}")
    print()
    return evaluation


def _figures(evaluation, told):
    """Totals over all suppliers, read from the facts that the scores are made of."""
    scope = evaluation._run_scope()
    facts = evaluation.env["supplier.delivery.fact"]._with_fact_scope(scope)
    [(suppliers, counted, on_time, weight, with_lead_time)] = facts._read_group(
        [("company_id", "=", scope.company_id), ("exclusion", "=", False)],
        [],
        [
            "partner_id:count_distinct",
            "__count",
            "on_time_weighted:sum",
            "weight:sum",
            "lead_time:count",
        ],
    )
    yield "Suppliers", f"{suppliers:,}"
    yield "Counted lines", f"{counted:,}"
    yield "  with a lead time (order date)", f"{with_lead_time:,}"
    yield "On time, by line", f"{100 * on_time / weight:.4f} %"
    yield "Rows left out by the filter", f"{told['filtered']:,}"
    yield "Rejected rows", f"{len(told['rejected']):,}"
