import re

from odoo import http
from odoo.fields import Domain
from odoo.http import content_disposition, request

from ...report.scorecard.scorecard_xlsx import scorecards_xlsx, workbook_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Numbers, and ranges of numbers.
CHOICE = re.compile(r"\d{1,9}(-\d{1,9})?(,\d{1,9}(-\d{1,9})?)*", re.ASCII)


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
        return self._download(scorecards_xlsx(evaluation), evaluation.name)

    @http.route(
        "/supplier_evaluation/scorecards.xlsx",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def chosen_scorecards(self, ids=""):
        """Return those of the chosen scorecards that the user may read.

        :param str ids: such as ``3-5,7``
        """
        if not CHOICE.fullmatch(ids):
            raise request.not_found()
        cards = request.env["supplier.scorecard"].search(_domain(ids))
        if not cards:
            raise request.not_found()
        return self._download(workbook_of(cards), request.env._("Scorecards"))

    def _download(self, content, name):
        return request.make_response(
            content,
            headers=[
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(f"{name}.xlsx")),
            ],
        )


def _domain(ids):
    """Return the domain of records that are named one by one, or as ranges."""
    ranges = []
    for part in ids.split(","):
        first, _dash, last = part.partition("-")
        ranges.append(
            Domain("id", ">=", int(first)) & Domain("id", "<=", int(last or first))
        )
    return Domain.OR(ranges)
