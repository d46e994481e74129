from odoo import api, fields, models

from ...tools.actions import open_dialog, open_form, open_records
from ...tools.counts import count_by
from ...tools.groups import MANAGER_GROUP
from ...tools.optional_numbers import OptionalFloat
from ..incident.supplier_incident import CLOSED

# In which state which requirements stand in the way of the next move.
MOMENTS = {
    "draft": "submit",
    "submitted": "review",
    "review": "review",
    "conditional": "meet_conditions",
    "suspended": "reinstate",
}


class SupplierCertification(models.Model):
    """What the form shows beside a certification, and how one goes on from there."""

    _inherit = "supplier.certification"

    checklist_rows = fields.Json(
        string="Rows of the Checklist",
        compute="_compute_checklist",
        help="The checklist for the form: a row has key, text, whether it is done, is "
        "asked for now, and can be verified by the user, and what to do with it.",
    )
    missing_now_count = fields.Integer(
        compute="_compute_checklist",
        help="How many requirements stand in the way of the next move.",
    )
    step_rows = fields.Json(
        string="Approval Steps",
        compute="_compute_step_rows",
        help="Who decides in which step, who decided, and who is next.",
    )
    has_programs = fields.Boolean(
        compute="_compute_has_programs",
        help="Whether the company has a programme that is not archived.",
    )
    supplier_scorecard_id = fields.Many2one(
        "supplier.scorecard",
        string="Last Scorecard",
        compute="_compute_supplier_figures",
    )
    supplier_score = OptionalFloat(
        string="Score", compute="_compute_supplier_figures", digits=(16, 1)
    )
    supplier_grade_id = fields.Many2one(
        "supplier.grade", string="Grade", compute="_compute_supplier_figures"
    )
    supplier_incident_count = fields.Integer(
        string="Open Incidents", compute="_compute_supplier_figures"
    )
    supplier_document_count = fields.Integer(
        string="Documents", compute="_compute_supplier_figures"
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    def _show_rows(self, rows):
        """Set what the form shows of the requirements.

        :param list rows: of ``Requirement``
        """
        self.ensure_one()
        now = self.ASKED_AT.get(MOMENTS.get(self.state), ())
        self.missing_now_count = sum(row.kind in now and not row.done for row in rows)
        self.checklist_rows = [
            {
                "key": self._row_key(row),
                "text": row.text,
                "done": bool(row.done),
                "now": row.kind in now,
                "action": self._row_action(row),
                "verify": bool(self._verifiable(row)),
                "hint": self._verifier_hint(row),
            }
            for row in rows
        ]

    @api.model
    def _row_key(self, row):
        """Return what names a requirement; those that open the same share it."""
        return f"{row.kind}-{row.document_type.id}" if row.document_type else row.kind

    def _row_of(self, key):
        """Return the requirement that a key names, None: it is asked for no more."""
        rows = self._requirements()[self]
        return next((row for row in rows if self._row_key(row) == key), None)

    def _row_action(self, row):
        """Return what can be done with a requirement, False: nothing."""
        if row.kind in ("document", "verified"):
            if row.kind == "document" and not row.done:
                outdated = row.records and row.records[0].verification == "verified"
                return "renew" if outdated else "open" if row.records else "add"
            return "open"
        if row.kind == "audit":
            return "open" if row.done else "audit"
        if row.kind == "steps":
            return "program" if self.env.user.has_group(MANAGER_GROUP) else False
        if row.kind == "waiting":
            return "open" if row.records else False
        if row.kind == "answers":
            return "answer" if self.state == "draft" else "read"
        return "scorecards"

    @api.model
    def _verifiable(self, row):
        """Return the documents of a requirement that the user may verify."""
        documents = self.env["supplier.document"]
        if row.kind != "verified":
            return documents
        return documents.browse(row.records.ids).filtered("can_verify")

    def _verifier_hint(self, row):
        """Return who verifies what the user may not, in words, or False."""
        if row.kind != "verified" or self._verifiable(row):
            return False
        if row.document_type.with_env(self.env)._may_verify():
            return self.env._("You entered it, so somebody else verifies it.")
        people = row.document_type._verifier_names()
        if people:
            return self.env._("%(people)s can verify it.", people=people)
        return self.env._("A manager of supplier evaluations can verify it.")

    @api.depends(
        "approval_ids",
        "company_id",
        "program_id",
        "state",
        "step_id",
        "transition_ids",
        "waiting_user_ids",
    )
    @api.depends_context("lang")
    def _compute_step_rows(self):
        for certification in self:
            certification.step_rows = certification._step_values()

    def _step_values(self):
        """Return the steps of the programme as they stand in this round."""
        self.ensure_one()
        approvals = (
            self._approvals() if self.state != "draft" else self.approval_ids[:0]
        )
        gone = self._involved() | approvals.user_id
        values = []
        for step in self.program_id.sudo().step_ids.sorted():
            decided = approvals.filtered(lambda row, own=step: row.step_id == own)
            people = step._people(self.company_id) - gone
            if step == self.step_id:
                status = "current"
                people = self.sudo().waiting_user_ids
            else:
                status = "done" if decided else "later"
            values.append(
                {
                    "id": step.id,
                    "name": step.with_env(self.env).sudo().name,
                    "status": status,
                    "all": step.mode == "all",
                    "people": [] if status == "done" else people.mapped("name"),
                    "decisions": decided._told(),
                }
            )
        return values

    @api.depends("company_id")
    def _compute_has_programs(self):
        programs = self.env["supplier.certification.program"]
        for company, some in self.grouped("company_id").items():
            domain = [("company_id", "in", [False, company.id])]
            some.has_programs = bool(programs.search_count(domain, limit=1))

    @api.depends("partner_id", "company_id")
    def _compute_supplier_figures(self):
        """Each company has figures of its own, and one statement each."""
        incidents = self.env["supplier.incident"]
        documents = self.env["supplier.document"]
        for company, some in self.grouped("company_id").items():
            partners = some.partner_id
            own = [("company_id", "=", company.id)]
            open_ones = count_by(
                incidents,
                "commercial_partner_id",
                partners,
                [*own, ("state", "not in", CLOSED)],
            )
            papers = count_by(documents, "commercial_partner_id", partners)
            for certification in some:
                partner = certification.partner_id.sudo().with_company(company)
                certification.supplier_scorecard_id = partner.supplier_scorecard_id
                certification.supplier_score = partner.supplier_score
                certification.supplier_grade_id = partner.supplier_grade_id
                # Counted by the real record, also while it is edited.
                key = partner._origin.with_env(self.env)
                certification.supplier_incident_count = open_ones.get(key, 0)
                certification.supplier_document_count = papers.get(key, 0)

    @api.onchange("partner_id", "company_id")
    def _onchange_partner_id(self):
        """Propose the programme, unless one was chosen."""
        if self.partner_id and not self.program_id:
            self.program_id = self.env["supplier.certification.program"]._proposed(
                self.partner_id._origin, self.company_id
            )

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_open_requirement(self, key):
        """Open what mends a requirement, or what shows that it is met.

        :param str key: of a row in ``checklist_rows``
        :return: an action; False where there is nothing to open
        """
        self.ensure_one()
        row = self._row_of(key)
        if not row:
            return False
        action = self._row_action(row)
        if row.document_type:
            return self._open_paper(row, action)
        if row.kind == "audit":
            return self._open_audit(row)
        if action == "program":
            return open_form(
                "supplier.certification.program",
                self.env._("Programme"),
                record=self.program_id,
            )
        if row.kind == "score":
            return self._open_scorecards()
        if action == "open":
            return row.records[:1].sudo(False).get_formview_action()
        return False

    def _open_paper(self, row, action):
        """Open the document of a requirement, or enter what is missing."""
        found = row.records[:1].sudo(False) if row.records else None
        if action == "renew":
            return {**found.action_renew(), "target": "new"}
        defaults = {
            "partner_id": self.partner_id.id,
            "type_id": row.document_type.id,
        }
        name = row.document_type.with_env(self.env).display_name
        return open_dialog("supplier.document", name, defaults, record=found)

    def _open_audit(self, row):
        """Open the finished audit, the one that is in progress, or a new one."""
        draft = self.audit_ids.filtered(lambda audit: audit.state == "draft")[:1]
        record = row.records.sudo(False) if row.done else draft
        return open_dialog(
            "supplier.certification.audit",
            self.env._("Audit"),
            {"certification_id": self.id},
            record=record,
        )

    def action_verify_requirement(self, key):
        """Verify the documents of a requirement; the documents check who may.

        :param str key: of a row in ``checklist_rows``
        """
        self.ensure_one()
        row = self._row_of(key)
        if row and row.kind == "verified":
            documents = row.records.sudo(False)
            (self._verifiable(row) or documents).action_verify()
        return True

    def action_open_scorecard(self):
        """Open the supplier's last scorecard."""
        self.ensure_one()
        return self.supplier_scorecard_id.get_formview_action()

    def _open_scorecards(self):
        return open_records(
            self.env,
            "supplier_evaluation.supplier_scorecard_action",
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
            ],
        )

    def action_open_incidents(self):
        """Open the supplier's incidents that are not over."""
        self.ensure_one()
        return self.env["supplier.incident"]._action_list(
            [
                ("commercial_partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "not in", CLOSED),
            ],
            partner_id=self.partner_id.id,
        )

    def action_open_documents(self):
        """Open the supplier's documents, with their files."""
        self.ensure_one()
        return self.partner_id.action_open_supplier_documents()
