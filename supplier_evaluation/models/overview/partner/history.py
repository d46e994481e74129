"""All scores of a supplier, and what makes one unlike the one before.

Of vendors that were merged, both histories are there: a scorecard keeps the name that
it was sealed with. Two of one period are two points, each with its name.
"""

from odoo.tools import format_date

from .rules import template_change


def history_of(dossier):
    """Return the scores of all templates and periods, the oldest first.

    ``known_as`` is the name that the supplier had when it was evaluated, if it is
    another one now; ``is_recent`` tells those of the last template and of a year.
    """
    recent = set(dossier.cards.ids)
    return [
        {
            "id": card.id,
            "date": card.date_to.isoformat(),
            "label": card.period_label,
            "score": card.score if card.has_score else False,
            "score_text": dossier.number(card.score, 1) if card.has_score else "",
            "low": card.score_low if card.has_score else False,
            "high": card.score_high if card.has_score else False,
            "grade": card.grade_id.name or "",
            "provisional": card.provisional,
            "template_id": card.template_id.id,
            "template": card.evaluation_id._template_name(),
            "known_as": _known_as(dossier, card),
            "is_recent": card.id in recent,
        }
        for card in dossier.all_cards
    ]


def bands_of(dossier):
    """Return the grades of the last scorecard as bands of scores, best first."""
    return dossier.card._bands() if dossier.card else []


def breaks_of(dossier):
    """Return why a score is not simply comparable with the one before, by scorecard.

    Each is a mark on the last day of the period: another template, or another version
    of it; a score that somebody decided; a revision; another name.
    """
    breaks = [
        *_template_breaks(dossier),
        *_name_breaks(dossier),
        *_revisions(dossier),
        *_decided(dossier),
    ]
    return sorted(breaks, key=lambda one: (one["date"], one["id"]))


def _break(card, kind, text):
    return {
        "date": card.date_to.isoformat(),
        "kind": kind,
        "text": text,
        "model": card._name,
        "id": card.id,
    }


def _known_as(dossier, card):
    name = card.partner_name
    return name if name and name != dossier.partner.name else ""


def _pairs(dossier):
    """Yield ``(card before, card)``: of its template, or else of the last other one."""
    last, last_of = None, {}
    for card in dossier.all_cards:
        before = last_of.get(card.template_id, last)
        if before:
            yield before, card
        last = last_of[card.template_id] = card


def _template_breaks(dossier):
    env, names = dossier.env, dossier.kpi_names
    for before, card in _pairs(dossier):
        if before.template_id != card.template_id:
            text = env._(
                "First scorecard of the template “%(template)s”; before: “%(before)s”",
                template=card.evaluation_id._template_name(),
                before=before.evaluation_id._template_name(),
            )
            yield _break(card, "template", text)
            continue
        how = template_change(
            env,
            before.evaluation_id.template_snapshot or {},
            card.evaluation_id.template_snapshot or {},
            names,
        )
        if how:
            text = env._(
                "The template “%(template)s” changed: %(how)s",
                template=card.evaluation_id._template_name(),
                how=how,
            )
            yield _break(card, "template", text)


def _name_breaks(dossier):
    for before, card in _pairs(dossier):
        own, former = card.partner_name, before.partner_name
        if own and former and own != former:
            text = dossier.env._(
                "Evaluated as “%(name)s”; before: “%(before)s”", name=own, before=former
            )
            yield _break(card, "name", text)


def _revisions(dossier):
    env = dossier.env
    former = {}
    for card in dossier.superseded_cards:
        former[_period_of(card)] = card
    for card in dossier.all_cards:
        run = card.evaluation_id
        if run.revision < 2:
            continue
        before = former.get(_period_of(card))
        names = {
            "revision": run.revision,
            "date": format_date(env, dossier.day_of(run.date_published)),
        }
        if before and before.has_score:
            text = env._(
                "Revision %(revision)s, published on %(date)s; before: %(score)s",
                score=dossier.number(before.score, 1),
                **names,
            )
        else:
            text = env._("Revision %(revision)s, published on %(date)s", **names)
        yield _break(card, "revision", text)


def _period_of(card):
    """Return of what a revision is one; vendors that were merged have two of them."""
    return card.template_id, card.date_from, card.date_to, card.partner_name


def _decided(dossier):
    env = dossier.env
    for line in dossier.overridden_lines:
        text = env._(
            "%(kpi)s: %(score)s instead of %(measured)s, by %(user)s: %(reason)s",
            kpi=line.kpi_id.name,
            score=dossier.number(line.override_score, 1),
            measured="–"
            if line.computed_score is False
            else dossier.number(line.computed_score, 1),
            user=line.sudo().override_uid.name or "–",
            reason=line.override_reason or "–",
        )
        yield _break(line.scorecard_id, "decided", text)
