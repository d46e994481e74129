from odoo import Command, api, models
from odoo.fields import Domain
from odoo.tools import plaintext2html

from odoo.addons.supplier_evaluation.tools.groups import APPROVER_GROUP

from .taking import UNDER_WAY

ACTIVITY = "mail.mail_activity_data_todo"


class SupplierInspection(models.Model):
    """When the result of a quality test is taken, and what becomes of it later.

    What somebody entered stays, and so does what is done: of that, a correction is
    made. Who decides in quality control may have no rights here: these methods are
    called with all rights, in the name of whoever decides.
    """

    _inherit = "supplier.inspection"

    @api.model
    def _inspect_receipts(self, pickings):
        """What was tested before the goods came is finished when they are there."""
        made = super()._inspect_receipts(pickings)
        self._known_of(pickings.move_ids)._follow_where_tested()
        return made

    @api.model
    def _quality_decided(self, check):
        """Take the result of a quality inspection, once.

        :param check: one that just got a result
        """
        for one in self._of_check(check):
            one._link_check(check)

    @api.model
    def _quality_left(self, check):
        """Go on with what waited for a quality inspection that is not done any more."""
        linked = Domain("qc_inspection_ids", "in", check.ids)
        of_goods = Domain("move_id", "in", check._supplier_moves().ids)
        self.search(linked | of_goods)._follow_where_tested()

    @api.model
    def _quality_undone(self, check):
        """Say that a result is no more; what was done with it is corrected.

        :param check: a quality inspection that was cancelled or is done anew
        """
        for one in self._newest_with(check):
            body = one.env._(
                "The quality inspection %s has no result any more.", check.name
            )
            one._take_other_result(body)

    @api.model
    def _quality_changed(self, check):
        """Say that something else was found than what was decided.

        An approver finishes the correction, whoever changed it: nobody decided anew.

        :param check: a quality inspection whose quantity or answers were changed
        """
        for one in self._newest_with(check):
            body = one.env._(
                "The quality inspection %s was changed after it was decided.",
                check.name,
            )
            if check.success != (check.state == "success"):
                differs = one.env._(
                    "Its answers say something else than its result: have it decided "
                    "anew."
                )
                body = f"{body} {differs}"
            if taken := one._take_other_result(body):
                taken._name_testers(check)

    def _take_other_result(self, body):
        """Take what a test says now; what is done is corrected.

        :return: the inspection that says it now; none: what is by hand stays
        """
        self.ensure_one()
        if not self.quality_people_ids:
            self._message_log(body=body)
        elif self.state == "done":
            correction = self._correct_quality(body)
            correction._take_quality()
            return correction
        elif self._is_by_hand():
            self._ask_quality(body)
        else:
            self._take_quality()
            self._message_log(body=body)
            return self
        return self.browse()

    # ------------------------------------------------------------
    # Which
    # ------------------------------------------------------------

    @api.model
    def _newest_with(self, check):
        """Return the newest inspections that have a test, as their inspectors read."""
        newest = Domain("next_ids", "=", False)
        linked = Domain("qc_inspection_ids", "in", check.ids)
        found = self.with_context(active_test=False).search(newest & linked)
        return [one._in_their_words() for one in found.with_env(self.env)]

    @api.model
    def _of_check(self, check):
        """Return the newest inspections that a quality inspection is about.

        Those of goods that came from a supplier and are not inspected yet are made.
        """
        every = self.with_context(active_test=False)
        newest = Domain("next_ids", "=", False)
        linked = every.search(newest & Domain("qc_inspection_ids", "in", check.ids))
        moves = check._supplier_moves()
        # It may have been pointed at other goods since.
        left = linked.filtered(lambda one: moves and one.move_id not in moves)
        for one in left:
            one._write_guarded({"qc_inspection_ids": [Command.unlink(check.id)]})
        if linked - left:
            return (linked - left).with_env(self.env)
        # A correction has the move of what it corrects.
        known = every.search(newest & Domain("move_id", "in", moves.ids))
        missing = moves - known.move_id
        plans = self._plans_of_moves(missing)
        none = self.env["supplier.inspection.plan"]
        made = self._make({move: plans.get(move, none) for move in missing})
        return made | known.with_env(self.env)

    # ------------------------------------------------------------
    # Following
    # ------------------------------------------------------------

    def _link_check(self, check):
        """Take what a test found into one inspection, if nothing stands against it."""
        self.ensure_one()
        if problem := check._supplier_problem(self):
            check._message_log(body=problem)
            return
        one = self._in_their_words()
        said = one.env._(
            "Quality inspection %(check)s: %(state)s.",
            check=check.name,
            state=check.with_env(one.env)._supplier_state(),
        )
        if one.state == "done":
            if not one.quality_people_ids:
                stays = one.env._(
                    "This inspection was done by hand and stays as it is; an approver "
                    "can correct it."
                )
                one._write_guarded({"qc_inspection_ids": [Command.link(check.id)]})
                one._ask_quality(f"{said} {stays}")
                return
            one = one._correct_quality(said)
        one._write_guarded({"qc_inspection_ids": [Command.link(check.id)]})
        if one._is_by_hand():
            stays = one.env._(
                "What was entered by hand stays. “Take Over Test Result” replaces it."
            )
            one._ask_quality(f"{said} {stays}")
            return
        one._message_log(body=said)
        one._name_testers(check)
        one._follow_quality()

    def _is_by_hand(self):
        """Whether somebody entered something, or opened it to correct what was done."""
        opened = self.previous_id and not self.is_quality_correction
        return bool(self.editor_ids or opened)

    def _follow_where_tested(self):
        """Go on with those that a test began, and nobody changed since."""
        for one in self:
            if one.state == "done" or not one.quality_people_ids or one._is_by_hand():
                continue
            one._follow_quality()

    def _follow_quality(self):
        """Enter what the tests found, and finish if that is all."""
        self.ensure_one()
        one = self._in_their_words()
        one = one.with_context(tz=self.company_id._supplier_tz())
        one._take_quality()
        if one._checks_under_way():
            one._message_log(
                body=one.env._("Other quality inspections of it are under way.")
            )
        elif problem := one._missing():
            one._ask_quality(
                one.env._("It is not finished yet: %(problem)s", problem=problem)
            )
        elif one.is_quality_correction and not one._may_finish_correction():
            one._ask_quality(one.env._("An approver finishes the correction."))
        else:
            one._unguarded().action_finish()
            one.activity_unlink([ACTIVITY])

    def _checks_under_way(self):
        """Return the quality inspections about the same goods that are to be done."""
        things = (self.move_id, self.picking_id, *self.move_id.move_line_ids.lot_id)
        about = [f"{thing._name},{thing.id}" for thing in things if thing]
        return self.qc_inspection_ids.search(
            Domain("state", "in", UNDER_WAY)
            & Domain("company_id", "in", (self.company_id.id, False))
            & (
                Domain("id", "in", self.qc_inspection_ids.ids)
                | Domain("object_id", "in", about)
            ),
            limit=1,
        )

    def _may_finish_correction(self):
        """Whether who decides may correct, and corrects nothing that was typed."""
        user = self.env.user
        return (
            not self.previous_id.editor_ids
            and user.has_group(APPROVER_GROUP)
            and self.company_id in user.company_ids
        )

    def _correct_quality(self, reason):
        """Return the correction of what is done, with somebody asked to see to it."""
        correction = self._correct(reason)
        correction._write_guarded(
            {"is_quality_correction": True, "user_id": self.user_id.id}
        )
        correction._ask_quality(reason)
        return correction

    def _inspector(self):
        """Return who is asked for what is to be done; who tests may have no rights."""
        people = self.user_id | self.plan_id.user_id
        return people.filtered(self.company_id._shows_suppliers_to)[:1]

    def _in_their_words(self):
        """Return it in the language of who is asked, whoever tests."""
        lang = self._inspector().lang
        return self.with_context(lang=lang) if lang else self

    def _ask_quality(self, body):
        """Say what is to be done, and ask the inspector for it, once."""
        self._message_log(body=body)
        person = self._inspector()
        kind = self.env.ref(ACTIVITY)
        asked = self.activity_ids.filtered(
            lambda each: each.automated and each.activity_type_id == kind
        )
        if person and not asked:
            note = plaintext2html(body)
            self.activity_schedule(ACTIVITY, user_id=person.id, note=note)
