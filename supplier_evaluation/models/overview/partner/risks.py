"""What can go wrong with a supplier now, and what to do next."""

from ....tools.groups import APPROVER_GROUP, MANAGER_GROUP
from ....tools.wording import label_of, listed, sentences
from ...risk.kinds import SERIOUS
from .paying import late_payments_of

SHOWN = 5


def risks_of(dossier):
    """Return the risks, the most pressing kind first.

    Each is a dict with ``kind``, ``tone``, ``text`` and what it opens: ``model`` and
    ``id`` of a record, or ``method`` of the partner.
    """
    return [
        *_policy(dossier),
        *_signals(dossier),
        *_late_payments(dossier),
        *_late_lines(dossier),
        *_missing_documents(dossier),
        *_expiring(dossier),
        *_single_sources(dossier),
    ]


def _risk(kind, tone, text, record=None, method=""):
    return {
        "kind": kind,
        "tone": tone,
        "text": text,
        "model": record._name if record else "",
        "id": record.id if record else False,
        "method": method,
    }


def _policy(dossier):
    """Tell which policy is in force and what it means for the next order."""
    env, verdict = dossier.env, dossier.standing
    if not verdict.level:
        return []
    reasons = sentences(env, verdict.reasons)
    if verdict.level == "block":
        text = env._("Orders are blocked. %(reasons)s", reasons=reasons)
    elif verdict.override == "counts":
        text = env._(
            "Orders are blocked, but pass for now. %(override)s. %(reasons)s",
            override=verdict.override_note.rstrip("."),
            reasons=reasons,
        )
    else:
        text = env._("Orders get a warning. %(reasons)s", reasons=reasons)
    tone = "danger" if verdict.level == "block" else "warning"
    method = "action_open_supplier_overrides" if dossier.overrides else ""
    return [_risk("policy", tone, text, method=method)]


def _signals(dossier):
    """Tell what registers, agencies and papers say of the supplier."""
    signals = dossier.risk_signals
    risks = [
        _risk(
            "signal",
            "danger" if one.severity in SERIOUS else "warning",
            one._reason(),
            one,
        )
        for one in signals[:SHOWN]
    ]
    if len(signals) > SHOWN:
        text = dossier.env._("All %(count)s risk signals", count=len(signals))
        method = "action_open_supplier_risk_signals"
        risks.append(_risk("signal", "more", text, method=method))
    return risks


def _late_payments(dossier):
    """Tell how late we paid: who is paid late does not hurry."""
    if text := late_payments_of(dossier):
        return [_risk("payment", "warning", text, method="action_open_late_payments")]
    return []


def _late_lines(dossier):
    """Tell what should have come, or has to come in the next days."""
    env, lines = dossier.env, dossier.open_lines
    risks = []
    for line in lines[:SHOWN]:
        day = dossier.day_of(line.date_promised or line.date_planned)
        days = (dossier.today - day).days
        names = {
            "order": line.order_id.name,
            "product": line.product_id.display_name,
            "date": dossier.day(day),
        }
        if days > 0:
            text = env._(
                "%(order)s, %(product)s: promised for %(date)s (days late: %(days)s)",
                days=days,
                **names,
            )
        else:
            text = env._(
                "%(order)s, %(product)s: has to come by %(date)s, and is not complete",
                **names,
            )
        tone = "danger" if days > 0 else "warning"
        risks.append(_risk("order", tone, text, line.order_id))
    if len(lines) > SHOWN:
        text = env._("All %(count)s open lines late or due", count=len(lines))
        method = "action_open_supplier_open_lines"
        risks.append(_risk("order", "more", text, method=method))
    return risks


def _missing_documents(dossier):
    """Tell which required documents the supplier does not have."""
    env = dossier.env
    held = dossier.expiring.document_id
    risks = []
    for fact in dossier.requirements.filtered(lambda one: not one.is_valid):
        # What has expired is told with its day below.
        if fact.document_id in held:
            continue
        text = env._(
            "%(document)s: %(status)s",
            document=fact.type_id.display_name,
            status=label_of(fact, "status"),
        )
        method = "" if fact.document_id else "action_open_supplier_documents"
        risks.append(_risk("document", "danger", text, fact.document_id, method))
    return risks


def _expiring(dossier):
    env = dossier.env
    risks = []
    for row in dossier.expiring[:SHOWN]:
        record = row.document_id or row.certification_id
        days = (row.date_to - dossier.today).days
        names = {"name": row.display_name, "date": dossier.day(row.date_to)}
        if days < 0:
            text = env._("%(name)s expired on %(date)s", **names)
        else:
            text = env._(
                "%(name)s expires on %(date)s (days left: %(days)s)",
                days=days,
                **names,
            )
        tone = "danger" if days < 0 else "warning"
        risks.append(_risk(row.kind, tone, text, record))
    return risks


def _single_sources(dossier):
    single = dossier.single_sources
    if not single:
        return []
    shown = single[:SHOWN].product_id.mapped("display_name")
    if len(single) > SHOWN:
        text = dossier.env._(
            "No alternative for %(products)s and %(count)s more",
            products=listed(dossier.env, shown),
            count=len(single) - SHOWN,
        )
    else:
        text = dossier.env._(
            "No alternative for %(products)s", products=listed(dossier.env, shown)
        )
    method = "action_open_supplier_single_sources"
    return [_risk("source", "warning", text, method=method)]


# ------------------------------------------------------------
# Next steps
# ------------------------------------------------------------


def steps_of(dossier):
    """Return the next steps of this reader: ``label``, ``method`` and ``primary``."""
    env, user = dossier.env, dossier.env.user
    steps = []
    if dossier.standing.level == "block" and user.has_group(APPROVER_GROUP):
        steps.append((env._("Override Policy"), "action_override_supplier_policies"))
    if any(not one.is_valid for one in dossier.requirements):
        steps.append((env._("Add Document"), "action_add_supplier_document"))
    if not dossier.certifications and env["supplier.certification.program"]._applying(
        dossier.partner, dossier.company
    ).get(dossier.partner.id):
        steps.append((env._("Certify"), "action_certify_supplier"))
    steps.append((env._("Report Incident"), "action_report_supplier_incident"))
    if dossier.opens_orders and env["purchase.order"].has_access("create"):
        steps.append((env._("New Request for Quotation"), "action_new_supplier_order"))
    if user.has_group(MANAGER_GROUP):
        steps.append((env._("Change Stage"), "action_change_supplier_stage"))
    steps.append((env._("Print for a Visit"), "action_print_supplier_visit"))
    return [
        {"label": label, "method": method, "primary": not number}
        for number, (label, method) in enumerate(steps)
    ]
