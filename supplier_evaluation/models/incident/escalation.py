from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.activities import plan, planned
from ...tools.groups import MANAGER_GROUP, holders_of
from ...tools.scheduled import Work, run_scheduled
from .supplier_incident import CLOSED

ACTIVITY = "supplier_evaluation.mail_activity_type_incident_escalated"
BATCH = 500


class SupplierIncident(models.Model):
    """What is overdue goes to somebody above, once for each due day."""

    _inherit = "supplier.incident"

    date_escalated = fields.Datetime(
        string="Escalated",
        readonly=True,
        copy=False,
        help="When it was overdue and somebody above was told.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"date_escalated"}

    def write(self, vals):
        """What is agreed anew, or taken up again, is told again when it is overdue.

        Whoever was told, and owns it by now, has it on the list already.
        """
        over = self.filtered(lambda one: one.state in CLOSED)
        result = super().write(vals)
        if "user_id" in vals:
            owners = {one.id: one.user_id for one in self}
            self._escalations().filtered(
                lambda told: told.user_id == owners[told.res_id]
            ).unlink()
        if not {"date_due", "state"} & vals.keys():
            return result
        anew = self.filtered(
            lambda one: (
                one.date_escalated
                and one.state not in CLOSED
                and (one in over or not one.is_resolution_late)
            )
        )
        if anew:
            anew._write_guarded({"date_escalated": False})
        # Nobody above has to look at what is over, or in time again.
        (anew | self.filtered(lambda one: one.state in CLOSED))._escalations().unlink()
        return result

    def _escalations(self):
        return planned(self, ACTIVITY)

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_escalate(self):
        """Tell somebody above of incidents that are overdue, each once.

        :raises Exception: the error of one that failed, when the others are done
        """
        run_scheduled(
            self.env,
            Work(
                "Escalation",
                self.search(self._overdue_domain()),
                lambda incidents: incidents._escalate(),
                size=BATCH,
            ),
        )

    @api.model
    def _overdue_domain(self):
        """Return what is overdue, where its company is, and was not told yet."""
        now = fields.Datetime.now()
        return Domain(
            [("state", "not in", CLOSED), ("date_escalated", "=", False)]
        ) & Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("date_due", "<", company._supplier_day(now))
            for company in self.env["res.company"].search([])
        )

    def _escalate(self):
        overdue = self.filtered_domain(self._overdue_domain())
        vals_list, bodies = [], {}
        for company, incidents in overdue.grouped("company_id").items():
            people = incidents._people_above(company)
            for incident in incidents:
                person = people.filtered(lambda one, own=incident: one != own.user_id)
                if person:
                    vals_list.append(incident._escalation_vals(person[0]))
                    bodies[incident.id] = incident._escalation_text(person[0])
        told = self.browse(bodies)
        plan(overdue, ACTIVITY, vals_list)
        told._message_log_batch(bodies=bodies)
        told._write_guarded({"date_escalated": fields.Datetime.now()})

    @api.model
    def _people_above(self, company):
        """Return who may hear of it: whom the company named, then managers.

        So many that somebody is left where one of them is the owner.
        """
        managers = self.env["res.users"].search(
            holders_of(self.env, MANAGER_GROUP, company), order="id", limit=2
        )
        named = company.sudo().supplier_incident_escalation_user_id
        return named.filtered(company._shows_suppliers_to) | managers

    def _escalation_vals(self, person):
        self.ensure_one()
        return {
            **self._activity_vals(),
            "user_id": person.id,
            "date_deadline": self.company_id._supplier_day(fields.Datetime.now()),
        }

    def _escalation_text(self, person):
        """Say who was told, in the language of that person: a scheduler has none."""
        env = self.with_context(lang=person.lang).env
        return env._("It is overdue: %(person)s was told.", person=person.name)
