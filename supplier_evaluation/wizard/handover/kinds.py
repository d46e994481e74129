"""What people own here that somebody else can go on with: one entry for each kind.

A room whose records have an owner adds an entry, and nothing else.
"""

from typing import NamedTuple

from odoo.fields import Domain

from ...models.certification.status import ENDED, IN_PROGRESS
from ...models.certification.workflow import ACTIVITY as APPROVAL
from ...models.corrective.supplier_corrective_action import CLOSED as ACTION_CLOSED
from ...models.gate.asking import ASKED_TYPE
from ...models.improvement.supplier_idea import OVER as IDEA_OVER
from ...models.incident.supplier_incident import CLOSED as INCIDENT_CLOSED
from ...models.meeting.supplier_meeting import OVER as MEETING_OVER
from ...models.portal.supplier_dispute import WAITING
from ...models.review.follow_up import ACTIVITY_TYPE as REVIEW
from ...models.risk.deciding import CLOSING
from ...models.risk.kinds import OVER
from ...tools.groups import APPROVER_GROUP, MANAGER_GROUP, USER_GROUP


class Kind(NamedTuple):
    """Records of one model, the fields with their people, and which are still open."""

    model: str
    names: tuple = ("user_id",)
    domain: tuple = ()
    needs: str = USER_GROUP


_ACTION_OPEN = ("state", "not in", ACTION_CLOSED)
KINDS = {
    "vendor": Kind("res.partner", ("buyer_id",)),
    "application": Kind("supplier.application", domain=(("state", "=", "claimed"),)),
    "incident": Kind(
        "supplier.incident", domain=(("state", "not in", INCIDENT_CLOSED),)
    ),
    "action": Kind("supplier.corrective.action", domain=(_ACTION_OPEN,)),
    "step": Kind(
        "supplier.corrective.action.step",
        domain=(
            ("action_id.state", "not in", ACTION_CLOSED),
            ("state", "!=", "accepted"),
        ),
    ),
    "alert": Kind("supplier.alert", domain=(("state", "!=", "resolved"),)),
    "certification": Kind(
        "supplier.certification", domain=(("state", "not in", ENDED),)
    ),
    "document": Kind(
        "supplier.document",
        domain=(("is_superseded", "=", False), ("verification", "!=", "rejected")),
    ),
    "contract": Kind(
        "supplier.contract",
        domain=(("state", "in", ("draft", "to_approve", "in_force")),),
    ),
    "inspection": Kind("supplier.inspection", domain=(("state", "!=", "done"),)),
    "risk": Kind("supplier.risk.signal", domain=(("state", "not in", OVER),)),
    "meeting": Kind(
        "supplier.meeting",
        ("user_id", "user_ids"),
        (("state", "not in", MEETING_OVER),),
    ),
    "decision": Kind(
        "supplier.meeting.decision",
        domain=(
            ("date_started", "=", False),
            ("meeting_id.state", "not in", MEETING_OVER),
        ),
    ),
    "idea": Kind("supplier.idea", domain=(("state", "not in", IDEA_OVER),)),
    "training": Kind("supplier.training", domain=(("state", "=", "planned"),)),
    "goal": Kind("supplier.goal"),
    "audit": Kind(
        "supplier.certification.audit", ("auditor_id",), (("state", "=", "draft"),)
    ),
    "review": Kind("supplier.review", domain=(("state", "=", "open"),)),
    "customer": Kind("supplier.customer.review", domain=(("state", "=", "open"),)),
    "dispute": Kind(
        "supplier.dispute", ("reviewed_uid",), (("state", "=", "in_review"),)
    ),
    # What stands until somebody changes it: who is named there is asked or told.
    "approver": Kind(
        "supplier.certification.program.step",
        ("user_ids", "substitute_ids"),
        needs=APPROVER_GROUP,
    ),
    "verifier": Kind("supplier.document.type", ("verifier_ids",)),
    "reviewer": Kind("supplier.scorecard.template.reviewer", ("user_ids",)),
    "template": Kind("supplier.scorecard.template", ("leader_id", "report_user_ids")),
    "plan": Kind("supplier.inspection.plan"),
    "rule": Kind(
        "supplier.alert.rule",
        ("tell_user_ids", "escalation_user_id", "executive_id"),
    ),
    "tier": Kind("supplier.tier"),
    "source": Kind("supplier.exchange.source"),
    "phase": Kind("supplier.introduction.phase", domain=(("date_done", "=", False),)),
    "company": Kind(
        "res.company",
        ("supplier_incident_user_id", "supplier_incident_escalation_user_id"),
    ),
    "activity": Kind("mail.activity"),
}
LABELS = [
    ("vendor", "Suppliers"),
    ("application", "Applications"),
    ("incident", "Incidents"),
    ("action", "Corrective Actions"),
    ("step", "Steps of Other Corrective Actions"),
    ("alert", "Alerts"),
    ("certification", "Certifications"),
    ("document", "Documents"),
    ("contract", "Contracts"),
    ("inspection", "Inspections"),
    ("risk", "Risk Signals"),
    ("meeting", "Meetings"),
    ("decision", "Decisions"),
    ("idea", "Ideas With Suppliers"),
    ("training", "Trainings"),
    ("goal", "Goals"),
    ("audit", "Audits"),
    ("review", "Reviews"),
    ("customer", "Customer Assessments"),
    ("dispute", "Disputes"),
    ("approver", "Certification Approval Steps"),
    ("verifier", "Document Types"),
    ("reviewer", "Reviewers"),
    ("template", "Scorecard Templates"),
    ("plan", "Inspection Plans"),
    ("rule", "Alert Rules"),
    ("tier", "Tiers"),
    ("source", "Other Systems"),
    ("phase", "Phases of the Introduction"),
    ("company", "Owner of Supplier Incidents"),
    ("activity", "Activities"),
]
#: Where somebody who had no hand in a record is waited for: its field, and when.
DECIDED = {
    "supplier.certification": ("state", IN_PROGRESS),
    "supplier.contract": ("state", ("to_approve",)),
    "supplier.contract.penalty": ("state", ("proposed",)),
    "supplier.dispute": ("state", WAITING),
    "supplier.document": ("verification", ("to_verify",)),
    "supplier.risk.signal": ("closing_state", OVER),
}
#: Who is asked to decide needs this; others could not do what they are asked.
DECIDERS = {
    CLOSING: MANAGER_GROUP,
    ASKED_TYPE: APPROVER_GROUP,
}


