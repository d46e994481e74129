from odoo import http
from odoo.http import content_disposition, request

from ...report.scorecard.scorecard_xlsx import scorecards_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ScorecardExport(http.Controller):
    @http.route(
        "/supplier_evaluation/<model('supplier.evaluation'):evaluation>/scorecards.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def scorecards(self, evaluation):
        """Return the scorecards of an evaluation that the user may read."""
        evaluation.check_access("read")
        return request.make_response(
            scorecards_xlsx(evaluation),
            headers=[
                ("Content-Type", XLSX),
                (
                    "Content-Disposition",
                    content_disposition(f"{evaluation.name}.xlsx"),
                ),
            ],
        )
