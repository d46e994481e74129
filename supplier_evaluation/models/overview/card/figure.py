from dataclasses import replace

from odoo import api, models
from odoo.tools import format_list

from ....tools.numbers import number
from ...kpi.measure import FACTORS
from ...scorecard.since.rescoring import is_stored_as
from ...scorecard.since.supplier_scorecard_line import ADDED, GONE, MOVED
from ..opening import opens

# How many records that changed are named, of each kind.
MOST_CHANGES = 10
# What divides a share that is weighed.
WEIGHT = "weight"


class SupplierScorecardLine(models.Model):
    """From records to a figure, and from a figure to points: told, and checked."""

    _inherit = "supplier.scorecard.line"

    # ------------------------------------------------------------
    # What the page asks
    # ------------------------------------------------------------

    @api.readonly
    def retrieve_figure(self):
        """Return how the figure came about: sentence, scale, parts, worst records.

        :return: dict, in the reader's language; see the methods that it is made of
        :raises AccessError: the user may not read the scorecard
        """
        self.ensure_one()
        self.check_access("read")
        kpi = self.kpi_id
        return {
            **self._row(),
            "sentence": self._scale_sentence(),
            "scale": self._scale(),
            "description": kpi.description,
            "direction": self._direction(),
            "source": kpi.source_text or "",
            "exclusion": kpi.exclusion_text or "",
            "parts": self._parts_words(),
            "interval": self._interval_words(),
            "check": self.reconcile(),
            "worst": self._worst_records(),
        }

    @api.readonly
    def reconcile(self):
        """Compute the figure anew from the records that are listed behind it.

        :return: ``{"is_same", "text", "changes"}``; ``is_same`` is None where there is
            nothing to compare, or the user may not read the records; ``changes`` names
            the records that were added, changed or went since it was published, see
            :meth:`_changes_since`
        """
        self.ensure_one()
        self.check_access("read")
        if not self._has_records():
            return {"is_same": None, "text": "", "changes": []}
        kpi = self._kpi_as_computed()
        if not self._are_readable(kpi):
            text = self.env._("You may not read the records behind this figure.")
            return {"is_same": None, "text": text, "changes": []}
        if not self._are_counted_visible(kpi):
            text = self.env._("You may not read all that this figure counts.")
            return {"is_same": None, "text": text, "changes": []}
        changes = self._changes_since(kpi)
        if not self.has_value:
            return {"is_same": None, "text": "", "changes": changes}
        return {**self._compared(self._measure_again(kpi)), "changes": changes}

    def _has_records(self):
        """Whether the records of the figure are of a kind that is installed."""
        return self._rule_as_computed()["fact_model"] in self.env

    def _changes_since(self, kpi):
        """Name the records that a published figure would count otherwise now.

        :return: list of ``{"kind", "label", "count", "records"}`` for those added,
            moved and gone; each record has ``name``, ``why``, ``model`` and ``id``
        """
        since = self._since_published(kpi)
        if not since:
            return []
        labels = {
            ADDED: self.env._("Counts now, and did not"),
            MOVED: self.env._("Says something else now"),
            GONE: self.env._("No longer counts"),
        }
        named = self._name_since(kpi, since, MOST_CHANGES)
        for record in named:
            if record["model"] and not opens(self.env, record["model"]):
                record["model"] = False
        return [
            {
                "kind": kind,
                "label": label,
                "count": len(getattr(since, kind)),
                "records": [each for each in named if each["kind"] == kind],
            }
            for kind, label in labels.items()
            if getattr(since, kind)
        ]

    @api.readonly
    @api.model
    def retrieve_left_out(self, line_ids):
        """Return how many records of the period each figure leaves out.

        KPIs about the same records share a query, as they do when they are measured.

        :param list line_ids: ids of lines of one scorecard
        :return: list of ``[line id, number]``; a line of which the user may not read
            the records is absent
        """
        lines = self.browse(line_ids)
        lines.check_access("read")
        counts, rows = {}, []
        for line in lines:
            kpi = line._kpi_as_computed()
            if not line._are_readable(kpi):
                continue
            key = (kpi.fact_model, kpi.domain, kpi.aspect)
            if key not in counts:
                counts[key] = line._count_left_out(kpi)
            rows.append([line.id, counts[key]])
        return rows

    def _are_readable(self, kpi):
        """Whether the user may read the records behind the figure."""
        return self.env[kpi.fact_model].has_access("read")

    def _are_counted_visible(self, kpi):
        """Whether the user may read the fields of which the figure is the quotient.

        Sales order lines, for one, are hidden from who only buys.
        """
        facts = self.env[kpi.fact_model]
        names = filter(None, (kpi.numerator, kpi.denominator, kpi.unweighted))
        return all(
            facts._has_field_access(facts._fields[name], "read") for name in names
        )

    def _scope_of(self, kpi, **changes):
        """Return the scope with which the records behind the figure are listed."""
        return self._figure_scope(aspect=kpi.aspect or "", **changes)

    def _count_left_out(self, kpi):
        scope = self._scope_of(kpi, with_excluded=True)
        domain = kpi._facts_domain(scope, False) & kpi._supplier_domain(self.partner_id)
        return kpi._records(scope).search_count(domain)

    # ------------------------------------------------------------
    # Measured again
    # ------------------------------------------------------------

    def _measure_again(self, kpi):
        """Return what the records that are listed now amount to.

        :param kpi: as it was when the evaluation was computed
        :return: a Measure; None where no record is left
        """
        factor = FACTORS.get(self.kpi_id.unit, 1.0)
        question = replace(kpi._question(), factor=factor)
        answers = kpi._read_records(
            self._scope_of(kpi), [question], kpi._supplier_domain(self.partner_id)
        )
        for _partner_id, values in answers:
            return question.measure(values)
        return None

    def _compared(self, measure):
        """Say whether what was measured again is what the scorecard has."""
        stored = self.kpi_id._with_unit(self.value)
        value = False if measure is None or not measure.has_value else measure.value
        if value is False:
            text = self.env._(
                "No record is left, the scorecard has %(stored)s: something of before "
                "the cut-off was booked or changed later.",
                stored=stored,
            )
            return {"is_same": False, "text": text}
        is_same = is_stored_as(value, self.value)
        names = {
            "sum": self._quotient(measure),
            "value": self.kpi_id._with_unit(value),
            "stored": stored,
        }
        if is_same and names["sum"]:
            text = self.env._("%(sum)s = %(value)s = the scorecard", **names)
        elif is_same:
            text = self.env._("%(value)s = the scorecard", **names)
        else:
            text = self.env._(
                "Measured again, it is %(value)s, the scorecard has %(stored)s: "
                "something of before the cut-off was booked or changed later.",
                **names,
            )
        return {"is_same": is_same, "text": text}

    def _quotient(self, measure):
        """Return the division as it is read; "" where nothing is divided."""
        if self._rule_as_computed()["aggregator"] not in ("ratio", "mean"):
            return ""
        return self.env._(
            "%(numerator)s ÷ %(denominator)s",
            numerator=number(self.env, measure.numerator, 2),
            denominator=number(self.env, measure.denominator, 2),
        )

    # ------------------------------------------------------------
    # In words
    # ------------------------------------------------------------

    def _scale_sentence(self):
        """Say how the figure became points: "66.7 % is below 80 %: 0 points × …"."""
        env, kpi = self.env, self.kpi_id
        names = {
            "value": kpi._with_unit(self.value),
            "score": number(env, self.score),
            "weight": number(env, self.effective_weight),
            "points": number(env, self.contribution),
            "low": kpi._with_unit(self.scale_low_value),
            "high": kpi._with_unit(self.scale_high_value),
        }
        if self.is_overridden:
            return env._(
                "A manager decided: %(score)s points × %(weight)s %% = %(points)s of "
                "%(weight)s. Why: %(reason)s",
                reason=self.override_reason,
                **names,
            )
        if not self.has_value:
            return env._(
                "No data: it neither brings nor costs anything. %s",
                self._why_no_data(),
            ).strip()
        if self.scale_low_value is False:
            return env._(
                "%(value)s → %(score)s points × %(weight)s %% = %(points)s of "
                "%(weight)s",
                **names,
            )
        if self.value < self.scale_low_value:
            return env._(
                "%(value)s → below %(low)s = %(score)s points × %(weight)s %% = "
                "%(points)s of %(weight)s",
                **names,
            )
        if self.scale_low_value == self.scale_high_value:
            return env._(
                "%(value)s → from %(low)s on = %(score)s points × %(weight)s %% = "
                "%(points)s of %(weight)s",
                **names,
            )
        return env._(
            "%(value)s → between %(low)s and %(high)s = %(score)s points × %(weight)s "
            "%% = %(points)s of %(weight)s",
            **names,
        )

    def _why_no_data(self):
        """Say why there is no figure, as far as the records of now tell it."""
        if self.kpi_id.code in self.evaluation_id._not_computed_codes():
            return self.env._("It could not be computed: the evaluation says why.")
        if self.n:
            return self.env._(
                "Records that count: %s. They are too few, or add up to nothing that "
                "could be divided by.",
                number(self.env, self.n, 0),
            )
        kpi = self._has_records() and self._kpi_as_computed()
        if not kpi or not self._are_readable(kpi):
            return ""
        left_out = self._count_left_out_by_reason(kpi)
        if not left_out:
            return self.env._("The supplier has no record of this kind in the period.")
        return self.env._(
            "No record counts. Left out are: %s.", format_list(self.env, left_out)
        )

    def _count_left_out_by_reason(self, kpi):
        """Return how many records are left out for each reason, in words."""
        scope = self._scope_of(kpi, with_excluded=True)
        domain = kpi._facts_domain(scope, False) & kpi._supplier_domain(self.partner_id)
        records = kpi._records(scope)
        if not kpi._has_facts():
            count = records.search_count(domain)
            return [number(self.env, count, 0)] if count else []
        labels = dict(records._fields["exclusion"]._description_selection(self.env))
        counts = records._read_group(domain, ["exclusion"], ["__count"])
        return [
            f"{labels[exclusion]} ({number(self.env, count, 0)})"
            for exclusion, count in counts
        ]

    def _scale(self):
        """Return the scale as it is drawn, and where the figure lies on it."""
        rule = self._rule_as_computed()
        kpi = self.kpi_id
        return {
            "mode": rule["scale"],
            "points": [
                [value, score, kpi._with_unit(value)] for value, score in rule["points"]
            ],
            "value": self.value if self.has_value else False,
            "score": self.computed_score if self.has_value else False,
        }

    def _direction(self):
        if self.kpi_id.higher_is_better:
            return self.env._("Higher is better.")
        return self.env._("Lower is better.")

    def _interval_words(self):
        if self._shown_interval()[0] is False:
            return ""
        return self.env._(
            "With 95 %% confidence between %(low)s and %(high)s (records: %(count)s).",
            low=self.kpi_id._with_unit(self.low),
            high=self.kpi_id._with_unit(self.high),
            count=number(self.env, self.n, 0),
        )

    def _parts_words(self):
        """Say what was divided by what, with words and unit: "0 of 24,284 USD"."""
        rule = self._rule_as_computed()
        facts = self.env.get(rule["fact_model"])
        if not self.has_value or facts is None:
            return ""
        names = {
            "numerator": number(self.env, self.numerator, 2),
            "denominator": number(self.env, self.denominator, 2),
            "count": number(self.env, self.n, 0),
            "what": self._field_label(facts, rule.get("numerator")),
            "per": self._field_label(facts, rule.get("denominator")),
            "currency": self.company_id.currency_id.name,
        }
        is_share = self.kpi_id.unit in FACTORS
        if is_share and rule.get("denominator") == WEIGHT:
            if self._is_weighed():
                return self.env._(
                    "%(numerator)s of %(denominator)s %(currency)s (records: "
                    "%(count)s, each by its value)",
                    **names,
                )
            return self.env._(
                "Records: %(numerator)s of %(denominator)s, each the same", **names
            )
        if rule["aggregator"] == "ratio":
            return self.env._(
                "%(what)s %(numerator)s ÷ %(per)s %(denominator)s", **names
            )
        if rule["aggregator"] == "mean":
            return self.env._(
                "%(what)s: %(numerator)s in all (records: %(count)s)", **names
            )
        if rule["aggregator"] == "cv":
            return self.env._(
                "%(what)s: it varies by %(numerator)s around %(denominator)s (records: "
                "%(count)s)",
                **names,
            )
        return self.env._("Records looked at: %(count)s", **names)

    def _is_weighed(self):
        """Whether records count by their value.

        Where the values of all of them are 0, each counts the same: then the
        denominator is their number, and so is the number of equal weights.
        """
        by_value = self.evaluation_id.template_snapshot["weighting"] == "value"
        return by_value and not self.denominator == self.n == self.n_eff

    def _field_label(self, facts, name):
        field = facts._fields.get(name or "")
        return field._description_string(self.env) if field else ""
