from odoo import api, fields, models

# What says which records are watched, under the names that a KPI has for it.
SOURCE = {
    "model_name": "fact_model",
    "partner_field": "partner_field",
    "date_field": "date_field",
    "company_field": "company_field",
    "record_domain": "domain",
}


class SupplierAlertRule(models.Model):
    """Which records are watched: found as the records of a KPI are.

    So a rule watches whatever a KPI can be made on, and what somebody may not read
    does not become visible by a rule.
    """

    _inherit = "supplier.alert.rule"

    model_name = fields.Char(string="Records Of", tracking=True)
    partner_field = fields.Char(
        string="Supplier Field",
        compute="_compute_source_fields",
        store=True,
        readonly=False,
        precompute=True,
    )
    date_field = fields.Char(
        compute="_compute_source_fields", store=True, readonly=False, precompute=True
    )
    company_field = fields.Char(
        compute="_compute_source_fields", store=True, readonly=False, precompute=True
    )
    record_domain = fields.Char(string="Which Records", default="[]", tracking=True)
    definer_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        help="Records are read with the rights of who chose them.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"definer_id"}

    @api.model
    def _watched_fields(self):
        return [*super()._watched_fields(), *SOURCE]

    @api.depends("model_name")
    def _compute_source_fields(self):
        for rule in self:
            proposed = self.env["supplier.kpi"]._proposed_fields(rule.model_name)
            for name in ("partner_field", "date_field", "company_field"):
                rule[name] = proposed.get(name, rule[name])

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules.filtered("model_name")._keep_definer()
        return rules

    def write(self, vals):
        result = super().write(vals)
        if SOURCE.keys() & vals.keys():
            self._keep_definer()
        return result

    def _keep_definer(self):
        """Remember with whose rights ordinary records are read; data has all rights.

        :raises ValidationError: the user may not read what the rule would watch;
            constraints run with full rights and do not see that
        """
        if self.env.su:
            return
        self._raise_problem()
        self._write_guarded({"definer_id": self.env.uid})

    # ------------------------------------------------------------
    # Records
    # ------------------------------------------------------------

    def _source(self):
        """Return an unsaved KPI that asks for the watched records."""
        self.ensure_one()
        values = {theirs: self[ours] for ours, theirs in SOURCE.items()}
        return self.env["supplier.kpi"].new(
            {
                **values,
                "name": self.name,
                "aggregator": "count",
                "definer_id": self.definer_id.id,
            }
        )

    def _source_problem(self):
        """Return why the records cannot be watched, or False.

        Whoever chooses them must be allowed to read them; a chosen rule is read with
        the rights of that person.
        """
        if not self.model_name:
            return self.env._("it says no records. Choose which are watched.")
        return self._source()._problem_now()
