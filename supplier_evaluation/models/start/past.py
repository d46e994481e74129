from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ...scoring.period import closed_periods
from ...tools.actions import open_records
from ...tools.wording import labelled

MONTHS = 6
PUBLISH, LOOK = "publish", "look"


class SupplierStart(models.AbstractModel):
    """Third step: the months before, so that the first score has a past."""

    _inherit = "supplier.start"

    def _describe_past(self, records):
        template = self._template()
        periods = self._past_periods(template)
        runs = self._past_runs(template, periods)
        progress = _progress(runs, len(periods))
        step = self._step(
            self.env._("The last six months"),
            is_done=bool(progress["published"])
            and progress["finished"] == len(periods),
            now=self._past_sentences(template, progress),
            progress=bool(runs) and progress,
            link=self._link(
                self.env._("Open the Evaluations"),
                open_records(
                    self.env,
                    "supplier_evaluation.supplier_evaluation_action",
                    [("company_id", "=", self.env.company.id)],
                ),
            ),
        )
        if step["is_done"] or progress["waiting"] or not periods:
            return step
        return {
            **step,
            **self._past_offer(records, periods, progress),
        }

    def _past_offer(self, records, periods, progress):
        """Return what can be done about periods that are not published."""
        to_make = len(periods) - progress["computed"]
        if progress["empty"] == len(periods):
            to_make = len(periods)
        change = []
        if to_make:
            suppliers = records.ordered_from(periods[0][0], periods[-1][1])
            change.append(
                self.env._(
                    "%(count)s evaluations of %(suppliers)s suppliers that had "
                    "something to deliver are made, one after the other.",
                    count=to_make,
                    suppliers=suppliers,
                )
            )
        change.append(
            self.env._(
                "What is published is sealed, shows on the vendors, and can be "
                "replaced by a revision only."
            )
        )
        return {
            "change": change,
            "options": self._past_options(to_make),
            "button": self.env._("Score the Last Six Months")
            if to_make
            else self.env._("Publish Them"),
        }

    def _past_options(self, to_make):
        """Return whether to publish, as options: none is proposed.

        :param int to_make: how many evaluations are computed first
        """
        publish = {
            "key": PUBLISH,
            "name": self.env._("Compute and publish them")
            if to_make
            else self.env._("Publish them as they are"),
            "text": self.env._("Everybody who may sees the scores."),
            "is_proposed": False,
        }
        look = {
            "key": LOOK,
            "name": self.env._("Compute them, and let me look first"),
            "text": self.env._("They are published by this step later."),
            "is_proposed": False,
        }
        return [publish, look] if to_make else [publish]

    def _past_periods(self, template):
        """Return the periods of the last six months that are closed.

        Six months end with the last period whose grace days are over; a longer period
        is the last one of its kind.

        :return: list of first and last day, the oldest first
        """
        if not template:
            return []
        company, now = self.env.company, fields.Datetime.now()
        today = company._supplier_day(now)
        due = [
            period
            for period in closed_periods(
                template.period, today - relativedelta(months=MONTHS + 18), today
            )
            if template._default_cutoff(company, period[1]) <= now
        ]
        if not due:
            return []
        # The day after first: months before a 30th are those before a month's end.
        end = due[-1][1] + relativedelta(days=1)
        first = end - relativedelta(months=MONTHS)
        return [period for period in due if period[1] >= first]

    def _past_runs(self, template, periods):
        """Return the evaluation of each of the periods that has one.

        The published one; a revision of it that somebody began is theirs.
        """
        if not periods:
            return self.env["supplier.evaluation"]
        runs = self.env["supplier.evaluation"].search(
            [
                ("template_id", "=", template.id),
                ("company_id", "=", self.env.company.id),
                ("date_to", ">=", periods[0][1]),
                ("date_to", "<=", periods[-1][1]),
            ],
            order="date_to, revision",
        )
        wanted = set(periods)
        found = {
            (run.date_from, run.date_to): run
            for run in runs.sorted(lambda run: run.state == "published")
            if (run.date_from, run.date_to) in wanted
        }
        return runs.browse().union(*found.values()).sorted("date_to")

    def _past_sentences(self, template, progress):
        if not template:
            return [self.env._("Choose a template first.")]
        if not progress["total"]:
            return [self.env._("No period is closed yet.")]
        sentences = [
            self.env._(
                "%(template)s: %(computed)s of %(total)s closed periods are computed, "
                "%(published)s are published.",
                template=template.name,
                **{name: progress[name] for name in ("computed", "total", "published")},
            )
        ]
        if progress["empty"]:
            sentences.append(
                self.env._(
                    "Periods in which no supplier has anything to be judged by: %s. "
                    "They are not published.",
                    progress["empty"],
                )
            )
        if progress["empty"] == progress["total"]:
            sentences.append(
                self.env._(
                    "Import what was ordered before Odoo, or choose a template that "
                    "counts what there is."
                )
            )
        return sentences

    def _apply_past(self, choice):
        template = self._template()
        if not template:
            raise UserError(self.env._("Choose a template first."))
        [key] = self._chosen(choice, (PUBLISH, LOOK))[:1]
        periods = self._past_periods(template)
        runs = self._past_runs(template, periods)
        runs.check_access("create")
        there = {(run.date_from, run.date_to) for run in runs}
        runs |= runs.create(
            [
                {
                    "template_id": template.id,
                    "company_id": self.env.company.id,
                    "date_from": date_from,
                    "date_to": date_to,
                }
                for date_from, date_to in periods
                if (date_from, date_to) not in there
            ]
        )
        if key == LOOK:
            runs = runs.filtered(lambda run: run._is_to_be_computed())
        # What is empty is looked at again only where nothing else is to be had.
        filled = runs.filtered(lambda run: not _is_empty(run))
        (filled or runs)._queue(key == PUBLISH)


def _is_empty(run):
    """Whether it was computed, and nobody is in it."""
    return run.state == "computed" and not run.is_preview and not run.scorecard_count


def _progress(runs, total):
    """Return how far the evaluations of the past are, as numbers and errors.

    What is empty is finished, too: nothing more becomes of it.
    """
    waiting = runs.filtered("queued_on")
    computed = runs.filtered(lambda run: run.state != "draft" and not run.is_preview)
    empty = runs.filtered(_is_empty)
    published = runs.filtered(lambda run: run.state in ("published", "superseded"))
    return {
        "total": total,
        "made": len(runs),
        "computed": len(computed),
        "published": len(published),
        "finished": len(published | empty),
        "empty": len(empty),
        "waiting": len(waiting),
        "errors": [
            labelled(runs.env, run.period_label, run.queue_error)
            for run in runs
            if run.queue_error and not run.queued_on
        ],
    }
