from odoo import Command, api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, plaintext2html

from ...tools.activities import plan, planned
from ...tools.scheduled import Work, run_scheduled
from .status import ENDED, HELD, IN_FORCE
from .workflow import ACTIVITY

BATCH = 500
#: For so many days after it began, a certification refreshes its vendor.
BEGUN_DAYS = 30
_TELLING = "supplier_certification_telling"


class SupplierCertification(models.Model):
    """Scheduled work: it ends, suspends and renews certifications.

    Each batch is one transaction of its own, and takes a number of statements that does
    not depend on how many certifications there are.
    """

    _inherit = "supplier.certification"

    # ------------------------------------------------------------
    # Scheduled actions
    # ------------------------------------------------------------

    @api.model
    def _cron_expire(self):
        """Show vendors as the new day finds them, and end what is over.

        The dates count, also of a certification that cannot be ended: its vendor does
        not stay certified for that. Where somebody left who was to decide, others are
        asked.

        :raises Exception: the error of a bad one, when the others are done
        """
        run_scheduled(
            self.env,
            *(
                self._in_batches(
                    name, find, lambda due: due._refresh_vendors(), stays=True
                )
                for name, find in (
                    ("Vendors of what is over", self._find_expired),
                    ("Vendors of what came into force", self._find_begun),
                )
            ),
            self._in_batches(
                "Certifications that are over",
                self._find_expired,
                lambda due: due._expire(),
            ),
            self._in_batches(
                "Certifications that others decide on",
                self._find_others_decide,
                lambda due: [one._ask_deciders() for one in due],
            ),
        )

    @api.model
    def _cron_suspend(self):
        """Suspend what lost a required document.

        :raises Exception: the error of a bad one, when the others are done
        """
        run_scheduled(
            self.env,
            self._in_batches(
                "Certifications that lost a document",
                self._find_lacking_documents,
                lambda due: due._suspend_for_documents(),
            ),
        )

    @api.model
    def _cron_renew(self):
        """Open the renewals of what ends soon.

        :raises Exception: the error of a bad one, when the others are done
        """
        run_scheduled(
            self.env,
            self._in_batches(
                "Certifications that end soon",
                self._find_ending,
                lambda due: due._open_renewals(),
            ),
        )

    @api.model
    def _in_batches(self, name, find, operation, *, stays=False):
        """Return the work of applying an operation to all that is due.

        :param find: returns what is due, of some ids or of all
        :param stays: whether it is due again in the next run, see ``Work``
        """

        def do(batch):
            # Somebody may have decided since: only what is still due.
            locked = batch.try_lock_for_update(allow_referencing=True)
            operation(find(locked.ids))

        found = self.browse(sorted(find().ids))
        return Work(name, found, do, size=BATCH, stays=stays)

    def _expire(self):
        self._end_by_itself("expired")

    def _suspend_for_documents(self):
        self._end_by_itself("suspended")

    def _end_by_itself(self, state):
        for own in self.env["res.company"]._in_company_language(self):
            _summary, reason = own._said_of(state)
            own._transition(state, reason)
        # What was renewed in time goes on: nobody has to see to its end.
        renewals = self.renewal_ids.filtered(lambda one: one.state in IN_FORCE)
        goes_on = renewals.renewal_of_id if state == "expired" else self.browse()
        (self - goes_on)._tell_owners(state)

    @api.model
    def _said_of(self, state):
        """Return what became of it and why, in the language of the environment."""
        if state == "expired":
            return self.env._("Expired"), self.env._("Its validity is over.")
        return self.env._("Suspended"), self.env._("A required document is not valid.")

    # ------------------------------------------------------------
    # Who is told
    # ------------------------------------------------------------

    def _deciders(self):
        """Return who may decide in the step: nobody who had a hand in it."""
        self.ensure_one()
        people = self.sudo().step_id._people(self.company_id)
        return people - self._approvals().user_id - self._involved()

    def _ask_deciders(self):
        """Let it wait for those who may decide, each with one activity.

        Substitutes are asked where those they stand for are too few: who has left,
        submitted it or decided already does nothing more.
        """
        self.ensure_one()
        step, people = self.sudo().step_id, self._deciders()
        given = self._approvals().filtered(lambda row: row.step_id == step)
        asked = people - step.substitute_ids
        if len(asked) < step._needed() - len(given.user_id):
            asked = people
        # Also of those who are archived, which are not seen otherwise.
        self.with_context(active_test=False)._write_guarded(
            {"waiting_user_ids": [Command.set(people.ids)]}
        )
        own = planned(self, ACTIVITY)
        own.filtered(lambda one: one.user_id not in asked).unlink()
        for user in asked - own.exists().user_id:
            own = self.sudo().with_context(lang=user.lang or self.env.lang)
            own.activity_schedule(ACTIVITY, user_id=user.id, summary=own.step_id.name)
        if not people:
            self._tell_that_nobody_decides()

    def _tell_that_nobody_decides(self):
        """Ask a manager to free it: all who were named left, or had a hand in it."""
        [manager] = self.env["res.company"]._supplier_listeners({self: ()}).values()
        if manager:
            own = self.sudo().with_context(lang=manager.lang)
            own.activity_schedule(
                ACTIVITY,
                user_id=manager.id,
                summary=own.env._("Nobody may decide"),
                note=plaintext2html(
                    own.env._(
                        "Nobody who is named in the step “%(step)s” may decide on it "
                        "any more: name others in the programme, or send it back.",
                        step=own.step_id.name,
                    )
                ),
            )

    @api.model
    def _find_others_decide(self, ids=None):
        """Find what waits for others than those who may decide on it by now."""
        found = self._find(Domain("state", "=", "approval"), ids)
        # Who is archived waits still, and is not read otherwise.
        asked = found.sudo().with_context(active_test=False)
        return found.browse().union(
            *(
                one
                for one, seen in zip(found, asked, strict=True)
                if seen.waiting_user_ids != one._deciders()
            )
        )

    def _tell_owners(self, state):
        """Give the owners something to do, all in one go, each in their language."""
        days = self._today(self.company_id)
        owners = self._listeners()
        said = {
            lang: self.with_context(lang=lang or self.env.lang)._said_of(state)
            for lang in {owner.lang for owner in owners.values() if owner}
        }
        plan(
            self,
            ACTIVITY,
            [
                {
                    **dict(zip(("summary", "note"), said[owner.lang], strict=True)),
                    "res_id": certification.id,
                    "user_id": owner.id,
                    "date_deadline": days[certification.company_id],
                }
                for certification, owner in owners.items()
                if owner
            ],
            **{_TELLING: True},
        )

    def _listeners(self):
        """Return who sees to each: the owner, who submitted or created it, a manager.

        :return: ``{certification: user, or nobody}``
        """
        return self.env["res.company"]._supplier_listeners(
            {one: (one.user_id, one.submitted_uid, one.create_uid) for one in self}
        )

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Add no followers while owners are told: each would cost statements."""
        if self.env.context.get(_TELLING):
            return True
        return super().message_subscribe(partner_ids, subtype_ids)

    # ------------------------------------------------------------
    # What is due
    # ------------------------------------------------------------

    @api.model
    def _days_by_company(self):
        """Return ``{day: [company id, …]}`` of the days that are today somewhere."""
        companies = self.env["res.company"].sudo().search([("active", "=", True)])
        days = {}
        for company, day in self._today(companies).items():
            days.setdefault(day, []).append(company.id)
        return days

    @api.model
    def _due_domain(self, condition):
        return Domain.OR(
            Domain("company_id", "in", company_ids) & condition(day)
            for day, company_ids in self._days_by_company().items()
        )

    @api.model
    def _find(self, domain, ids):
        if ids is not None:
            domain &= Domain("id", "in", ids)
        return self.search(domain)

    @api.model
    def _find_begun(self, ids=None):
        """Find what came into force lately, so that a missed day is made up for."""
        begun = self._due_domain(
            lambda day: (
                Domain("date_from", "<=", day)
                & Domain("date_from", ">", fields.Date.subtract(day, days=BEGUN_DAYS))
            )
        )
        return self._find(Domain("state", "in", IN_FORCE) & begun, ids)

    @api.model
    def _find_expired(self, ids=None):
        """Find what is over and does not say so yet."""
        states = Domain("state", "in", HELD)
        over = self._due_domain(lambda day: Domain("date_to", "<", day))
        return self._find(states & over, ids)

    @api.model
    def _find_ending(self, ids=None):
        """Find what ends within the days of its programme and has no renewal yet.

        The deadline of conditions is not an end: they are met, or it is over.
        """
        programs = self.env["supplier.certification.program"].sudo()
        lead_times = programs.with_context(active_test=False)._read_group(
            [("renewal_days", ">", 0)], ["renewal_days"], ["id:array_agg"]
        )
        soon = Domain.OR(
            Domain("program_id", "in", ids)
            & self._due_domain(
                lambda day, days=days: (
                    Domain("date_to", ">=", day)
                    & Domain("date_to", "<=", fields.Date.add(day, days=days))
                )
            )
            for days, ids in lead_times
        )
        ending = (
            Domain("state", "in", IN_FORCE)
            & Domain("date_conditions", "=", False)
            & Domain("id", "not in", self._renewed_ids())
            & Domain("program_id.active", "=", True)
            # From a vendor in the archive nothing is bought.
            & Domain("partner_id.active", "=", True)
            & soon
        )
        return self._find(ending, ids)

    @api.model
    def _renewed_ids(self):
        """Return the ids of what is in force and has a renewal that is worth something.

        A draft that was opened before the conditions were met was for another end.
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT c.id
                  FROM supplier_certification c
                  JOIN supplier_certification r ON r.renewal_of_id = c.id
                 WHERE c.state IN %(in_force)s
                   AND r.active
                   AND r.state NOT IN %(ended)s
                   AND NOT (r.state = 'draft' AND EXISTS (
                       SELECT FROM supplier_certification_transition t
                        WHERE t.certification_id = c.id
                          AND t.state_from = 'conditional'
                          AND t.state_to = 'certified'
                          AND t.date > r.create_date))
                """,
                in_force=IN_FORCE,
                ended=ENDED,
            )
        )
        return [row_id for (row_id,) in rows]
