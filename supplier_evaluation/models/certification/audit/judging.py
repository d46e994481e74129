from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ....tools.groups import APPROVER_GROUP
from ....tools.wording import clauses

#: How an audit without a certification is judged: as programmes do by default.
JUDGED_BY = ("downgrade_minor", "downgrade_major", "audit_min_score")


class SupplierCertificationAudit(models.Model):
    """How an audit is judged, and who closes it."""

    _inherit = "supplier.certification.audit"

    @api.depends(
        "finding_ids.severity",
        "answer_ids.is_answered",
        "answer_ids.value",
        "answer_ids.weight",
    )
    def _compute_score(self):
        for audit in self:
            severities = audit.finding_ids.mapped("severity")
            judged_by = audit._judged_by()
            score = (
                audit._checklist_score()
                - severities.count("minor") * judged_by["downgrade_minor"]
                - severities.count("major") * judged_by["downgrade_major"]
            )
            audit.score = 0 if "critical" in severities else max(0, score)

    def _checklist_score(self):
        """Return the weighted mean of the answers, 0 to 100; without any, 100."""
        answers = self.answer_ids.filtered("is_answered")
        weight = sum(answers.mapped("weight"))
        total = sum(answer.weight * answer.value for answer in answers)
        return 10 * total / weight if weight else 100

    def _judged_by(self):
        """Return the points off per finding, and from which score it is passed."""
        program = self.program_id
        if program:
            return {name: program[name] for name in JUDGED_BY}
        fields_of = self.env["supplier.certification.program"]._fields
        return {name: fields_of[name].default(program) for name in JUDGED_BY}

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_finish(self):
        """Close the audit; its score decides whether it is passed.

        :raises AccessError: whoever submitted the certification does not judge it, nor
            does anybody but an approver or the auditor
        :raises UserError: it is in the future, or says nothing
        """
        self.check_access("write")
        self._check_open()
        self._check_finisher()
        self._check_says_something()
        for audit in self:
            if not audit.company_id._supplier_has_begun(audit.date):
                raise UserError(
                    self.env._(
                        "An audit in the future cannot be finished: correct its day."
                    )
                )
            passed = audit.score >= audit._judged_by()["audit_min_score"]
            critical = "critical" in audit.finding_ids.mapped("severity")
            audit._write_guarded(
                {
                    "state": "done",
                    "result": "passed" if passed and not critical else "failed",
                }
            )

    def _check_says_something(self):
        """An audit that shows nothing would pass with 100 points.

        A summary is no evidence: anybody can write that all is well.
        """
        for audit in self:
            unanswered = audit.answer_ids.filtered(lambda one: not one.is_answered)
            if unanswered:
                raise UserError(
                    self.env._(
                        "The checklist of the audit of %(supplier)s on %(date)s is not "
                        "complete. Answer: %(questions)s",
                        supplier=audit.partner_id.display_name,
                        date=audit.date,
                        questions=clauses(self.env, unanswered.mapped("name")),
                    )
                )
            if not (audit.finding_ids or audit.answer_ids or audit.report):
                raise UserError(
                    self.env._(
                        "The audit of %(supplier)s on %(date)s says nothing: enter its "
                        "findings, choose a checklist and answer it, or attach its "
                        "report.",
                        supplier=audit.partner_id.display_name,
                        date=audit.date,
                    )
                )

    def _check_finisher(self):
        user = self.env.user
        is_approver = user.has_group(APPROVER_GROUP)
        for audit in self:
            certification = audit.certification_id
            if certification and user in certification._involved():
                raise AccessError(
                    self.env._(
                        "You opened or submitted %(certification)s: the auditor or an "
                        "approver finishes its audit.",
                        certification=certification.display_name,
                    )
                )
            if not is_approver and user != audit.auditor_id:
                raise AccessError(
                    self.env._(
                        "Only its auditor or an approver finishes the audit of "
                        "%(supplier)s on %(date)s: ask one of them.",
                        supplier=audit.partner_id.display_name,
                        date=audit.date,
                    )
                )
