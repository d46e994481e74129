from datetime import datetime
from typing import NamedTuple

from odoo import Command, api, models
from odoo.fields import Domain
from odoo.models import BaseModel

from ...tools.wording import listed


class Override(NamedTuple):
    """A score that somebody put in the place of the computed one."""

    user: BaseModel
    date: datetime
    score: float
    reason: str
    evidence: BaseModel


class SupplierEvaluation(models.Model):
    """What was decided on scores before outlives that they are computed again."""

    _inherit = "supplier.evaluation"

    @api.model_create_multi
    def create(self, vals_list):
        """Where the revision because of a dispute was deleted, the next one is it."""
        evaluations = super().create(vals_list)
        disputes = self.env["supplier.dispute"].sudo()
        for revision in evaluations.filtered("revision_of_id"):
            waiting = revision._accepted_domain() & Domain("revision_id", "=", False)
            disputes.search(waiting)._write_guarded({"revision_id": revision.id})
        return evaluations

    def action_compute(self):
        """Compute; what was corrected because of a dispute is corrected again."""
        result = super().action_compute()
        for evaluation in self.sudo():
            lost = evaluation._override_again(evaluation._corrections())
            evaluation._tell_lost(lost)
        return result

    def _corrections(self):
        """Return how scores of the period were corrected because of disputes.

        :return: ``{(supplier, KPI): Override}``: of several, the last one holds, also
            where it says that the records are right now
        """
        self.ensure_one()
        disputes = (
            self.env["supplier.dispute"]
            .sudo()
            .search(
                self._accepted_domain() & Domain("outcome", "in", ("score", "records")),
                order="date_decided, id",
            )
        )
        last = {(dispute.partner_id, dispute.kpi_id): dispute for dispute in disputes}
        return {
            key: dispute._as_override()
            for key, dispute in last.items()
            if dispute.outcome == "score"
        }

    def _accepted_domain(self):
        """Return the domain of the disputes of its period that were accepted."""
        runs = self.sudo()._same_period()
        return Domain("evaluation_id", "in", runs.ids) & Domain(
            "state", "=", "accepted"
        )

    def _overrides(self):
        """Return which scores of it are overridden now.

        :return: ``{(supplier, KPI): Override}``
        """
        self.ensure_one()
        return {
            (line.partner_id, line.kpi_id): Override(
                line.override_uid,
                line.override_date,
                line.override_score,
                line.override_reason,
                line.override_evidence_ids,
            )
            for line in self._overridden_lines()
        }

    def _override_again(self, overrides):
        """Put scores in the place of computed ones, as somebody had done before.

        It stays the deed of whoever did it, whoever computes. What somebody put there
        later stands.

        :param dict overrides: ``{(supplier, KPI): Override}``
        :return: those of them that do not hold any more
        """
        self.ensure_one()
        lost = dict(overrides)
        for line in self._lines_of(overrides):
            override = overrides.get((line.partner_id, line.kpi_id))
            if not override or not line._can_override_again(override):
                continue
            del lost[line.partner_id, line.kpi_id]
            if not line.is_overridden or line.override_date < override.date:
                line._override_as(override)
        return lost

    def _lines_of(self, overrides):
        lines = self.env["supplier.scorecard.line"].sudo()
        if not overrides:
            return lines
        return lines.search(
            [
                ("evaluation_id", "=", self.id),
                ("partner_id", "in", [partner.id for partner, _kpi in overrides]),
                ("kpi_id", "in", [kpi.id for _partner, kpi in overrides]),
            ]
        )

    def _tell_lost(self, lost):
        """Say in the chatter which scores are the computed ones again."""
        if lost:
            self.message_post(
                body=self.env._(
                    "Overridden before, and computed now: %s",
                    listed(
                        self.env,
                        (
                            f"{kpi.name} ({partner.display_name})"
                            for partner, kpi in lost
                        ),
                    ),
                )
            )

    def _changers(self):
        """Nor does who accepted a dispute publish alone what comes of it."""
        disputes = self.env["supplier.dispute"].sudo()
        accepted = disputes.search([("revision_id", "=", self._origin.id)])
        return super()._changers() | accepted.decided_uid


class SupplierScorecardLine(models.Model):
    """A score that somebody had put in the place of the computed one."""

    _inherit = "supplier.scorecard.line"

    def _can_override_again(self, override):
        """Whether there is a score, and the evidence for which the company asks."""
        asked = self.company_id.supplier_evidence_required
        return self.has_value and bool(override.evidence or not asked)

    def _override_as(self, override):
        """Override the score in the name of whoever did it before."""
        self.ensure_one()
        self.with_user(override.user).sudo().write(
            {
                "is_overridden": True,
                "override_score": override.score,
                "override_reason": override.reason,
                "override_evidence_ids": [Command.set(override.evidence.ids)],
            }
        )
        self.override_date = override.date
