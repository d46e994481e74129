from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...tools.actions import open_form, open_records
from ...tools.counts import count_by


class SupplierScorecardTemplate(models.Model):
    """A template that is tried first: a draft evaluates nobody until it is used."""

    _inherit = "supplier.scorecard.template"

    is_draft = fields.Boolean(
        string="Draft",
        readonly=True,
        copy=False,
        help="It is tried out. Nothing is evaluated by it until a manager uses it.",
    )
    draft_of_id = fields.Many2one(
        "supplier.scorecard.template",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The template whose weights and scales it would change.",
    )
    trial_count = fields.Integer(compute="_compute_trial_count")

    def _compute_trial_count(self):
        counts = count_by(self.env["supplier.trial"], "template_id", self)
        for template in self:
            template.trial_count = counts.get(template, 0)

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"is_draft", "draft_of_id"}

    def write(self, vals):
        """Whoever activates a draft uses it: it is a template then."""
        result = super().write(vals)
        if vals.get("active"):
            self.filtered("is_draft")._write_guarded({"is_draft": False})
        return result

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_what_if(self):
        """Open the screen on which weights and scales are tried."""
        self.ensure_one()
        return self.env["supplier.evaluation"]._open_what_if({"template_id": self.id})

    def action_use_draft(self):
        """Make a draft a template by which one can evaluate.

        It does not evaluate by itself yet: a manager who lets it do so takes the
        template that it was made of out of use first.

        :raises UserError: it is no draft
        """
        for template in self:
            if not template.is_draft:
                raise UserError(self.env._("%s is no draft.", template.name))
        self.active = True
        return True

    def action_back_test(self):
        """Open a new back-test of the template."""
        self.ensure_one()
        return open_form(
            "supplier.trial",
            self.env._("Back-Test"),
            {"template_id": self.id, **self._default_company()},
        )

    def action_open_trials(self):
        """Open the back-tests of the template."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_trial_action",
            [("template_id", "=", self.id)],
            {"default_template_id": self.id, **self._default_company("default_")},
        )

    def action_save_draft(self, lines):
        """Copy the template with other weights and scales, as a draft; open it.

        :param list lines: a dict for each KPI, in their order: ``kpi_id``, ``weight``,
            ``mode`` (``linear`` or ``step``), ``points`` (``[value, score]`` each) and
            ``minimum`` (a score, or None). A KPI that is missing is left out.
        :raises AccessError: the user may not make templates
        :raises UserError: there is no line
        :raises ValidationError: points are no scale, or a weight is not positive
        """
        self.ensure_one()
        self.check_access("read")
        self.browse().check_access("create")
        if not lines:
            raise UserError(
                self.env._("A template needs a KPI: give at least one a weight.")
            )
        shared = not self.company_id and not self._companies_of_others()
        draft = self._unguarded().copy(
            {
                "name": self.env._("%s (draft)", self.name),
                "company_id": False
                if shared
                else (self.company_id or self.env.company).id,
                "active": False,
                "is_draft": True,
                "draft_of_id": (self.draft_of_id or self).id,
                "is_scheduled": False,
                "auto_publish": False,
                "line_ids": [
                    Command.create(self._draft_line_vals(sequence, line))
                    for sequence, line in enumerate(lines, start=1)
                ],
            }
        )
        return open_form(self._name, draft.name, record=draft)

    @api.model
    def _draft_line_vals(self, sequence, line):
        minimum = line.get("minimum")
        return {
            "sequence": sequence,
            "kpi_id": int(line["kpi_id"]),
            "weight": float(line["weight"]),
            "scale_mode": line["mode"],
            "has_gate": minimum is not None,
            "minimum_score": minimum or 0.0,
            "point_ids": [
                Command.create({"value": value, "score": score})
                for value, score in line["points"]
            ],
        }

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _tried_on(self):
        """Return the template whose evaluations a template is compared with."""
        self.ensure_one()
        return self.draft_of_id if self.is_draft and self.draft_of_id else self
