from odoo import api, models
from odoo.fields import Domain


class SupplierCustomerReview(models.Model):
    """What is open when partners become one, or move to another company.

    Nobody is asked twice about one supplier, and no supplier about itself. What was
    answered stays as it is: it was said by somebody else than the supplier.
    """

    _inherit = "supplier.customer.review"

    @api.model
    def _cancel_of_merged(self, partners):
        """Cancel what is asked twice once partners are one, or of a supplier itself.

        Merging would delete the others by SQL.

        :param partners: ``res.partner`` that become one
        """

        def joined(partner):
            # The first of those that become one stands for all.
            return partners[:1] if partner in partners else partner

        self._cancel_twice(
            Domain("partner_id", "in", partners.ids)
            | Domain("respondent_id", "in", partners.ids),
            lambda review: (
                joined(review.partner_id),
                joined(review.respondent_id),
                joined(review.respondent_id.commercial_partner_id),
            ),
        )

    @api.model
    def _cancel_of_moved(self, companies):
        """Cancel what is asked twice once contacts are of another company.

        :param dict companies: the company by ``res.partner`` that will be another one
        """

        def company_of(partner):
            return companies.get(partner) or partner.commercial_partner_id

        moved = [partner.id for partner in companies]
        targets = {company.id for company in companies.values()}
        self._cancel_twice(
            Domain("partner_id", "in", moved)
            | Domain("respondent_id", "in", moved)
            | Domain("commercial_partner_id", "in", targets),
            lambda review: (
                company_of(review.partner_id),
                review.respondent_id,
                company_of(review.respondent_id),
            ),
        )

    @api.model
    def _cancel_twice(self, domain, parties):
        """Cancel what is asked twice; the last one stays open.

        :param domain: which of the open ones
        :param parties: what returns of one whom it is about, who is asked, and whose
            contact that is
        """
        reviews = self.sudo().search(
            Domain("state", "=", "open") & domain, order="id desc"
        )
        found, over = set(), reviews.browse()
        for review in reviews:
            supplier, person, employer = parties(review)
            key = (review.company_id, supplier, person)
            if key in found or supplier in (person, employer):
                over |= review
            found.add(key)
        over._cancel()
        # What follows asks the database: merging goes on by SQL, and the same question
        # is open only once there.
        over.flush_recordset(["state"])
