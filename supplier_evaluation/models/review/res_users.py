from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.groups import REVIEWER_GROUP, holders_of
from ...tools.wording import listed


class ResUsers(models.Model):
    _inherit = "res.users"

    def _check_can_review(self, company):
        """Refuse people who could not open the reviews they are asked for.

        :raises UserError: names them, and what to give them
        """
        _able, problem = self._able_to_review(company)
        if problem:
            raise UserError(problem)

    def _able_to_review(self, company):
        """Return who can open reviews, and why others cannot, in words, or False."""
        able = self.sudo().search(
            holders_of(self.env, REVIEWER_GROUP, company) & Domain("id", "in", self.ids)
        )
        unable = self - able
        if not unable:
            return self, False
        problem = self.env._(
            "%(people)s cannot answer reviews for %(company)s. In their user settings, "
            "give them the access “Supplier Evaluation: Reviewer” and the company; or "
            "ask other people.",
            people=listed(self.env, unable.sudo().mapped("name")),
            company=company.name,
        )
        return self - unable, problem
