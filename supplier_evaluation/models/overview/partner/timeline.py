"""Everything that happened with a supplier, the last first."""

from ....tools.wording import label_of
from .dossier import READ

EVENTS = 60


def timeline_of(dossier):
    """Return the events of all kinds, the last one first.

    Each is a dict with ``date`` (for sorting), ``day`` (for reading), ``kind``,
    ``text`` and the record that it opens, ``model`` and ``id``.
    """
    makers = (_scorecards, _incidents, _stages, _tiers, _documents, _certifications)
    makers += (_overrides, _returns, _prices, _signals)
    events = [event for maker in makers for event in maker(dossier)]
    return sorted(events, key=lambda one: one["date"], reverse=True)[:EVENTS]


def _event(dossier, kind, date, text, record):
    day = date if not hasattr(date, "hour") else dossier.day_of(date)
    return {
        "date": day.isoformat(),
        "day": dossier.day(day),
        "kind": kind,
        "text": text,
        "model": record._name,
        "id": record.id,
    }


def _scorecards(dossier):
    env = dossier.env
    for card in dossier.cards:
        names = {
            "period": card.period_label,
            "template": card.evaluation_id._template_name(),
        }
        if card.has_score:
            text = env._(
                "Scorecard %(period)s (%(template)s): %(score)s, grade %(grade)s",
                score=dossier.number(card.score, 1),
                grade=card.grade_id.name or "–",
                **names,
            )
        else:
            text = env._("Scorecard %(period)s (%(template)s): no data", **names)
        date = card.evaluation_id.date_published or card.date_to
        yield _event(dossier, "scorecard", date, text, card)


def _incidents(dossier):
    env = dossier.env
    for one in dossier.incidents:
        text = env._(
            "Incident %(number)s reported: %(title)s (%(severity)s)",
            number=one.name,
            title=one.title,
            severity=label_of(one, "severity"),
        )
        yield _event(dossier, "incident", one.date_opened, text, one)
        if one.date_resolved:
            text = env._(
                "Incident %(number)s resolved: %(title)s",
                number=one.name,
                title=one.title,
            )
            yield _event(dossier, "incident", one.date_resolved, text, one)


def _stages(dossier):
    yield from _moves(dossier, "stage", dossier.stage_changes)


def _tiers(dossier):
    changes = dossier.env["supplier.tier.change"].search(dossier.mine(), limit=READ)
    yield from _moves(dossier, "tier", changes)


def _moves(dossier, kind, changes):
    env = dossier.env
    for one in changes:
        names = {
            "before": one[f"{kind}_from_id"].name or "–",
            "after": one[f"{kind}_to_id"].name or "–",
        }
        if kind == "stage":
            text = env._("Stage: %(before)s → %(after)s", **names)
        else:
            text = env._("Tier: %(before)s → %(after)s", **names)
        yield _event(dossier, kind, one.date, text, one)


def _documents(dossier):
    env = dossier.env
    for one in dossier.documents:
        name = one.display_name
        text = env._("Document %(document)s added", document=name)
        yield _event(dossier, "document", one.create_date, text, one)
        if one.date_verified:
            text = env._("Document %(document)s verified", document=name)
            yield _event(dossier, "document", one.date_verified, text, one)
        if one.date_rejected:
            text = env._(
                "Document %(document)s rejected: %(reason)s",
                document=name,
                reason=one.rejection_reason or "–",
            )
            yield _event(dossier, "document", one.date_rejected, text, one)


def _certifications(dossier):
    env = dossier.env
    moves = env["supplier.certification.transition"].search(
        [
            ("certification_id.partner_id", "=", dossier.partner.id),
            ("company_id", "=", dossier.company.id),
        ],
        limit=READ,
    )
    for one in moves:
        text = env._(
            "Certification %(certification)s: %(state)s",
            certification=one.certification_id.display_name,
            state=label_of(one, "state_to"),
        )
        yield _event(dossier, "certification", one.date, text, one.certification_id)


def _overrides(dossier):
    env = dossier.env
    for one in dossier.overrides:
        yield _event(dossier, "override", one.create_date, one._note(), one)
        if one.date_revoked:
            text = env._(
                "Override revoked by %(user)s", user=one.revoked_uid.display_name
            )
            yield _event(dossier, "override", one.date_revoked, text, one)


def _returns(dossier):
    if not dossier.reads("stock.picking"):
        return
    env = dossier.env
    pickings = env["stock.picking"].search(
        [
            ("partner_id.commercial_partner_id", "=", dossier.partner.id),
            ("company_id", "=", dossier.company.id),
            ("location_dest_id.usage", "=", "supplier"),
            ("state", "=", "done"),
        ],
        order="date_done desc, id desc",
        limit=READ,
    )
    for one in pickings:
        text = env._("Goods returned: %(transfer)s", transfer=one.name)
        yield _event(dossier, "return", one.date_done, text, one)


def _prices(dossier):
    yield from dossier.price_rises


def _signals(dossier):
    """What registers, agencies and papers said, false alarms left out."""
    found = dossier.env["supplier.risk.signal"].search(
        dossier.mine(("state", "!=", "false_alarm"), name="commercial_partner_id"),
        limit=READ,
    )
    for one in found:
        yield _event(dossier, "signal", one.date, one._reason(), one)
