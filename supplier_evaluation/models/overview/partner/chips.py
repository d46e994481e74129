"""The strip on top of a supplier: what one asks first, in one line."""

from ....tools.wording import label_of, listed
from ...certification.status import HELD, IN_FORCE

RISK_TONES = {"medium": "warning", "high": "danger", "critical": "danger"}
TONES = {
    "certified": "success",
    "conditional": "warning",
    "suspended": "danger",
    "rejected": "danger",
    "revoked": "danger",
    "expired": "danger",
}


def chips_of(dossier):
    """Return the chips, those left out that say nothing.

    Each is a dict with ``key``, ``label``, ``value`` and, perhaps empty, ``note``,
    ``tone`` (of Bootstrap) and ``method`` (of the partner, opens what is behind it).
    """
    makers = (_score, _so_far, _stage, _certification, _documents, _on_time)
    makers += (_risk, _incidents, _spend, _share, _single)
    return [chip for chip in (maker(dossier) for maker in makers) if chip]


def _chip(key, label, value, method="", note="", tone="", **more):
    chip = {"key": key, "label": label, "value": value, "method": method}
    return {**chip, "note": note, "tone": tone, **more}


def _score(dossier):
    env, partner, card = dossier.env, dossier.partner, dossier.card
    if not card:
        return _chip("score", env._("Score"), env._("No scorecard yet"))
    return _chip(
        "score",
        env._("Score"),
        dossier.number(partner.supplier_score, 1) if card.has_score else "–",
        "action_open_supplier_scorecard",
        env._("%(period)s, provisional", period=card.period_label)
        if partner.supplier_score_provisional
        else card.period_label,
        grade={
            "name": partner.supplier_grade_id.name or "",
            "title": partner._supplier_grade_title(),
            "color": partner.supplier_grade_id.color,
            "provisional": partner.supplier_score_provisional,
        },
    )


def _so_far(dossier):
    """The running period beside the published score, which alone has consequences."""
    env, card = dossier.env, dossier.partner.supplier_so_far_id
    if not card:
        return None
    return _chip(
        "so_far",
        env._("So Far"),
        dossier.number(card.score, 1) if card.has_score else "–",
        "action_open_supplier_so_far",
        env._("%(period)s, provisional", period=card.period_label)
        if card.provisional
        else card.period_label,
    )


def _stage(dossier):
    env, partner = dossier.env, dossier.partner
    stage = partner.supplier_stage_id
    if not stage:
        return None
    return _chip(
        "stage",
        env._("Stage"),
        stage.name,
        "action_open_supplier_stage_changes",
        env._(
            "since %(date)s",
            date=dossier.day(dossier.day_of(partner.supplier_stage_date)),
        )
        if partner.supplier_stage_date
        else "",
        "danger"
        if stage.is_exit and not stage.is_source
        else "warning"
        if partner.supplier_stage_late
        else "",
    )


def _certification(dossier):
    env, partner = dossier.env, dossier.partner
    state = partner.supplier_certification_state
    if not state or state == "none":
        return None
    held = dossier.certifications.filtered(lambda one: one.state in HELD)
    days = [one.date_to for one in held if one.state in IN_FORCE and one.date_to]
    return _chip(
        "certification",
        env._("Certification"),
        label_of(partner, "supplier_certification_state"),
        "action_open_supplier_certifications",
        env._("until %(date)s", date=dossier.day(max(days))) if days else "",
        TONES.get(state, ""),
    )


def _documents(dossier):
    env, required = dossier.env, dossier.requirements
    if not required:
        return None
    valid = len(required.filtered("is_valid"))
    return _chip(
        "documents",
        env._("Documents"),
        env._("%(valid)s of %(required)s", valid=valid, required=len(required)),
        "action_open_supplier_documents",
        tone="success" if valid == len(required) else "warning",
    )


def _risk(dossier):
    env, row = dossier.env, dossier.risk
    if not row:
        return None
    note = ""
    if row.date_checked:
        note = env._("looked at on %(date)s", date=dossier.day(row.date_checked))
    return _chip(
        "risk",
        env._("Risk"),
        label_of(row, "level") or env._("not known any more"),
        "action_open_supplier_risk_signals",
        note,
        RISK_TONES.get(row.level, ""),
    )


def _on_time(dossier):
    env, partner = dossier.env, dossier.partner
    if not partner.supplier_on_time_line_id:
        return None
    return _chip(
        "on_time",
        env._("On time"),
        env._("%(rate)s %%", rate=dossier.number(partner.supplier_on_time_rate)),
        "action_open_supplier_on_time",
        partner.supplier_on_time_period,
    )


def _incidents(dossier):
    env, incidents = dossier.env, dossier.open_incidents
    late = incidents.filtered(lambda one: one.date_due and one.date_due < dossier.today)
    return _chip(
        "incidents",
        env._("Open incidents"),
        dossier.number(len(incidents)),
        "action_open_supplier_open_incidents" if incidents else "",
        env._("%(count)s overdue", count=len(late)) if late else "",
        "danger" if late else "",
    )


def _spend(dossier):
    env = dossier.env
    own = sum(own for _categ, own, _total in dossier.spend)
    return _chip(
        "spend",
        env._("Ordered in 12 months"),
        dossier.money(own),
        "action_open_supplier_orders" if dossier.opens_orders else "",
    )


def _share(dossier):
    """How much of what is bought in its categories comes from the supplier."""
    env = dossier.env
    own = sum(own for _categ, own, _total in dossier.spend)
    total = sum(total for _categ, _own, total in dossier.spend)
    if total <= 0:
        return None
    names = env["product.category"].browse([row[0] for row in dossier.spend if row[0]])
    return _chip(
        "share",
        env._("Share of its categories"),
        env._("%(share)s %%", share=dossier.number(100 * own / total)),
        note=listed(env, names[:2].mapped("name")),
    )


def _single(dossier):
    env, single = dossier.env, dossier.single_sources
    return _chip(
        "single",
        env._("Only source of"),
        env._("1 product")
        if len(single) == 1
        else env._("%(count)s products", count=len(single)),
        "action_open_supplier_single_sources" if single else "",
        tone="warning" if single else "",
    )
