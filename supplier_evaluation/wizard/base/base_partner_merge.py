from odoo import api, models
from odoo.exceptions import UserError

from ...tools.wording import listed


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_values(self, src_partners, dst_partner):
        """Let a merge write what nobody may write by hand, and tell the tier kept."""
        result = super()._update_values(src_partners, dst_partner._unguarded())
        self.env["supplier.tier.change"]._explain_merge(dst_partner)
        return result

    @api.model
    def _supplier_twins(self, model, names, partners, domain=(), vendor="partner_id"):
        """Return records of several vendors of which one vendor has one at most.

        Odoo merges vendors by SQL: where a row of one that goes would collide with one
        that stays, it deletes all the rows of the one that goes. So each room looks at
        its own before.

        :param str model: of records
        :param names: by what a vendor has one at most, as groups of ``_read_group``
        :param partners: the vendors that become one, the one that stays first
        :param domain: which of the records
        :param str vendor: the field by which they are the vendor's
        :return: list of records, in each that of the vendor that stays first
        """
        records = self.env[model].sudo().with_context(active_test=False)
        rows = records._read_group(
            [(vendor, "in", partners.ids), *domain],
            names,
            ["id:recordset"],
            having=[("__count", ">", 1)],
        )
        places = {partner.id: place for place, partner in enumerate(partners)}
        return [
            twins.sorted(lambda one: (places[one[vendor].id], one.id))
            for *_key, twins in rows
        ]

    @api.model
    def _refuse_twins(self, twins, vendor="partner_id", whole=None):
        """Refuse to merge vendors where somebody has to decide which record counts.

        :param twins: records of them, of which one vendor has one at most
        :param whole: what they are parts of, if that is what people know
        :raises UserError: naming what each of them has
        """
        shown = whole or twins[0]
        kind = self.env["ir.model"]._get(shown._name).name
        raise UserError(
            self.env._(
                "%(suppliers)s cannot be merged: each has “%(record)s” (%(kind)s), and "
                "one supplier has one only. Change or delete one of the two first, or "
                "archive the vendor that is no longer used instead.",
                suppliers=listed(self.env, sorted(twins[vendor].mapped("name"))),
                record=shown.display_name,
                kind=kind,
            )
        )

    @api.model
    def _keep_one_of_twins(self, twins, said, vendor="partner_id"):
        """Keep one of records that say the same; refuse those that do not.

        :param twins: as :meth:`_supplier_twins` returns them
        :param said: takes a record and returns what it says
        :raises UserError: two say something else
        """
        for same in twins:
            if any(said(one) != said(same[0]) for one in same[1:]):
                self._refuse_twins(same, vendor)
        for same in twins:
            same[1:].unlink()
