from odoo import models
from odoo.exceptions import UserError

# A longer address is refused by servers on the way.
LONGEST_ADDRESS = 8000
# More pages are read by nobody, and no printer is waited for so long.
MOST_PAGES = 500


class SupplierScorecard(models.Model):
    """Scorecards that are chosen, as a file, on paper and by e-mail."""

    _inherit = "supplier.scorecard"

    def action_export_xlsx(self):
        """Download the chosen scorecards as a workbook.

        :raises UserError: there is none, or too many to be named one by one
        """
        self._check_any()
        evaluation = self.evaluation_id
        if len(evaluation) == 1 and len(self) == evaluation.scorecard_count:
            return evaluation.action_export_xlsx()
        chosen = _in_ranges(self.ids)
        if len(chosen) > LONGEST_ADDRESS:
            self._refuse_so_many()
        return {
            "type": "ir.actions.act_url",
            "url": f"/supplier_evaluation/scorecards.xlsx?ids={chosen}",
            "target": "download",
        }

    def action_print(self):
        """Print the chosen scorecards, each on a page.

        :raises UserError: there is none, or more than anybody reads
        """
        self._check_any()
        if len(self) > MOST_PAGES:
            self._refuse_so_many()
        report = self.env.ref("supplier_evaluation.supplier_scorecard_report")
        return report.report_action(self)

    def action_send_results(self):
        """Send the results of their evaluations to those who are named to get them.

        :raises UserError: there is none; and as the evaluations do
        """
        self._check_any()
        return self.evaluation_id.action_send_results()

    def _check_any(self):
        if not self:
            raise UserError(self.env._("There is no scorecard here: choose others."))

    def _refuse_so_many(self):
        raise UserError(
            self.env._(
                "These are too many scorecards at once. Choose fewer, or export "
                "their evaluations."
            )
        )


def _in_ranges(ids):
    """Return numbers as ranges, which are few for the scorecards of an evaluation.

    >>> _in_ranges([7, 3, 4, 5])
    '3-5,7'
    """
    ranges = []
    for number in sorted(ids):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ",".join(
        str(first) if first == last else f"{first}-{last}" for first, last in ranges
    )
