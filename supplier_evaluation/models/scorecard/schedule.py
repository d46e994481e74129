import logging
from collections import defaultdict
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...scoring.scope import local_midnight
from ...tools.periods import period_label
from ...tools.scheduled import Work, run_scheduled
from ...tools.wording import qualified
from .supplier_evaluation import SEALED

_logger = logging.getLogger(__name__)

ONE_A_PERIOD = "supplier_evaluation_period_unique"


class SupplierEvaluation(models.Model):
    """Which period it is, in words, and when it is evaluated: before it is over, or
    once it is closed.

    Computed before, it is a preview: it is looked at, and has no consequence. The
    scheduled action evaluates what is closed, one transaction a period.
    """

    _inherit = "supplier.evaluation"

    name = fields.Char(compute="_compute_name", search="_search_name")
    period_label = fields.Char(
        string="Period in Words", compute="_compute_period_label"
    )
    is_latest = fields.Boolean(
        string="Latest",
        compute="_compute_is_latest",
        search="_search_is_latest",
        help="Of its template and company, nothing later is published.",
    )
    is_preview = fields.Boolean(
        string="Preview",
        compute="_compute_is_preview",
        store=True,
        help="The cut-off is before the end of the period: what comes until then is "
        "missing. A preview cannot be published.",
    )

    @api.depends(
        "template_id.name", "template_snapshot", "state", "period_label", "revision"
    )
    @api.depends_context("lang")
    def _compute_name(self):
        for evaluation in self:
            words = {
                "template": evaluation._template_name(),
                "period": evaluation.period_label,
                "revision": evaluation.revision,
            }
            if evaluation.revision > 1:
                name = self.env._(
                    "%(template)s, %(period)s (revision %(revision)s)", **words
                )
            else:
                name = self.env._("%(template)s, %(period)s", **words)
            evaluation.name = name

    def _template_name(self):
        """Return the template's name: of what is published, that of before.

        As long as the template has it, it is said in the language of the reader.
        """
        self.ensure_one()
        name = self.template_id.name or ""
        if self.state not in SEALED:
            return name
        published = (self.template_snapshot or {}).get("name")
        names = (name, self.template_id.with_context(lang=None).name)
        return name if not published or published in names else published

    @api.model
    def _search_name(self, operator, value):
        """Search what is read: the name is composed in the language of the reader."""
        # There are few: one for each template, company and period.
        runs = self.search_fetch(
            Domain.TRUE, ["template_id", "date_from", "date_to", "revision"]
        )
        if operator == "in":
            found = runs.filtered(lambda run: run.name in value)
        elif operator == "ilike":
            words = value.lower().split()
            found = runs.filtered(
                lambda run: all(word in run.name.lower() for word in words)
            )
        else:
            return NotImplemented
        return [("id", "in", found.ids)]

    @api.depends("name", "company_id")
    @api.depends_context("allowed_company_ids", "lang")
    def _compute_display_name(self):
        """Of several companies, each says whose it is."""
        several = len(self.env.companies) > 1
        for evaluation in self:
            evaluation.display_name = (
                qualified(self.env, (evaluation.name, evaluation.company_id.name))
                if several
                else evaluation.name
            )

    @api.depends("date_from", "date_to")
    @api.depends_context("lang")
    def _compute_period_label(self):
        for evaluation in self:
            evaluation.period_label = period_label(
                self.env, evaluation.date_from, evaluation.date_to
            )

    @api.depends("state", "date_to")
    def _compute_is_latest(self):
        latest = self._latest_ids()
        for evaluation in self:
            evaluation.is_latest = evaluation.id in latest

    @api.model
    def _search_is_latest(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Odoo asks for the latest ones, or for all.
        return Domain.TRUE if False in value else Domain("id", "in", self._latest_ids())

    @api.model
    def _latest_ids(self):
        """Return the last published evaluation of each template and company."""
        self.flush_model(["company_id", "date_to", "state", "template_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (template_id, company_id) id
                  FROM supplier_evaluation
                 WHERE state = 'published'
                 ORDER BY template_id, company_id, date_to DESC, revision DESC, id DESC
                """
            )
        )
        return [row[0] for row in rows]

    # ------------------------------------------------------------
    # When it is evaluated
    # ------------------------------------------------------------

    @api.depends("company_id.partner_id.tz", "cutoff", "date_to", "state")
    def _compute_is_preview(self):
        """What is published is none, even if the company moves to another zone."""
        for evaluation in self:
            evaluation.is_preview = bool(
                evaluation.state not in SEALED
                and evaluation.cutoff
                and evaluation.date_to
                and evaluation.cutoff < evaluation._period_end()
            )

    def _period_end(self):
        """Return the instant at which the period is over, where the company is."""
        self.ensure_one()
        day_after = self.date_to + timedelta(days=1)
        return local_midnight(day_after, self.company_id._supplier_tz())

    def _check_no_preview(self):
        """Refuse to publish a period that was looked at before it was over.

        :raises UserError: naming the day from which it can be published
        """
        for evaluation in self:
            if evaluation.is_preview:
                day = format_date(self.env, evaluation.date_to + timedelta(days=1))
                raise UserError(
                    self.env._(
                        "%(evaluation)s is a preview: its cut-off is before the end of "
                        "its period. It can be published from %(day)s on: compute it "
                        "again then, with a cut-off after the period.",
                        evaluation=evaluation.name,
                        day=day,
                    )
                )

    def _set_cutoff(self, now):
        """Look at nothing later than now, and anew at what a former run could not."""
        self.ensure_one()
        cutoff = self.cutoff
        if cutoff == self.date_computed:
            cutoff = self.template_id._default_cutoff(self.company_id, self.date_to)
        if min(cutoff, now) != self.cutoff:
            self._write_guarded({"cutoff": min(cutoff, now)})

    def _look_at_whole_period(self):
        """Take the template's cut-off instead of one before the end of the period."""
        self.ensure_one()
        if not self.is_preview:
            return
        if self.state == "computed":
            [own] = self.env["res.company"]._in_company_language(self)
            self._message_log(
                body=own.env._(
                    "This was a preview. Now that the period is closed, the scheduled "
                    "action computes it again."
                )
            )
        cutoff = self.template_id._default_cutoff(self.company_id, self.date_to)
        self._write_guarded({"cutoff": cutoff})

    @api.model
    def _cron_evaluate_closed_periods(self):
        """Evaluate every closed period that has no computed evaluation yet.

        A preview is none: it is computed again.

        Each evaluation is one transaction: one that fails is rolled back, noted
        on its template and tried again on the next day; the others go on.

        :raises Exception: the error of one that failed, when the others are done
        """
        self._work_through_periods(
            "Evaluation",
            self._due_evaluations(),
            self._evaluate_period,
            lambda template, text: template._note_error(text),
        )

    @api.model
    def _due_evaluations(self):
        """Return ``(template, company, date_from, date_to)``, oldest period first."""
        now = fields.Datetime.now()
        done = set(
            self._read_group(
                self._domain_done(),
                ["template_id", "company_id", "date_from:day", "date_to:day"],
            )
        )
        templates = self.env["supplier.scorecard.template"].search(
            [("active", "=", True), ("is_scheduled", "=", True)]
        )
        companies = self.env["res.company"].search([("active", "=", True)])
        due = [
            (template, company, *period)
            for template in templates
            for company in template.company_id or companies
            for period in template._due_periods(company, now)
        ]
        return sorted(
            (item for item in due if item not in done), key=lambda item: item[3]
        )

    @api.model
    def _domain_done(self):
        """Return the domain of what the scheduled action leaves as it is."""
        sealed = Domain("state", "in", SEALED)
        return sealed | Domain([("state", "=", "computed"), ("is_preview", "=", False)])

    @api.model
    def _work_through_periods(self, name, due, work, note, *, stays=False):
        """Do something about each period that is due, as a transaction of its own.

        :param str name: what the log calls it
        :param due: list of ``(template, company, date_from, date_to)``
        :param work: function of these four; returns whether it was done here
        :param note: function of a template and the text of what failed in this run,
            empty if nothing did: shows it to those who can mend it
        :param stays: whether they are due again in the next run, see ``Work``
        :raises Exception: the last error, when the others are done
        """
        errors = defaultdict(dict)
        done, elsewhere = set(), set()

        def note_errors(template):
            note(template, "\n".join(errors[template].values()))

        def do(periods):
            for period in periods:
                is_due = period not in done and period[:2] not in elsewhere
                if is_due and self._unless_elsewhere(work, elsewhere, *period):
                    # The note may meet a writer; the figures do not pay for it.
                    self.env["ir.cron"]._commit_progress()
                    done.add(period)
                if period in done:
                    note_errors(period[0])

        def failed(period, error):
            template, company, date_from, date_to = period
            text = f"{company.name}, {date_from} – {date_to}: {error}"
            errors[template][period] = text
            note_errors(template)

        run_scheduled(
            self.env,
            Work(
                name,
                due,
                do,
                describe=self._describe_period,
                failed=failed,
                stays=stays,
            ),
        )

    @api.model
    def _describe_period(self, period):
        template, company, date_from, date_to = period
        return f"{template.name}, {company.name}, {date_from} – {date_to}"

    @api.model
    def _unless_elsewhere(self, work, elsewhere, *period):
        """Do the work; it is not done here if another worker is at it, or was faster.

        :param set elsewhere: gets the template and company that another worker is at:
            their periods build on each other, so the later ones are left to it, too
        """
        try:
            return work(*period)
        except LockError:
            elsewhere.add(period[:2])
        except UniqueViolation as error:
            if error.diag.constraint_name != ONE_A_PERIOD:
                raise
            # It committed the same period a moment ago.
        self.env.cr.rollback()
        _logger.info("%s is done elsewhere", self._describe_period(period))
        return False

    @api.model
    def _find_or_create(self, template, company, date_from, date_to):
        """Return the evaluation of a period, a new draft if there is none."""
        vals = {
            "template_id": template.id,
            "company_id": company.id,
            "date_from": date_from,
            "date_to": date_to,
        }
        found = self.search(
            [(name, "=", value) for name, value in vals.items()], limit=1
        )
        return found or self.create(vals)

    @api.model
    def _evaluate_period(self, template, company, date_from, date_to):
        """Compute one evaluation, and publish it if the template says so.

        While the period runs it becomes a preview, which is not published.

        :return: whether it was done here
        :raises LockError: another worker is at it, or at a period before
        """
        self._claim_series(template, company)
        evaluation = self._find_or_create(template, company, date_from, date_to)
        evaluation._claim()
        if evaluation.filtered_domain(self._domain_done()):
            return False
        evaluation._look_at_whole_period()
        evaluation.action_compute()
        wanted = template.auto_publish and not evaluation.is_preview
        wanted = wanted and evaluation.scorecard_count
        if wanted and not evaluation._is_held_for_people():
            evaluation.action_publish()
        return True

    def _is_held_for_people(self):
        """Whether a person has to look at it before it is published; to be extended."""
        return False
