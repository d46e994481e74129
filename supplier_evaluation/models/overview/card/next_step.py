from odoo import models
from odoo.tools import SQL

from ....tools.actions import open_dialog, open_records


class SupplierScorecard(models.Model):
    """What is done about a scorecard: report, ask, discuss."""

    _name = "supplier.scorecard"
    _inherit = ["supplier.scorecard", "mail.thread"]

    # The figures are written by the run only; whoever reads them talks about them.
    _mail_post_access = "read"

    def action_report_incident(self):
        """Open a new incident about the supplier."""
        self.ensure_one()
        return self.env["supplier.incident"]._action_report(
            partner_id=self.partner_id.id, company_id=self.company_id.id
        )

    def action_ask_supplier(self):
        """Open a message to the supplier; it stays with the scorecard.

        A preview may have no scorecard of the supplier in the next night, so there it
        stays with the supplier.
        """
        self.ensure_one()
        subject = self._supplier_here() if self.is_preview else self
        defaults = {
            "model": subject._name,
            "res_ids": subject.ids,
            "partner_ids": self.partner_id.ids,
            "composition_mode": "comment",
            "subject": self.display_name,
        }
        return open_dialog("mail.compose.message", self.env._("Ask Supplier"), defaults)

    def action_compare_neighbours(self):
        """Open the scorecard beside the best one, and those next to it in the ranking.

        :raises UserError: there is no other one that is ranked
        """
        self.ensure_one()
        ranked = self.search(
            [("evaluation_id", "=", self.evaluation_id.id), ("rank", ">", 0)],
            order="rank, id",
        )
        place = ranked.ids.index(self.id) if self in ranked else len(ranked)
        beside = ranked[max(0, place - 1) : place + 2]
        return (ranked[:1] | beside | self).action_compare()

    def action_revise(self):
        """Open a new revision of the evaluation that made the scorecard."""
        self.ensure_one()
        return self.evaluation_id.action_revise()

    def action_open_incidents(self):
        """Open the incidents of the supplier."""
        self.ensure_one()
        return self.env["supplier.incident"]._action_list(
            [("commercial_partner_id", "=", self.partner_id.id)],
            partner_id=self.partner_id.id,
            company_id=self.company_id.id,
        )

    def action_open_documents(self):
        """Open the documents of the supplier."""
        self.ensure_one()
        return self._supplier_here().action_open_supplier_documents()

    def action_open_certifications(self):
        """Open the certifications of the supplier."""
        self.ensure_one()
        return self._supplier_here().action_open_supplier_certifications()

    def action_open_reviews(self):
        """Open the reviews that count in the scorecard."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_review_action",
            [("id", "in", self.review_ids.ids)],
        )


class SupplierEvaluation(models.Model):
    _inherit = "supplier.evaluation"

    def _delete_scorecards(self, only=None):
        """What was said of a draft goes with it: no foreign key ties it to the card."""
        self._check_not_sealed()
        attachments = self.env["ir.attachment"].sudo()
        attachments.flush_model(["res_model", "res_id"])
        files = self.env.execute_query(
            SQL(
                """
                WITH cards AS (SELECT id FROM supplier_scorecard WHERE %(cards)s),
                     messages AS (DELETE FROM mail_message
                                   WHERE model = %(model)s
                                     AND res_id IN (SELECT id FROM cards)),
                     followers AS (DELETE FROM mail_followers
                                    WHERE res_model = %(model)s
                                      AND res_id IN (SELECT id FROM cards))
                SELECT id FROM ir_attachment
                 WHERE res_model = %(model)s AND res_id IN (SELECT id FROM cards)
                """,
                cards=self._are_cards(only),
                model="supplier.scorecard",
            )
        )
        attachments.browse(row[0] for row in files).unlink()
        return super()._delete_scorecards(only)
