from odoo import models
from odoo.exceptions import AccessError

from ....tools.wording import label_of


class SupplierScorecardLine(models.Model):
    """A score is overridden by whom the team named for its dimension."""

    _inherit = "supplier.scorecard.line"

    def write(self, vals):
        """Override a score, if the team lets the user.

        :raises AccessError: others are named for the dimension
        """
        if self._override_fields() & vals.keys() and not self.env.su:
            self._check_may_override()
        return super().write(vals)

    def _check_may_override(self):
        for line in self:
            template = line.evaluation_id.template_id
            if not template._may_override(self.env.user, line.dimension):
                raise AccessError(
                    self.env._(
                        "Scores of the dimension %(dimension)s are overridden by "
                        "%(people)s only: ask one of them.",
                        dimension=label_of(line, "dimension"),
                        people=template._named_for(line.dimension),
                    )
                )