def owned(env, code, user, companies):
    """Return what somebody owns of a kind, with full rights.

    What belongs to no company, or is a vendor on no board, goes with the first one in
    which the person acts.
    The number of statements depends on the companies, not on the records.

    :param str code: a key of ``KINDS``
    :param user: ``res.users``, who may have left
    :param companies: ``res.company``
    :return: ``{company: records}``, without companies that have none
    """
    kind = KINDS[code]
    if kind.model not in env:
        return {}
    records = env[kind.model].sudo()
    # Who left is among the people of a step still, but a step that left is none.
    domain = _of(env, kind, user)
    if "active" in records._fields:
        domain &= Domain("active", "=", True)
    found = records.with_context(active_test=False).search(domain, order="id")
    if code == "step":
        # Those of one's own actions go with these.
        found = found.filtered(lambda step: step.action_id.user_id != user)
    find = {
        "vendor": _places_of_vendors,
        "activity": _places_of_activities,
        "company": lambda found, *_: {one.id: one for one in found},
    }
    first = (companies & user.sudo().company_ids)[:1]
    places = find.get(code, _places)(found, companies, first)
    mine = {company: [] for company in companies}
    for record in found:
        company = places.get(record.id)
        if company in mine:
            mine[company].append(record.id)
    return {company: records.browse(ids) for company, ids in mine.items() if ids}


def _of(env, kind, user):
    domain = Domain.OR([(name, "in", user.ids)] for name in kind.names)
    domain &= Domain(list(kind.domain))
    if kind.model != "mail.activity":
        return domain
    known = env["ir.model.data"].sudo()
    types = known.search(
        [("module", "=", "supplier_evaluation"), ("model", "=", "mail.activity.type")]
    )
    # An activity may be about nothing: then it belongs to no company.
    domain &= Domain("res_model", "!=", False)
    domain &= Domain("res_model", "=like", "supplier.%") | Domain(
        "activity_type_id", "in", types.mapped("res_id")
    )
    return domain & ~asked_in_person(env, user)


def asked_in_person(env, user):
    """Return the domain of activities that nobody else can do for somebody.

    They go with the approval steps and the reviews that they are about, or not at all.
    """
    certifications = env["supplier.certification"].sudo()
    waiting = certifications.with_context(active_test=False).search(
        [("state", "=", "approval"), ("waiting_user_ids", "in", user.ids)]
    )
    return Domain("activity_type_id", "=", env.ref(REVIEW).id) | Domain(
        [
            ("activity_type_id", "=", env.ref(APPROVAL).id),
            ("res_model", "=", waiting._name),
            ("res_id", "in", waiting.ids),
        ]
    )


def _places(records, _companies, first):
    has_company = "company_id" in records._fields
    return {record.id: has_company and record.company_id or first for record in records}


def _places_of_vendors(vendors, companies, first):
    """A vendor is on the board of one company, of several or of none."""
    places = {vendor.id: vendor.company_id or first for vendor in vendors}
    everywhere = vendors.env["res.company"].search([("id", "not in", companies.ids)])
    for company in (*everywhere, *reversed(companies)):
        for vendor in vendors.with_company(company):
            if vendor.supplier_stage_id:
                places[vendor.id] = company
    return places


def _places_of_activities(activities, _companies, first):
    places = {}
    for model, some in activities.grouped("res_model").items():
        records = activities.env[model].with_context(active_test=False)
        records = records.browse(some.mapped("res_id")).exists()
        has_company = "company_id" in records._fields
        company_of = {
            one.id: has_company and one.company_id or first for one in records
        }
        for activity in some:
            if activity.res_id in company_of:
                own = activity.supplier_company_id
                places[activity.id] = own or company_of[activity.res_id]
    return places
