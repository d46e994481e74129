from dataclasses import replace

from odoo import Command, fields, models
from odoo.exceptions import UserError

from ...scoring.scope import CONTEXT_KEY
from ...tools.actions import open_dialog
from ...tools.groups import MANAGER_GROUP
from ..scorecard.adjusting.supplier_adjustment import OVERRIDDEN
from ..scorecard.supplier_evaluation import ASK_REVISION
from .overriding import Override
from .supplier_dispute import WAITING


class SupplierDispute(models.Model):
    """What is accepted makes a revision; nothing published changes."""

    _inherit = "supplier.dispute"

    def action_decide(self):
        """Ask how it is decided, and what the supplier is told."""
        self.ensure_one()
        self._check_to_decide()
        return open_dialog(
            "supplier.dispute.wizard",
            self.env._("Decide"),
            {"dispute_id": self.id},
        )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _check_to_decide(self):
        """Managers decide, of whom none made the figure what it is.

        :raises AccessError: the user is none of them
        :raises UserError: it is decided already
        """
        self._check_user(MANAGER_GROUP)
        for dispute in self:
            if dispute.state not in WAITING:
                raise UserError(self.env._("%s is decided already.", dispute.name))
        self._check_segregation()

    def _reject(self, answer):
        """Let the figure stand, and tell the supplier why."""
        self.ensure_one()
        self._check_to_decide()
        self._decide("rejected", answer, {})

    def _accept(self, outcome, answer, score=False):
        """Take the dispute into a revision of the evaluation.

        :param str outcome: one of ``OUTCOMES``
        :param str answer: what the supplier is told
        :param float score: the right one, where the score is corrected
        :return: the revision, computed and not published: somebody else publishes it
        :raises UserError: the record always counts, or there is no score to correct, or
            nobody says what changes
        """
        self.ensure_one()
        self._check_to_decide()
        self._check_outcome(outcome)
        register = self.env["supplier.adjustment"].sudo()
        last = register.search([], order="id desc", limit=1).id or 0
        if outcome == "exclusion":
            self._leave_record_out(answer)
        if outcome == "score":
            self._check_score(score)
        vals = {"outcome": outcome, "corrected_score": score}
        self._decide("accepted", answer, vals)
        revision = self._revise()
        rows = register.search(
            [
                ("id", ">", last),
                ("partner_id", "=", self.partner_id.id),
                ("kpi_id", "in", [False, self.kpi_id.id]),
            ]
        )
        self.sudo()._write_guarded({"adjustment_ids": [Command.set(rows.ids)]})
        return revision

    def _check_outcome(self, outcome):
        """Refuse to accept what changes nothing: any client may say so."""
        labels = dict(self._fields["outcome"]._description_selection(self.env))
        if outcome not in labels:
            raise UserError(
                self.env._(
                    "Say what changes: %s.",
                    " / ".join(labels.values()),
                )
            )

    def _decide(self, state, answer, vals):
        if not (answer or "").strip():
            raise UserError(self.env._("Say why: the supplier reads it."))
        self.sudo()._write_guarded(
            {
                **vals,
                "state": state,
                "answer": answer.strip(),
                "decided_uid": self.env.uid,
                "date_decided": fields.Datetime.now(),
            }
        )
        self.activity_ids.sudo().unlink()
        self.env["supplier.portal"]._tell(self, "answered")

    def _because(self):
        """Return what the register says of why something was changed."""
        return self.env._(
            "Dispute %(number)s: %(reason)s", number=self.name, reason=self.reason
        )

    def _files(self):
        """Return what the supplier sent with it."""
        files = self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "=", self.id)]
        )
        return files

    # ------------------------------------------------------------
    # What it changes
    # ------------------------------------------------------------

    def _leave_record_out(self, answer):
        """Leave out the record, as its own action does.

        :raises UserError: no record is disputed, or it always counts
        """
        mixin = self.env.registry["supplier.exclusion.mixin"]
        targets = self._disputed_fact()._records_left_out() if self.fact_id else {}
        records = [
            self.env[model].browse(ids)
            for model, ids in targets.items()
            if ids and isinstance(self.env.get(model), mixin)
        ]
        if not records:
            raise UserError(
                self.env._(
                    "%s names no record that can be left out: correct the score, or "
                    "correct the records and say so.",
                    self.name,
                )
            )
        why = self._because()
        for some in records:
            some.check_access("write")
            some._set_supplier_exclusion("responsibility", why, self._files())
            some._log_supplier_exclusion(
                self.env._("Not the supplier's responsibility"), f"{why} {answer}"
            )

    def _disputed_fact(self):
        """Return the record behind the figure, as the evaluation looks at it."""
        line = self.scorecard_line_id.sudo()
        kpi = line._kpi_as_computed()
        scope = replace(line._figure_scope(with_excluded=True), aspect=kpi.aspect or "")
        facts = self.env[kpi.fact_model].sudo()
        facts = facts.with_context(**{CONTEXT_KEY: scope.to_context()})
        return facts.search([("id", "=", int(self.fact_id))])

    def _check_score(self, score):
        if not self.scorecard_line_id.has_value:
            raise UserError(
                self.env._("There is no score to correct: no data were found.")
            )
        if score is False or not 0 <= score <= 100:
            raise UserError(self.env._("Enter the right score, from 0 to 100."))
        if not self._files():
            vals = {"kind": OVERRIDDEN, "record_name": self.name}
            self.env["supplier.adjustment"]._refuse_without_evidence(
                [{**vals, "company_id": self.company_id.id}]
            )

    def _revise(self):
        """Open the revision of what is published now, and compute it.

        It looks at records until the same instant, so it differs by the decision. What
        was overridden is still so, but for the figure on which somebody decided.
        """
        published = self.evaluation_id._same_period().filtered(
            lambda run: run.state == "published"
        )
        action = published.with_context(**{ASK_REVISION: False}).action_revise()
        revision = published.browse(action["res_id"])
        if revision.state == "draft" and revision.cutoff != published.cutoff:
            revision.cutoff = published.cutoff
        revision.message_post(
            body=self.env._("Revised because of the dispute %s", self.name)
        )
        self.sudo()._write_guarded({"revision_id": revision.id})
        before = revision if revision.state == "computed" else published
        overrides = before.sudo()._overrides()
        decided = overrides.pop((self.partner_id, self.kpi_id), None)
        revision.action_compute()
        lost = revision.sudo()._override_again(overrides)
        if decided and not self.revised_line_id.is_overridden:
            lost[self.partner_id, self.kpi_id] = decided
        revision._tell_lost(lost)
        return revision

    def _as_override(self):
        """Return the score that was found right, as :class:`Override`."""
        self.ensure_one()
        return Override(
            self.decided_uid,
            self.date_decided,
            self.corrected_score,
            self._because(),
            self._files(),
        )
