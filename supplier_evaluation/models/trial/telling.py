from odoo import api, fields, models

from ...scoring.following.foretelling import mean_correlation
from ...tools.numbers import signed


class SupplierTrial(models.Model):
    """What came of a back-test, in sentences and as a table of grades."""

    _inherit = "supplier.trial"

    summary = fields.Text(compute="_compute_summary")
    shifts = fields.Json(compute="_compute_shifts")

    @api.depends("period_ids.state")
    @api.depends_context("lang")
    def _compute_summary(self):
        for trial in self:
            trial.summary = "\n".join(trial._sentences()) or False

    @api.depends("period_ids.state")
    def _compute_shifts(self):
        """How many have which grade now, of those that had which one."""
        cards = self.env["supplier.trial.card"]
        rows = cards._read_group(
            [("trial_id", "in", self.ids), ("is_compared", "=", True)],
            ["trial_id", "before_grade_id", "grade_id"],
            ["__count"],
        )
        grades = self.env["supplier.grade"]._best_first()
        described = [
            {"id": grade.id, "name": grade.name, "color": grade.color}
            for grade in grades
        ]
        for trial in self:
            counts = [
                [before.id, after.id, count]
                for of, before, after, count in rows
                if of == trial
            ]
            trial.shifts = {"grades": described, "counts": counts} if counts else False

    def _sentences(self):
        """Return what came of it, a sentence each, in the language of the reader."""
        self.ensure_one()
        done = self.period_ids.filtered(lambda period: period.state == "done")
        if not done:
            return []
        sentences = [
            self.env._(
                "Grades against what was published: %(better)s better, %(worse)s "
                "worse, of %(compared)s that can be compared.",
                compared=self.compared_count,
                better=self.better_count,
                worse=self.worse_count,
            )
            if self.compared_count
            else self.env._("Nothing was published of these periods to compare with.")
        ]
        if any(done.mapped("has_policies")):
            sentences.append(
                self.env._(
                    "Suppliers that purchase policies of grade, as they are today, "
                    "would have stopped: %(count)s; with the published grades: "
                    "%(before)s.",
                    count=self.stopped_count,
                    before=self.stopped_before_count,
                )
            )
        else:
            sentences.append(
                self.env._("No purchase policy in use blocks because of a grade.")
            )
        return sentences + self._foretelling_sentences(done)

    def _foretelling_sentences(self, done):
        """Return how well late deliveries and returns were foretold, in all periods."""
        labels = {
            "late": self.env._("late deliveries"),
            "return": self.env._("returns"),
        }
        sentences = []
        for name, label in labels.items():
            own, before = (
                mean_correlation(period._correlation(name, suffix) for period in done)
                for suffix in ("", "_before")
            )
            sentences.append(self._foretelling_sentence(label, own, before))
        return sentences

    def _foretelling_sentence(self, label, own, before):
        if own.rho is None:
            return self.env._(
                "How well it foretold the %(what)s of the next period is not known: "
                "too few suppliers have both.",
                what=label,
            )
        words = {"what": label, "rho": signed(self.env, own.rho, 2), "pairs": own.pairs}
        if before.rho is None:
            return self.env._(
                "Rank correlation of the scores with fewer %(what)s in the next "
                "period: %(rho)s (pairs: %(pairs)s).",
                **words,
            )
        return self.env._(
            "Rank correlation of the scores with fewer %(what)s in the next "
            "period: %(rho)s, against %(before)s of the published scores (pairs: "
            "%(pairs)s).",
            before=signed(self.env, before.rho, 2),
            **words,
        )
