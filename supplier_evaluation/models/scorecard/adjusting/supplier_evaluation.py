from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL

from ....tools.wording import listed
from ..supplier_evaluation import SEALED
from .supplier_adjustment import OVERRIDDEN, RESTORED


class SupplierEvaluation(models.Model):
    """What was changed by hand in it, and that nobody publishes that alone."""

    _name = "supplier.evaluation"
    _inherit = ["supplier.evaluation", "supplier.segregation.mixin"]

    computed_uid = fields.Many2one(
        "res.users", string="Computed By", readonly=True, copy=False
    )
    changed_by_hand = fields.Json(
        readonly=True,
        copy=False,
        help="What was changed by hand in what is published; it is sealed with it.",
    )
    adjustment_ids = fields.Many2many(
        "supplier.adjustment",
        string="Changed by Hand",
        compute="_compute_adjustment_ids",
    )
    publish_problem = fields.Char(compute="_compute_publish_problem")

    @api.depends("state", "changed_by_hand", "scorecard_ids.line_ids.is_overridden")
    def _compute_adjustment_ids(self):
        for evaluation in self:
            evaluation.adjustment_ids = evaluation._adjustments()

    @api.depends("adjustment_ids", "computed_uid", "state")
    @api.depends_context("uid", "lang")
    def _compute_publish_problem(self):
        for evaluation in self:
            evaluation.publish_problem = (
                evaluation.state == "computed"
                and evaluation._segregation_or_team_problem()
            )

    def _segregation_or_team_problem(self):
        """Return why the user cannot publish it, or False; to be extended."""
        return self._segregation_problem()

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_compute(self):
        """Compute; what was overridden before is forgotten, and this is written down.

        :raises UserError: it is published, or the template cannot be used
        """
        self.check_access("write")
        forgotten = [
            {
                **line._adjustment_vals(),
                "kind": RESTORED,
                "score_to": line.computed_score,
                "favour": "unknown",
                "reason": self.env._("It was computed again."),
            }
            for evaluation in self.sudo()
            if evaluation.state == "computed"
            for line in evaluation._overridden_lines()
        ]
        result = super().action_compute()
        for evaluation in self.sudo():
            evaluation._write_guarded({"computed_uid": self.env.uid})
            evaluation._forget_evidence()
        if forgotten:
            no_evidence = self.env["ir.attachment"]
            self.env["supplier.adjustment"]._append_with_evidence(
                forgotten, no_evidence
            )
        return result

    def action_publish(self):
        """Publish what nobody changed by hand, or somebody else did.

        :raises AccessError: the user overrode a score of it or left a record out, or
            computed it and the template wants two people for everything
        """
        self.check_access("write")
        for evaluation in self.filtered(lambda run: run.state == "computed"):
            evaluation._check_segregation()
            evaluation.sudo()._keep_changed_by_hand()
        return super().action_publish()

    def _keep_changed_by_hand(self):
        """Let what was changed by hand be a part of what is sealed."""
        self._claim()
        rows = self._adjustments()
        if rows:
            self._write_guarded({"changed_by_hand": rows._in_words()})

    def _is_held_for_people(self):
        """Say in the chatter why a scheduled action does not publish it."""
        if super()._is_held_for_people():
            return True
        people = self._involved()
        if people:
            self._message_log(
                body=self.env._(
                    "It was changed by hand by %s. A scheduled action does not publish "
                    "that: somebody else does.",
                    listed(self.env, people.sudo().mapped("name")),
                )
            )
        return bool(people)

    # ------------------------------------------------------------
    # Four eyes
    # ------------------------------------------------------------

    def _involved(self):
        """Return who overrode its scores, and who left records out of it.

        What the system did itself, at an upgrade for one, nobody did. A rule that
        somebody lifted still holds for whoever lifted it.
        """
        involved = super()._involved()
        changed = self._changers()
        rule = self._four_eyes()
        if rule == "none":
            involved |= changed & self.sudo().template_id.four_eyes_uid
        else:
            involved |= changed
        if rule == "all":
            involved |= self.computed_uid
        return involved.filtered(lambda user: user.id != SUPERUSER_ID)

    def _changers(self):
        """Return who changed by hand what it says; to be extended.

        :rtype: res.users
        """
        return self._adjustments().user_id | self._overridden_lines().override_uid

    def _four_eyes(self):
        """Return the rule under which it was computed; before, that of the template."""
        kept = self.template_snapshot if self.state != "draft" else None
        return (kept or {}).get("four_eyes") or self.template_id.four_eyes

    def _segregation_problem(self):
        """Nor is what somebody changed published by nobody: by a scheduled action."""
        problem = super()._segregation_problem()
        if not problem and self.env.uid == SUPERUSER_ID and self._involved():
            return self._segregation_text()
        return problem

    def _segregation_text(self):
        return self.env._(
            "%(evaluation)s was changed by hand, or computed, by %(people)s: somebody "
            "else publishes it.",
            evaluation=self.name,
            people=listed(self.env, self._involved().sudo().mapped("name")),
        )

    # ------------------------------------------------------------
    # Changed by hand
    # ------------------------------------------------------------

    def _adjustments(self):
        """Return by which changes by hand it says what it says; to be extended.

        :return: rows of the register, the first one first
        """
        self.ensure_one()
        register = self.env["supplier.adjustment"].sudo()
        if self.state in SEALED:
            ids = [words["row"] for words in self.changed_by_hand or ()]
            return register.browse(ids).exists()
        return self._override_rows() if self.state == "computed" else register

    def _overridden_lines(self):
        lines = self.env["supplier.scorecard.line"].sudo()
        return lines.search(
            [
                ("scorecard_id.evaluation_id", "=", self._origin.id),
                ("scorecard_id.is_held_back", "!=", True),
                ("is_overridden", "=", True),
            ]
        )

    def _override_rows(self):
        """Return all that was said of scores that are overridden now.

        Who only mends the words of a reason takes no one else's place.
        """
        register = self.env["supplier.adjustment"].sudo()
        lines = self._overridden_lines()
        if not lines:
            return register
        overridden = {(line.partner_id, line.kpi_id) for line in lines}
        rows = register.search(
            [
                ("evaluation_id", "=", self._origin.id),
                ("kind", "in", (OVERRIDDEN, RESTORED)),
            ],
            order="id desc",
        )
        kept, restored = register.browse(), set()
        for row in rows:
            key = row.partner_id, row.kpi_id
            if row.kind == RESTORED:
                restored.add(key)
            elif key in overridden and key not in restored:
                kept += row
        return kept.sorted("id")

    def _forget_evidence(self):
        """Take evidence from lines that are overridden no longer."""
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM supplier_scorecard_line_evidence_rel evidence
                 USING supplier_scorecard_line line
                  JOIN supplier_scorecard card ON card.id = line.scorecard_id
                 WHERE line.id = evidence.supplier_scorecard_line_id
                   AND card.evaluation_id = %s
                   AND line.is_overridden IS NOT TRUE
                """,
                self.id,
            )
        )
