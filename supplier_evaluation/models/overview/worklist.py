from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from odoo import api, fields, models

from ...scoring.scope import local_midnight
from ...tools.groups import APPROVER_GROUP, USER_GROUP
from ..gate.asking import ACTIVITY_TYPE, ASKED_TYPE
from ..gate.gate import PurchaseGate
from ..incident.supplier_incident import CLOSED
from .opening import opens

# Documents that end within so many days are somebody's work.
EXPIRY_DAYS = 90
# As many of each kind are listed; the others are in the list that they open.
LISTED = 10


@dataclass(frozen=True)
class Work:
    """One kind of what waits for somebody.

    :param kind: what the screen calls it
    :param records: those that are listed
    :param count: how many there are
    :param late: how many of them should be done by now
    :param domain: of all of them, as a list
    :param text: takes a record, and says what is to be done
    :param due: name of the day by which they are to be done, or nothing
    :param since: name of the day since when they wait, or nothing
    """

    kind: str
    records: Any
    count: int
    late: int
    domain: list
    text: Any
    due: str = ""
    since: str = ""


class SupplierScorecard(models.Model):
    """What waits for the user, of whatever kind, in one list."""

    _inherit = "supplier.scorecard"

    @api.model
    def _worklist(self):
        """Return what the user is to do, the latest first.

        :return: ``{"items": list, "total": number, "late": number, "kinds": list}``; an
            item has ``kind``, ``text``, ``due``, ``days_late``, ``days_waiting``,
            ``model`` and ``id``, and ``action`` where it is a dialog; a kind
            ``kind``, ``count``, ``model`` and ``domain``
        """
        works = [work for work in self._works() if work.count]
        today = fields.Date.context_today(self)
        items = [item for work in works for item in self._listed(work, today)]
        items.sort(key=lambda item: (-item["days_late"], -item["days_waiting"]))
        return {
            "items": items,
            "total": sum(work.count for work in works),
            "late": sum(work.late for work in works),
            "kinds": [
                {
                    "kind": work.kind,
                    "count": work.count,
                    "model": work.records._name,
                    "domain": work.domain,
                }
                for work in works
            ],
        }

    def _works(self):
        """Return each kind of what the user may have to do, none of it or much."""
        works = [self._reviews_to_answer()]
        if self.env.user.has_group(USER_GROUP):
            works += [
                self._certifications_to_decide(),
                self._documents_to_verify(),
                self._documents_to_renew(),
                self._incidents_to_solve(),
                self._orders_to_look_at(),
            ]
            if self.env.user.has_group(APPROVER_GROUP):
                works.append(self._certifications_to_review())
        return works

    def _listed(self, work, today):
        for record in work.records:
            due = self._day_of(work.due and record[work.due])
            since = self._day_of(work.since and record[work.since])
            yield {
                "kind": work.kind,
                "text": work.text(record),
                "due": due and fields.Date.to_string(due),
                "days_late": (today - due).days if due else 0,
                "days_waiting": (today - since).days if since else 0,
                **self._opened(record),
            }

    def _day_of(self, when):
        """Return the day of a date or an instant, where the user is."""
        if isinstance(when, datetime):
            return fields.Datetime.context_timestamp(self, when).date()
        return when or None

    def _opened(self, record):
        """Return what is opened to do it.

        An approver who may not read orders decides in the dialog of an override. A step
        is done in its corrective action.
        """
        if record._name == "supplier.corrective.action.step":
            record = record.action_id
        if record._name != "mail.activity":
            return {"model": record._name, "id": record.id}
        if opens(self.env, record.res_model):
            return {"model": record.res_model, "id": record.res_id}
        order = self.env[record.res_model].sudo().browse(record.res_id)
        return {
            "model": record.res_model,
            "id": record.res_id,
            "action": order.action_override_supplier_gate(),
        }

    def _work(self, kind, model, domain, text, **when):
        """Find the work of one kind, the most urgent first.

        :param when: the field ``due`` or ``since``
        :rtype: Work
        """
        order = ", ".join((*when.values(), "id"))
        records = self.env[model].search(domain, limit=LISTED, order=order)
        count, late = records.search_count(domain), 0
        if count and "due" in when:
            today = fields.Date.context_today(self)
            if records._fields[when["due"]].type == "datetime":
                # Days begin where the user is.
                today = local_midnight(today, str(self.env.tz))
            late = records.search_count([*domain, (when["due"], "<", today)])
        return Work(kind, records, count, late, domain, text, **when)

    # Suppliers are named with sudo: a supplier that belongs to another company by now
    # still is what the user has work with.

    def _reviews_to_answer(self):
        return self._work(
            "review",
            "supplier.review",
            [("user_id", "=", self.env.uid), ("state", "=", "open")],
            lambda review: self.env._(
                "Answer the review of %s.", review.partner_id.sudo().name
            ),
            due="date_due",
        )

    def _certifications_to_decide(self):
        return self._work(
            "decide",
            "supplier.certification",
            [("waiting_user_ids", "in", self.env.uid), ("state", "=", "approval")],
            lambda one: self.env._(
                "Decide on %(number)s of %(supplier)s.",
                number=one.name,
                supplier=one.partner_id.sudo().name,
            ),
            since="date_submitted",
        )

    def _certifications_to_review(self):
        return self._work(
            "check",
            "supplier.certification",
            [
                ("state", "in", ["submitted", "review"]),
                ("submitted_uid", "!=", self.env.uid),
            ],
            lambda one: self.env._(
                "Check the application %(number)s of %(supplier)s.",
                number=one.name,
                supplier=one.partner_id.sudo().name,
            ),
            since="date_submitted",
        )

    def _documents_to_verify(self):
        return self._work(
            "verify",
            "supplier.document",
            [
                ("verification", "=", "to_verify"),
                ("can_verify", "=", True),
                ("is_superseded", "=", False),
            ],
            lambda document: self.env._(
                "Verify %(document)s of %(supplier)s.",
                document=document.type_id.name,
                supplier=document.partner_id.sudo().name,
            ),
        )

    def _documents_to_renew(self):
        until = fields.Date.context_today(self) + timedelta(days=EXPIRY_DAYS)
        return self._work(
            "renew",
            "supplier.document",
            [
                ("user_id", "=", self.env.uid),
                ("verification", "!=", "rejected"),
                ("is_superseded", "=", False),
                ("date_to", "<=", fields.Date.to_string(until)),
            ],
            lambda document: self.env._(
                "Renew %(document)s of %(supplier)s.",
                document=document.type_id.name,
                supplier=document.partner_id.sudo().name,
            ),
            due="date_to",
        )

    def _incidents_to_solve(self):
        return self._work(
            "incident",
            "supplier.incident",
            [
                ("user_id", "=", self.env.uid),
                ("state", "not in", CLOSED),
            ],
            lambda incident: self.env._(
                "Resolve %(number)s: %(title)s.",
                number=incident.name,
                title=incident.title,
            ),
            due="date_due",
        )

    def _orders_to_look_at(self):
        """Orders that a policy holds up, and overrides asked for or granted."""
        activity_types = self.env.ref(ACTIVITY_TYPE) | self.env.ref(ASKED_TYPE)
        work = self._work(
            "override",
            "mail.activity",
            [
                ("user_id", "=", self.env.uid),
                ("activity_type_id", "in", activity_types.ids),
                ("res_model", "=", "purchase.order"),
            ],
            None,
            due="date_deadline",
        )
        orders = self.env["purchase.order"].browse(work.records.mapped("res_id"))
        verdicts = PurchaseGate(orders.exists()).verdicts("order")
        return replace(
            work,
            text=lambda activity: self._order_text(
                activity, verdicts.get(activity.res_id)
            ),
        )

    def _order_text(self, activity, verdict):
        """Say what is to be done with an order, by what the policies say by now."""
        order = activity.res_name
        if verdict and verdict.overridden_by:
            return self.env._(
                "Confirm the order %(order)s: %(user)s let it pass.",
                order=order,
                user=verdict.overridden_by,
            )
        is_asked = activity.activity_type_id == self.env.ref(ASKED_TYPE)
        if verdict and verdict.level != "block":
            if is_asked:
                return self.env._(
                    "Nothing to decide on the order %s: it can be confirmed.", order
                )
            return self.env._(
                "Confirm the order %s: no policy holds it up any more.", order
            )
        if is_asked:
            return self.env._("Decide whether the order %s passes.", order)
        return self.env._(
            "Look at the order %s, which a purchase policy holds up.", order
        )
