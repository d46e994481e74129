"""What the last scorecard says, and what happened in its year."""

from ....tools.wording import label_of

MARKS = 40


def dimensions_of(dossier):
    """Return the dimensions of the last scorecard, beside others and before."""
    parts = dossier.card.dimension_ids
    return [
        {
            "key": part.dimension,
            "label": label_of(part, "dimension"),
            "score": part.score if part.has_score else False,
            "score_text": dossier.number(part.score) if part.has_score else "",
            "previous": part.previous_score,
            "median": part.peer_median,
            "weight": dossier.number(part.weight),
        }
        for part in parts
    ]


def findings_of(dossier, count=3):
    """Return what the last scorecard says in sentences, the most important first."""
    card = dossier.card
    if not card:
        return []
    return [
        {name: finding[name] for name in ("text", "line_id", "action")}
        for finding in card._findings()[:count]
    ]


def marks_of(dossier):
    """Return what happened in the year, for the time axis, oldest first."""
    env = dossier.env
    marks = [
        _mark(one, dossier.day_of(one.date_opened), "incident", one.title)
        for one in dossier.incidents
    ]
    marks += [
        _mark(one, dossier.day_of(one.date), "stage", one.stage_to_id.name or "–")
        for one in dossier.stage_changes
    ]
    marks += [
        _mark(
            one,
            dossier.day_of(one.create_date),
            "override",
            env._("Override: %(reason)s", reason=one.reason),
        )
        for one in dossier.overrides
    ]
    marks += dossier.price_rises
    since = dossier.since.isoformat()
    marks = [mark for mark in marks if mark["date"] >= since]
    return sorted(marks, key=lambda mark: mark["date"])[-MARKS:]


def _mark(record, day, kind, text):
    return {
        "date": day.isoformat(),
        "kind": kind,
        "text": text,
        "model": record._name,
        "id": record.id,
    }
