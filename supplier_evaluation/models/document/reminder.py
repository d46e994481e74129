from datetime import date, timedelta

from odoo import api, fields, models

from ...tools.activities import plan, planned
from ...tools.scheduled import Work, run_scheduled

ACTIVITY_TYPE = "supplier_evaluation.mail_activity_type_supplier_document"
MAIL_TEMPLATE = "supplier_evaluation.mail_template_supplier_document_expires"
#: As many documents as e-mails are made in one go, see ``send_mail_batch``.
BATCH = 50
_REMINDING = "supplier_document_reminding"


class SupplierDocument(models.Model):
    """Reminders before a document expires, and once when it has.

    The day of the next reminder is stored, so that the scheduled action reads only
    what is due. After a pause of the scheduled action, or for a document that is
    verified late, the nearest reminder is sent and the earlier ones are not.
    """

    _inherit = "supplier.document"

    date_reminded = fields.Date(
        string="Last Reminder", readonly=True, copy=False, help="Of its owner."
    )
    date_next_reminder = fields.Date(
        string="Next Reminder",
        compute="_compute_date_next_reminder",
        store=True,
        index="btree_not_null",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"date_reminded", "date_next_reminder"}

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends(
        "active",
        "date_reminded",
        "date_to",
        "date_verified",
        "is_superseded",
        "type_id.reminder_days",
        "verification",
    )
    def _compute_date_next_reminder(self):
        for document in self:
            document.date_next_reminder = document._next_reminder()

    def _next_reminder(self):
        """Return the first day of a reminder after the last one, or False."""
        self.ensure_one()
        end = self.date_to
        # Some write the last day that there is for what has no end.
        if (
            not end
            or end == date.max
            or not self.active
            or self.verification != "verified"
        ):
            return False
        # Whoever verified a paper of the past knew that it is one.
        if self.is_superseded or end < self.date_verified.date():
            return False
        after = self.date_reminded or date.min
        days = [
            end - timedelta(days=threshold)
            for threshold in self.type_id._reminder_thresholds()
        ]
        days.append(end + timedelta(days=1))
        return min((day for day in days if day > after), default=False)

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_remind_documents(self):
        """Remind the owners, and where the type says so the suppliers.

        A batch is one transaction with a constant number of statements. A bad document
        is tried again on the next day, the others are reminded.

        :raises Exception: the error of a bad one, when the others are done
        """
        companies = self.env["res.company"].search([("active", "in", [True, False])])
        days = self._local_days(companies)
        due = self.search(
            [
                ("date_next_reminder", "<=", max(days.values())),
                ("commercial_partner_id.active", "=", True),
                # For a company in the archive nobody renews anything.
                "|",
                ("company_id", "=", False),
                ("company_id.active", "=", True),
            ],
            order="date_next_reminder, id",
        )
        run_scheduled(
            self.env,
            Work(
                "Reminders of supplier documents",
                due,
                lambda documents: documents._remind(days),
                size=BATCH,
            ),
        )

    def _remind(self, days):
        """Remind of those of these documents that are due.

        :param dict days: today by company id
        """
        documents = self.try_lock_for_update(allow_referencing=True).filtered(
            lambda document: (
                document.date_next_reminder
                and document.date_next_reminder <= days[document.company_id.id]
            )
        )
        if not documents:
            return
        # One open reminder per document: the newer one tells it all.
        documents._reminder_activities().unlink()
        plan(
            documents,
            ACTIVITY_TYPE,
            [
                # Where nobody is left, it stands at least on the document.
                document._reminder_vals(owner or self.env.user, document._days_to(days))
                for document, owner in documents._listeners().items()
            ],
            **{_REMINDING: True},
        )
        written_to = documents.filtered(
            lambda document: (
                document._days_to(days) >= 0
                and document.type_id.notify_supplier
                and document.partner_id.email
            )
        )
        if written_to:
            self.env.ref(MAIL_TEMPLATE).send_mail_batch(written_to.ids)
        by_day = documents.grouped(lambda document: days[document.company_id.id])
        for day, some in by_day.items():
            some._write_guarded({"date_reminded": day})

    def _days_to(self, days):
        return (self.date_to - days[self.company_id.id]).days

    def _reminder_vals(self, owner, days_left):
        """Return what the activity tells the owner.

        :param owner: who is told
        :param int days_left: until the document expires; negative when it has
        """
        self.ensure_one()
        document = self.with_context(lang=owner.lang or self.env.lang)
        note = False
        if self.type_id.notify_supplier and not self.partner_id.email:
            note = document.env._(
                "The supplier was not written to: it has no e-mail address."
            )
        return {
            "res_id": self.id,
            "user_id": owner.id,
            "date_deadline": self.date_to,
            "summary": document._expiry_sentence(days_left),
            "note": note,
        }

    def _expiry_sentence(self, days_left):
        """Return when it expires, in the language of the environment.

        :param int days_left: until then; negative when it has
        """
        names = {
            "document": self.display_name,
            "supplier": self.commercial_partner_id.display_name,
            "days": abs(days_left),
        }
        if days_left < 0:
            return self.env._("%(document)s of %(supplier)s has expired", **names)
        if days_left == 0:
            return self.env._("%(document)s of %(supplier)s expires today", **names)
        if days_left == 1:
            return self.env._("%(document)s of %(supplier)s expires in 1 day", **names)
        return self.env._(
            "%(document)s of %(supplier)s expires in %(days)s days", **names
        )

    def _listeners(self):
        """Return who is told of each: the owner, who verified or entered it, a manager.

        :return: ``{document: user, or nobody}``
        """
        return self.env["res.company"]._supplier_listeners(
            {one: (one.user_id, one.verified_uid, one.create_uid) for one in self}
        )

    def _reminder_activities(self):
        return planned(self, ACTIVITY_TYPE)

    def _superseded(self):
        """Return the older versions of these that newer ones took the place of."""
        renewed = self.filtered("previous_id")
        if not renewed:
            return self.browse()
        first = [document._first().id for document in renewed]
        found = (
            self.sudo()
            .with_context(active_test=False)
            .search(["|", ("id", "in", first), ("origin_id", "in", first)])
        )
        return found.filtered("is_superseded")

    def _reject(self, reason):
        """Remind anew of what counts again: its reminders ended with the renewal."""
        superseded = self._superseded()
        result = super()._reject(reason)
        again = superseded.filtered(lambda document: not document.is_superseded)
        again._write_guarded({"date_reminded": False})
        return result

    def _finish_reminders(self):
        """Mark the reminders of older versions as done: the new one is there."""
        activities = self._superseded()._reminder_activities()
        if activities:
            activities.action_feedback(
                feedback=self.env._("A newer version was verified.")
            )

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Reminding makes no followers: it would cost statements for each owner."""
        if self.env.context.get(_REMINDING):
            return True
        return super().message_subscribe(partner_ids, subtype_ids)
