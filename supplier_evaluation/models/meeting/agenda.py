from datetime import timedelta

from odoo import api, models
from odoo.fields import Datetime
from odoo.tools import format_date

from ...tools.numbers import number
from ..alert.supplier_alert_rule import SEVERITIES
from ..corrective.supplier_corrective_action import CLOSED

#: A figure with a lower score is talked about.
WEAK = 60
#: So many of one kind and supplier at most; the worst or the first to expire.
AT_MOST = 10
#: What expires within so many days.
AHEAD = 90


class SupplierMeeting(models.Model):
    """The agenda: what the records of the parties ask to be talked about.

    It is shown to none of them until somebody says so, topic by topic.
    """

    _inherit = "supplier.meeting"

    def action_fill_agenda(self):
        """Add what is not on the agenda yet; what was changed there stays."""
        self.check_access("write")
        self._check_open()
        points = self.env["supplier.meeting.point"]._unguarded()
        for meeting in self:
            known = {
                self._topic(point.res_model, point.res_id)
                for point in meeting.point_ids
            }
            last = max(meeting.point_ids.mapped("sequence"), default=0)
            fresh = [
                vals
                for vals in meeting._proposed_points()
                if self._topic(vals["res_model"], vals["res_id"]) not in known
            ]
            points.create(
                [
                    {**vals, "meeting_id": meeting.id, "sequence": last + place}
                    for place, vals in enumerate(fresh, 1)
                ]
            )
        return True

    @api.model
    def _topic(self, model, res_id):
        """Return what a topic is about: a revised figure is the same topic."""
        if model == "supplier.scorecard.line":
            line = self.env[model].browse(res_id).exists()
            if line:
                card = line.scorecard_id
                return card.partner_id, card.template_id, card.date_to, line.kpi_id
        return model, res_id

    def _proposed_points(self):
        """Return the values of topics, as the records of the parties give them.

        As many questions, however many parties and records.
        """
        self.ensure_one()
        several = len(self.party_ids) > 1
        return [
            {
                "name": self.env._(
                    "%(supplier)s: %(text)s", supplier=supplier.name, text=text
                )
                if several
                else text,
                "kind": kind,
                "res_model": record._name,
                "res_id": record.id,
            }
            for kind, rows in (
                ("figure", self._weak_figures()),
                ("action", self._open_actions()),
                ("alert", self._open_alerts()),
                ("expiry", self._expiring()),
                ("contract", self._ending_contracts()),
            )
            for supplier, record, text in rows
        ]

    def _of_parties(self, model, domain, order, worst=None):
        """Return the records of a model about the parties, some of each.

        :param worst: takes a record, and returns by what the worst come first, where
            the database cannot say so
        """
        found = self.env[model].search(
            [
                ("partner_id", "in", self.party_ids.ids),
                ("company_id", "in", [self.company_id.id, False]),
                *domain,
            ],
            order=order,
        )
        return found.browse(
            record.id
            for records in found.grouped("partner_id").values()
            for record in (records.sorted(worst) if worst else records)[:AT_MOST]
        )

    def _weak_figures(self):
        """Yield the weak lines of the latest published scorecard of each party."""
        cards = self.env["supplier.scorecard"].search(
            [
                ("partner_id", "in", self.party_ids.ids),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "published"),
            ],
            order="date_to desc, id desc",
        )
        latest = cards.browse(
            [own[0].id for own in cards.grouped("partner_id").values()]
        )
        for card in latest:
            weak = card.line_ids.filtered(
                lambda line: (
                    line.has_value and (line.score < WEAK or line.is_below_minimum)
                )
            )
            for line in weak.sorted("score")[:AT_MOST]:
                text = self.env._(
                    "%(kpi)s in %(period)s: %(value)s, score %(score)s",
                    kpi=line.kpi_id.name,
                    period=card.period_label,
                    value=line.value_text or "–",
                    score=number(self.env, line.score),
                )
                yield card.partner_id, line, text

    def _open_actions(self):
        for action in self._of_parties(
            "supplier.corrective.action",
            [("state", "not in", CLOSED)],
            "date_opened, id",
        ):
            step = action.step_id.display_name
            yield (
                action.partner_id,
                action,
                self.env._(
                    "%(action)s, now in %(step)s", action=action.display_name, step=step
                )
                if step
                else action.display_name,
            )

    def _open_alerts(self):
        places = {code: -place for place, (code, _label) in enumerate(SEVERITIES)}
        for alert in self._of_parties(
            "supplier.alert",
            [("state", "!=", "resolved")],
            "id",
            worst=lambda one: (places[one.severity], one.id),
        ):
            text = self.env._(
                "%(rule)s: %(text)s", rule=alert.rule_id.name, text=alert.headline
            )
            yield alert.partner_id, alert, text

    def _expiring(self):
        """Yield documents and certifications that expire soon, or have expired."""
        last = self._local_day() + timedelta(days=AHEAD)
        for row in self._of_parties(
            "supplier.expiry", [("date_to", "<=", last)], "date_to, id"
        ):
            yield (
                row.partner_id,
                row.document_id or row.certification_id,
                self._until(row.display_name, row.date_to),
            )

    def _ending_contracts(self):
        last = self._local_day() + timedelta(days=AHEAD)
        for contract in self._of_parties(
            "supplier.contract",
            [("state", "=", "in_force"), ("date_to", "<=", last)],
            "date_to, id",
        ):
            yield (
                contract.partner_id,
                contract,
                self._until(contract.display_name, contract.date_to),
            )

    @api.model
    def _until(self, name, day):
        return self.env._(
            "%(name)s: valid until %(date)s",
            name=name,
            date=format_date(self.env, day),
        )

    def _local_day(self):
        return self.company_id._supplier_day(Datetime.now())
