from odoo import fields, models

from ...models.certification.workflow import ACTIVITY as APPROVAL


class SupplierHandoverLine(models.TransientModel):
    """How each kind goes from one to the other."""

    _inherit = "supplier.handover.line"

    def _give(self, records, names, user):
        """Change the people of all of them; who owns one follows it from now on.

        :param names: the fields in which the one before may be
        :return: what was given, as each of these methods does
        """
        if isinstance(records, self.env.registry["supplier.shared.mixin"]):
            # Of all companies: only for whoever acts in all of them.
            records.sudo(False)._check_shared()
        if isinstance(records, self.env.registry["supplier.guard.mixin"]):
            records = records._unguarded()
        for name in names:
            theirs = self._theirs(records, name)
            if theirs._fields[name].type == "many2many":
                # Also who left is taken away.
                every = theirs.with_context(active_test=False)
                every.write({name: self._swap(user)})
                continue
            theirs.write({name: user.id})
            if isinstance(theirs, self.env.registry["mail.thread"]):
                theirs.message_subscribe(partner_ids=user.partner_id.ids)
        return records

    def _theirs(self, records, name):
        """Return those in whose field the one before is, who may have left."""
        before = self.wizard_id.from_user_id
        every = records.with_context(active_test=False)
        found = every.filtered(lambda one: before in one[name])
        return records.browse(found.ids)

    def _swap(self, user):
        before = self.wizard_id.from_user_id
        return [fields.Command.unlink(before.id), fields.Command.link(user.id)]

    def _give_vendor(self, vendors, _names, user):
        vendors._set_supplier_buyer(user)
        return vendors

    def _give_application(self, applications, _names, user):
        applications._assign(user)
        return applications

    def _give_action(self, actions, names, user):
        """Its steps go along; written before, they are not looked at one by one."""
        self._theirs(actions.step_ids, "user_id").write({"user_id": user.id})
        return self._give(actions, names, user)

    def _give_risk(self, signals, names, user):
        """Whoever owned a signal had a hand in it, and does not close it alone."""
        signals._note_involved(self.wizard_id.from_user_id | user)
        return self._give(signals, names, user)

    def _give_inspection(self, inspections, names, user):
        """Whoever inspected had a hand in it, and accepts nothing with conditions."""
        before = fields.Command.link(self.wizard_id.from_user_id.id)
        inspections._write_guarded({"editor_ids": [before]})
        return self._give(inspections, names, user)

    def _give_review(self, reviews, names, user):
        """Who was asked about a supplier already is not asked twice."""
        asked = reviews.search(
            [
                ("evaluation_id", "in", reviews.evaluation_id.ids),
                ("user_id", "=", user.id),
            ]
        )
        known = {(one.evaluation_id, one.partner_id) for one in asked}
        twice = reviews.filtered(
            lambda one: (one.evaluation_id, one.partner_id) in known
        )
        twice.with_context(tracking_disable=False)._cancel()
        return self._give(reviews - twice, names, user)

    def _give_approver(self, steps, names, user):
        """Name the successor, and ask in what waits for the step already."""
        before = self.wizard_id.from_user_id
        self._give(steps, names, user)
        waiting = self.env["supplier.certification"].sudo()
        waiting = waiting.with_context(tracking_disable=True, active_test=False).search(
            [
                ("step_id", "in", steps.ids),
                ("state", "=", "approval"),
                ("waiting_user_ids", "in", before.ids),
            ]
        )
        waiting._write_guarded({"waiting_user_ids": self._swap(user)})
        asked = waiting.activity_ids.filtered(
            lambda one: (
                one.user_id == before and one.activity_type_id == self.env.ref(APPROVAL)
            )
        )
        asked.write({"user_id": user.id})
        return steps

    def _give_activity(self, activities, names, user):
        quick = activities.with_context(mail_activity_quick_update=True)
        quick.write({names[0]: user.id})
        return activities
