from ast import literal_eval
from datetime import date, datetime

import psycopg2

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import mute_logger

from ...scoring import FactScope

PRIVATE = ("base.", "bus.", "discuss.", "ir.", "mail.", "res.", "sms.")
NUMBERS = ("integer", "float", "monetary")
DAYS = ("date", "datetime")


class SupplierKpi(models.Model):
    """Whether a KPI can be computed, and on which models one can be made."""

    _inherit = "supplier.kpi"

    @api.model
    @api.readonly
    def get_fact_models(self):
        """Return the models that a KPI can be made on, for the chooser.

        :return: names of the models that the user may read and that have a supplier, a
            date and a company
        """
        return sorted(
            name
            for name, model in self.env.registry.items()
            if not (model._abstract or model._transient)
            and self._is_offered(self.env[name])
        )

    @api.model
    def _is_offered(self, records):
        """Whether it is business records, which the user may read.

        Not the system's own, nor messages: their rules are not those of a model.
        """
        if records._name.startswith(PRIVATE) or not records.has_access("read"):
            return False
        return self._is_fact(records) or len(self._proposed_fields(records._name)) == 3

    @api.model
    def _is_fact(self, records):
        return isinstance(records, self.env.registry["supplier.fact.mixin"])

    def _has_facts(self):
        """Whether the KPI is about facts, which know of tolerances and exclusions."""
        self.ensure_one()
        records = self.env.get(self.fact_model or "")
        return records is not None and self._is_fact(records)

    def _counts_deliveries(self):
        """Whether the KPI is about deliveries, of which a firm score needs enough."""
        return self._has_facts() and self.env[self.fact_model]._fact_is_delivery

    @api.model
    def _proposed_fields(self, model):
        """Return the likeliest supplier, date and company fields of a model.

        :return: ``{field of the KPI: field of the model}``; what is not found is absent
        """
        records = self.env.get(model or "")
        if records is None:
            return {}
        stored = {name: field for name, field in records._fields.items() if field.store}
        wanted = {
            "partner_field": (
                ("commercial_partner_id", "partner_id", "supplier_id", "vendor_id"),
                lambda field: field.comodel_name == "res.partner",
            ),
            "date_field": (
                ("date", "date_opened", "date_order", "create_date"),
                lambda field: field.type in DAYS,
            ),
            "company_field": (
                ("company_id",),
                lambda field: field.comodel_name == "res.company",
            ),
        }
        proposed = {}
        for target, (names, fits) in wanted.items():
            fitting = [
                name
                for name, field in stored.items()
                if fits(field)
                and field.type != "many2many"
                and self._is_readable(records, field)
            ]
            fitting.sort(key=lambda name: names.index(name) if name in names else 99)
            if fitting:
                proposed[target] = fitting[0]
        return proposed

    @api.model
    def _is_readable(self, records, field):
        return records._has_field_access(field, "read")

    # ------------------------------------------------------------
    # What is wrong with a definition
    # ------------------------------------------------------------

    def _problem_now(self):
        """Return why the user cannot have the KPI as it is defined, or False."""
        self.ensure_one()
        return (
            self._definition_problem()
            or self._access_problem()
            or self._trial_problem()
        )

    def _definition_problem(self):
        """Return why the KPI cannot be computed, in words, or False."""
        self.ensure_one()
        records = self.env.get(self.fact_model or "")
        if records is None:
            return self.env._(
                "there are no records %s; the app they belong to may have been "
                "uninstalled.",
                self.fact_model or "",
            )
        if records._abstract or records._transient:
            return self.env._("%s holds no lasting records.", self.fact_model)
        return (
            self._source_problem(records)
            or self._figure_problem(records)
            or self._domain_problem(records)
        )

    def _source_problem(self, records):
        """Return what is wrong with supplier, date and company, or False."""
        not_partner = self.env._("is no field with a contact")
        not_day = self.env._("is no date")
        not_company = self.env._("is no field with a company")
        wanted = [
            (self.partner_field, _points_to("res.partner"), not_partner),
            (self.date_field, _is_day, not_day),
            (self.company_field, _points_to("res.company"), not_company),
        ]
        if self.cutoff_field:
            not_instant = self.env._("is no date with a time")
            wanted.append((self.cutoff_field, _is_datetime, not_instant))
        for fname, fits, problem in wanted:
            field = records._fields.get(fname or "")
            if field is None:
                return self._no_such_field(fname)
            if not fits(field):
                return self.env._(
                    "%(field)s of %(model)s %(problem)s.",
                    field=fname,
                    model=self.fact_model,
                    problem=problem,
                )
            if not _is_column(field):
                return self._not_stored(fname)
        if self.aspect and self.aspect not in getattr(records, "_fact_aspects", ()):
            return self.env._(
                "%(model)s has no aspect %(aspect)s.",
                model=self.fact_model,
                aspect=self.aspect,
            )
        return False

    def _figure_problem(self, records):
        """Return what is wrong with the fields of the figure, or False."""
        for fname in filter(None, (self.numerator, self.denominator, self.unweighted)):
            field = records._fields.get(fname)
            if field is None:
                return self._no_such_field(fname)
            if not _is_column(field):
                return self._not_stored(fname)
            counts = self._has_facts() and field.type == "many2one"
            if field.type not in NUMBERS and not counts:
                return self.env._(
                    "%(field)s of %(model)s is no number.",
                    field=fname,
                    model=self.fact_model,
                )
            if field.type == "monetary" and not _in_company_currency(records, field):
                return self.env._(
                    "amounts of %(field)s may be in different currencies, which cannot "
                    "be added. Choose an amount in company currency.",
                    field=fname,
                )
        return self._missing_field()

    def _missing_field(self):
        needs_both = self.aggregator == "ratio"
        needs_both |= self.aggregator == "cv" and self._has_facts()
        if needs_both and not (self.numerator and self.denominator):
            return self.env._("it needs a numerator and a denominator.")
        if self.aggregator in ("mean", "sum", "cv") and not self.numerator:
            return self.env._("it needs the field to take.")
        return False

    def _domain_problem(self, records):
        """Return what is wrong with the domain, or False; it is not executed."""
        try:
            self._own_domain().validate(records.sudo())
        except (ValueError, SyntaxError, TypeError) as error:
            return self.env._("its domain cannot be read (%s).", error)
        return False

    def _access_problem(self):
        """Return why the user may not ask this question, or False.

        An evaluation reads with full rights, so whoever defines a figure must be
        allowed to see what it is made of.
        """
        records = self.env[self.fact_model]
        if self.env.su:
            return False
        if not records.has_access("read"):
            return self.env._("you may not read records of %s.", self.fact_model)
        if not self._is_offered(records):
            return self.env._(
                "records of %s are none that suppliers are judged by.", self.fact_model
            )
        for fname in self._all_fields():
            if not self._is_readable(records, records._fields[fname]):
                return self.env._(
                    "you may not read %(field)s of %(model)s.",
                    field=fname,
                    model=self.fact_model,
                )
        return False

    def _trial_problem(self):
        """Return the error that reading the records gives, or False.

        Read with the user's own rights: a condition must not tell what a field does
        not show.
        """
        domain = self._own_domain()
        if domain.is_true():
            return False
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                self._records(self._trial_scope()).search(domain, limit=1)
        except (
            AccessError,
            UserError,
            ValueError,
            TypeError,
            psycopg2.DataError,
            psycopg2.ProgrammingError,
        ) as error:
            return self.env._("its domain does not evaluate (%s).", error)
        return False

    def _trial_scope(self):
        """A day on which little can have happened, of the user's company."""
        day = date(2000, 1, 1)
        cutoff = datetime(2000, 1, 2)
        return FactScope(self.env.company.id, day, day, cutoff)

    # ------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------

    def _own_domain(self):
        return Domain(literal_eval(self.domain or "[]"))

    def _all_fields(self):
        names = (
            self.partner_field,
            self.date_field,
            self.company_field,
            self.cutoff_field,
            self.numerator,
            self.denominator,
            self.unweighted,
        )
        return [name for name in names if name]

    def _no_such_field(self, fname):
        return self.env._(
            "%(model)s has no field %(field)s.",
            model=self.fact_model,
            field=fname or "",
        )

    def _not_stored(self, fname):
        return self.env._(
            "%(field)s of %(model)s is not stored, so it cannot be added up. Choose a "
            "stored field.",
            field=fname,
            model=self.fact_model,
        )


def _points_to(comodel):
    return lambda field: field.type == "many2one" and field.comodel_name == comodel


def _is_day(field):
    return field.type in DAYS


def _is_datetime(field):
    return field.type == "datetime"


def _is_column(field):
    return bool(field.store and field.column_type)


def _in_company_currency(records, field):
    """Whether all amounts of a company are in one currency."""
    currency = records._fields[field.get_currency_field(records)]
    return bool(currency.related) and "company" in currency.related
