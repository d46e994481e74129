from typing import NamedTuple

from odoo import api, fields, models

from ...exchange.checking import content_hash


class Claim(NamedTuple):
    """Who said the value of a field last, and what stands for the value."""

    source: int
    stamp: str


def stamp_of(value):
    """Return what stands for a value: whether it is still the same."""
    return content_hash(value)[:12]


class SupplierExchangeOrigin(models.Model):
    """Which system said which value of a record last.

    A system with a lower priority does not overwrite it; and a value that is another
    one now was changed by a person.
    """

    _name = "supplier.exchange.origin"
    _description = "Origin of the Values of a Record"
    _rec_name = "res_id"
    _log_access = False

    res_model = fields.Char(string="Model of the Record", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True
    )
    claims = fields.Json(
        readonly=True, help="Field -> number of the system, and what stands for it."
    )

    _record_uniq = models.Constraint(
        "UNIQUE (res_model, res_id)", "The origins of this record are known already."
    )

    @api.model
    def _claims_of(self, model, ids):
        """Return who said what of some records.

        :rtype: dict
        :return: number of the record -> field -> :class:`Claim`
        """
        found = self.sudo().search_fetch(
            [("res_model", "=", model), ("res_id", "in", list(ids))],
            ["res_id", "claims"],
        )
        return {
            origin.res_id: {
                name: Claim(*claim) for name, claim in (origin.claims or {}).items()
            }
            for origin in found
        }

    @api.model
    def _note(self, model, claims):
        """Keep who said what of some records, beside what others said.

        :param dict claims: number of the record -> field -> :class:`Claim`
        """
        known = self.sudo().search(
            [("res_model", "=", model), ("res_id", "in", list(claims))]
        )
        create = dict(claims)
        for origin in known:
            new = create.pop(origin.res_id)
            if new:
                origin.claims = {**(origin.claims or {}), **new}
        self.sudo().create(
            [
                {"res_model": model, "res_id": number, "claims": new}
                for number, new in create.items()
                if new
            ]
        )
