from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...scoring.scope import local_midnight
from ...tools.groups import MANAGER_GROUP

#: What the contact log says of a meeting that was held.
LOGGED = {"date_start", "duration", "partner_id", "other_partner_ids"}


class SupplierMeeting(models.Model):
    """How a meeting goes on: held, closed, cancelled, and back.

    What was held is in the contact log of each supplier that was there.
    """

    _inherit = "supplier.meeting"

    date_held = fields.Datetime(string="Held On", readonly=True, copy=False)
    date_closed = fields.Datetime(string="Closed On", readonly=True, copy=False)
    contact_ids = fields.One2many(
        "supplier.contact", "meeting_id", string="Logged Contacts", readonly=True
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"date_held", "date_closed", "contact_ids"}

    def write(self, vals):
        result = super().write(vals)
        if LOGGED & vals.keys():
            self.filtered(lambda one: one.state == "held")._log_contacts()
        return result

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_hold(self):
        """Say that it took place: from now on there are minutes.

        :raises UserError: it is of a later day
        """
        self._check_step("planned")
        now = fields.Datetime.now()
        for meeting in self:
            company = meeting.company_id
            tomorrow = fields.Date.add(company._supplier_day(now), days=1)
            if meeting.date_start >= local_midnight(tomorrow, company._supplier_tz()):
                raise UserError(
                    self.env._(
                        "%(meeting)s begins later: %(when)s. Change when it began if "
                        "it was held before.",
                        meeting=meeting.display_name,
                        when=meeting.when_text,
                    )
                )
        self._write_guarded({"state": "held", "date_held": now})
        self._log_contacts()

    def action_close(self):
        """Close it: every decision that has not begun becomes what follows from it."""
        self._check_step("held")
        waiting = self.decision_ids.filtered(lambda one: one.progress == "waiting")
        waiting._start()
        self._write_guarded({"state": "closed", "date_closed": fields.Datetime.now()})

    def action_cancel(self):
        """Call it off; the appointment goes from the calendars."""
        self._check_step("planned")
        self._write_guarded({"state": "cancelled"})
        self._drop_events()

    def action_plan_again(self):
        """Plan what was cancelled, with a new appointment."""
        self._check_step("cancelled")
        self._write_guarded({"state": "planned", "active": True})
        self._make_events()

    def action_reopen(self):
        """Let the minutes of a closed meeting be changed; managers only.

        :raises AccessError: the user is no manager
        """
        # Also with full rights: they are not those of whoever asks.
        if not self.env.user.has_group(MANAGER_GROUP):
            raise AccessError(
                self.env._(
                    "Only a manager of supplier evaluations reopens a meeting: ask one "
                    "of them."
                )
            )
        self._check_step("closed")
        self._write_guarded({"state": "held", "date_closed": False, "active": True})

    def _check_step(self, state):
        self.check_access("write")
        self._check_state(state)

    # ------------------------------------------------------------
    # Contact log
    # ------------------------------------------------------------

    def _log_contacts(self):
        """Log that we met, for each supplier that was there; mend what was logged."""
        now = fields.Datetime.now()
        contacts = self.env["supplier.contact"]
        fresh = []
        for meeting in self:
            when = {
                "date": min(meeting.date_start, now),
                "duration": meeting.duration,
            }
            logged = meeting.sudo().with_context(active_test=False).contact_ids
            suppliers = meeting._suppliers()
            there = suppliers.commercial_partner_id
            gone = logged.filtered(
                lambda one, there=there: (
                    one.commercial_partner_id not in there and not one.is_answer
                )
            )
            moved = (logged - gone).filtered(
                lambda one, when=when: any(one[name] != when[name] for name in when)
            )
            # An answer that counts is moved by managers, here as well.
            moved.sudo(self.env.su)._check_answers_kept()
            moved._write_guarded(when)
            gone._unguarded().unlink()
            known = (logged - gone).commercial_partner_id
            fresh += [
                {**when, **meeting._contact_vals(supplier)}
                for supplier in suppliers
                if supplier.commercial_partner_id not in known
            ]
        contacts._unguarded().create(fresh)

    def _contact_vals(self, supplier):
        people = self.person_ids.filtered(
            lambda person: self._party_of(person) == supplier
        )
        return {
            "meeting_id": self.id,
            "company_id": self.company_id.id,
            "partner_id": supplier.id,
            "kind": "meeting",
            "person_id": people[:1].id,
            "user_id": self.user_id.id,
            "subject": self.title,
        }

    def _suppliers(self):
        """Return the parties that we buy from; customers are none."""
        self.ensure_one()
        main = self.partner_id | self.commercial_partner_id
        return self.party_ids.filtered(
            lambda party: party in main or party.sudo().supplier_rank
        )
