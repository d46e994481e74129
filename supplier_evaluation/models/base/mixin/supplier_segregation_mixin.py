from odoo import models
from odoo.exceptions import AccessError


class SupplierSegregationMixin(models.AbstractModel):
    """A record on which somebody decides who had no hand in it: four eyes.

    The rule of every decision of ours (segregation of duties) is here, and only here: a
    model says who was involved, and how that is told. Full rights do not lift it: they
    are not those of whoever decides.
    """

    _name = "supplier.segregation.mixin"
    _description = "Record That Somebody Else Decides On"

    def _involved(self):
        """Return those who had a hand in the record.

        :rtype: res.users
        """
        self.ensure_one()
        return self.env["res.users"]

    def _segregation_text(self):
        """Return what somebody is told who was involved, as a sentence."""
        raise NotImplementedError

    def _segregation_problem(self):
        """Return why the user must not decide on the record, or False."""
        self.ensure_one()
        if self.env.user in self._involved():
            return self._segregation_text()
        return False

    def _check_segregation(self):
        """Refuse the decision of somebody who was involved.

        :raises AccessError: names the record
        """
        for record in self:
            if problem := record._segregation_problem():
                raise AccessError(problem)
