"""What the analyses take, and the records behind a figure, as a user opens them."""

from datetime import timedelta
from statistics import median

from lxml import etree
from probes import Probe, say

from odoo.fields import Domain

REPEATS = 3
USER = "supplier_evaluation.group_supplier_evaluation_user"
# As the web client asks for a list: a page, and how many there are up to this.
PAGE = {"limit": 80, "count_limit": 10001}
MONTHS_DAYS = 92
COUNTED = Domain("exclusion", "=", False)


def measure_analyses(env, evaluation):
    """Open each analysis, and the records behind each line of two scorecards.

    :param env: environment of the superuser
    :param evaluation: a computed one, of all KPIs
    :return: ``{"analyses": {name: {"months": seconds, "ever": seconds}},
        "records": {KPI code: {"largest": seconds, "middle": seconds}}}``
    """
    user = env["res.users"].create(
        {
            "name": "Analyst",
            "login": "bench_analyst",
            "group_ids": [(4, env.ref(USER).id)],
        }
    )
    env.flush_all()
    mine = env(user=user.id, su=False)
    figures = {
        "analyses": _analyses(mine, evaluation),
        "records": _records(mine, evaluation),
    }
    env.cr.rollback()
    env.invalidate_all()
    return figures


def _analyses(env, evaluation):
    """The first page and its count: of three months, and of everything."""
    last = evaluation.date_to
    months = Domain("date", ">", last - timedelta(days=MONTHS_DAYS)) & Domain(
        "date", "<=", last
    )
    found = {}
    for model in sorted(
        set(evaluation.template_id.line_ids.kpi_id.mapped("fact_model"))
    ):
        facts = env[model]
        if "exclusion" not in facts:
            continue
        found[facts._description] = {
            "months": _opened(facts, COUNTED & months),
            "ever": _opened(facts, COUNTED),
        }
        say(f"{facts._description}: {found[facts._description]}")
    return found


def _records(env, evaluation):
    """The records behind the lines of the largest supplier and of the middle one."""
    cards = evaluation.scorecard_ids.sorted("delivery_lines")
    chosen = {"largest": cards[-1], "middle": cards[len(cards) // 2]}
    found = {}
    for size, card in chosen.items():
        for line in card.with_env(env).line_ids:
            action = line.action_open_counted()
            facts = env[action["res_model"]].with_context(**action["context"])
            seconds = _opened(facts, Domain(action["domain"]))
            found.setdefault(line.kpi_id.code, {})[size] = seconds
    return found


def _opened(facts, domain):
    """Return the seconds of the first page of a list and its count."""
    specification = _specification(facts)
    # As the web client says that a list has no order of its own.
    order = facts.env.context.get("supplier_worst_first") or ""
    seconds = []
    for _repeat in range(1 + REPEATS):
        facts.env.invalidate_all()
        with Probe(facts.env.cr) as probe:
            facts.web_search_read(list(domain), specification, order=order, **PAGE)
        seconds.append(probe.seconds)
    return median(seconds[1:])


def _specification(facts):
    """Return what the list of the facts reads."""
    arch = etree.fromstring(facts.get_view(view_type="list")["arch"])
    names = [node.get("name") for node in arch.iterfind(".//field")]
    return {
        name: {"fields": {"display_name": {}}}
        if facts._fields[name].type == "many2one"
        else {}
        for name in names
    }
