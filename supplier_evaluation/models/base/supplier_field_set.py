from odoo import api, fields, models
from odoo.tools import SQL


class SupplierFieldSet(models.Model):
    """Which fields of its own a company has on records that have no type to say so.

    There is one for each company, made where it is asked for the first time. Managers
    of supplier evaluations change it from the form of any such record, as everywhere
    in Odoo.
    """

    _name = "supplier.field.set"
    _inherit = ["supplier.guard.mixin", "supplier.field.definition.mixin"]
    _description = "Own Fields of a Company"
    _rec_name = "company_id"
    _order = "company_id, id"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    incident_properties_definition = fields.PropertiesDefinition(
        "Properties of Incidents"
    )
    corrective_properties_definition = fields.PropertiesDefinition(
        "Properties of Corrective Actions"
    )
    contract_properties_definition = fields.PropertiesDefinition(
        "Properties of Contracts"
    )

    _company_uniq = models.Constraint(
        "UNIQUE (company_id)", "A company has one set of own fields."
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"company_id"}

    @api.model
    def _of(self, companies):
        """Return the sets of companies, made where there is none yet.

        :param companies: ``res.company``
        :return: ``{id of a company: set}``, with full rights
        """
        sets = self.sudo()
        domain = [("company_id", "in", companies.ids)]
        found = sets.search(domain)
        if missing := companies - found.company_id:
            # Of two who come first at once, the database lets one begin anew.
            self.env.cr.execute(
                SQL(
                    "INSERT INTO %s (company_id) SELECT UNNEST(%s::integer[])"
                    " ON CONFLICT DO NOTHING",
                    SQL.identifier(self._table),
                    missing.ids,
                )
            )
            found = sets.search(domain)
        return {one.company_id.id: one for one in found}
