from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools.actions import open_dialog

# What a verifier looked at. A new file is noticed where it is stored, see
# ``ir.attachment``.
VERIFIED_CONTENT = (
    "partner_id",
    "company_id",
    "type_id",
    "number",
    "issuer",
    "scope",
    "date_issued",
    "date_from",
    "date_to",
    "own_properties",
)
# What goes with it, and decides nothing before.
FROZEN_WITH_IT = ("filename", "user_id")


class SupplierDocument(models.Model):
    """Who verifies a document, and that it stays what was verified.

    A document is verified once and for good: from ``date_verified`` until
    ``date_rejected``, if that ever comes. So what was known at a past cut-off can be
    told from these two dates, whatever happened since. Whoever has another paper
    enters another version. It is neither archived nor deleted: it leaves the lists by
    being superseded, rejected or expired.
    """

    _inherit = "supplier.document"

    can_verify = fields.Boolean(
        compute="_compute_can_verify",
        search="_search_can_verify",
        help="You may verify it: you verify this type, and did not enter it.",
    )
    can_reject = fields.Boolean(compute="_compute_can_verify")

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("type_id", "verification", "date_verified", "edited_uid", "editor_ids")
    @api.depends_context("uid")
    def _compute_can_verify(self):
        may = {each: each._may_verify() for each in self.type_id}
        for document in self:
            mine = may.get(document.type_id, False)
            document.can_reject = mine and document.verification != "rejected"
            document.can_verify = (
                mine
                and not document.date_verified
                and self.env.user not in document._involved()
            )

    @api.model
    def _search_can_verify(self, operator, value):
        if operator != "in":
            return NotImplemented
        types = self.env["supplier.document.type"].search(
            [("active", "in", [True, False])]
        )
        mine = types.filtered(lambda each: each._may_verify())
        domain = Domain(
            [
                ("type_id", "in", mine.ids),
                ("date_verified", "=", False),
                ("create_uid", "!=", self.env.uid),
                ("edited_uid", "!=", self.env.uid),
                ("editor_ids", "not in", self.env.uid),
            ]
        )
        both = {bool(each) for each in value}
        if len(both) == 1:
            return domain if both.pop() else ~domain
        return Domain.TRUE if both else Domain.FALSE

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def write(self, vals):
        if not vals.get("active", True):
            self.filtered("active")._check_no_evidence()
        changed = self.filtered(
            lambda document: document._changes(vals, VERIFIED_CONTENT)
        )
        # Whoever is reminded may leave: a hand-over names somebody else.
        frozen = ("filename",) if self._is_unguarded() else FROZEN_WITH_IT
        attached = self.filtered(lambda document: document._changes(vals, frozen))
        (changed | attached)._check_not_frozen()
        result = super().write(vals)
        changed._content_changed()
        return result

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_unless_evidence(self):
        self._check_no_evidence()

    def _changes(self, vals, names):
        """Whether one of these fields becomes something else."""
        self.ensure_one()
        for name in names:
            if name not in vals:
                continue
            field = self._fields[name]
            new = field.convert_to_cache(vals[name], self)
            old = field.convert_to_cache(self[name], self)
            # Of own fields, none and no value are the same.
            if new != old and (new or old or field.type != "properties"):
                return True
        return False

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_verify(self):
        """Confirm that the documents are what they say.

        What is verified already keeps its verifier and its time.

        :raises AccessError: the user does not verify such documents, or entered one
        :raises UserError: a document was verified before and rejected since, or needs
            an expiry date, or is archived
        """
        self._check_verifier()
        documents = self.filtered(lambda document: document.verification != "verified")
        documents._check_not_frozen()
        documents._check_not_archived()
        documents._check_segregation()
        documents._check_expiry()
        documents._set_verification("verified")
        documents._finish_reminders()

    def action_ask_rejection(self):
        """Ask why these documents cannot be accepted."""
        self._check_verifier()
        return open_dialog(
            "supplier.document.reject.wizard",
            self.env._("Reject"),
            {"document_ids": self.ids},
        )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _reject(self, reason):
        """Refuse the documents; one that was verified counted until now.

        :param str reason: what is wrong, for whoever asks the supplier for a better one
        """
        self._check_verifier()
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the document is rejected."))
        documents = self.filtered(lambda document: document.verification != "rejected")
        documents._set_verification("rejected", reason.strip())

    def _check_verifier(self):
        """Some verify, the others only enter."""
        self.check_access("write")
        if self.env.su:
            return
        for document_type in self.type_id:
            if document_type._may_verify():
                continue
            if document_type._verifier_names():
                raise AccessError(
                    self.env._(
                        "%(type)s is verified and rejected by %(people)s only: ask "
                        "them.",
                        type=document_type.name,
                        people=document_type._verifier_names(),
                    )
                )
            raise AccessError(
                self.env._(
                    "Only a manager of supplier evaluations verifies or rejects "
                    "documents: ask one of them."
                )
            )

    def _check_segregation(self):
        """Nobody verifies what they entered: an own document proves nothing."""
        return None if self.env.su else super()._check_segregation()

    def _involved(self):
        enterers = self.create_uid | self.edited_uid | self.editor_ids
        return super()._involved() | enterers

    def _segregation_text(self):
        return self.env._(
            "You entered or changed %(document)s of %(supplier)s, so somebody else "
            "has to verify it.",
            document=self.display_name,
            supplier=self.partner_id.display_name,
        )

    def _check_no_evidence(self):
        """What was verified tells what was known then: it stays where it is found."""
        if self.env.su:
            return
        for document in self:
            if document.date_verified:
                raise UserError(
                    self.env._(
                        "%(document)s of %(supplier)s was verified and stays as "
                        "evidence: it is neither archived nor deleted. Reject it if it "
                        "is wrong, or renew it if there is a newer one.",
                        document=document.display_name,
                        supplier=document.partner_id.display_name,
                    )
                )

    def _check_not_archived(self):
        """Verified while archived, it would count in the past once it is restored."""
        if self.env.su:
            return
        for document in self:
            if not document.active:
                raise UserError(
                    self.env._(
                        "%(document)s of %(supplier)s is archived: restore it before "
                        "you verify it.",
                        document=document.display_name,
                        supplier=document.partner_id.display_name,
                    )
                )

    def _keeps_own_fields(self):
        return bool(self.date_verified) or super()._keeps_own_fields()

    def _check_not_frozen(self):
        """What was verified is evidence: it is not changed, nor verified again."""
        for document in self:
            if document.date_verified:
                raise UserError(
                    self.env._(
                        "%(document)s of %(supplier)s was verified and stays as it "
                        "was. Renew it, and enter what is different in the new "
                        "version.",
                        document=document.display_name,
                        supplier=document.partner_id.display_name,
                    )
                )

    def _check_file_open(self):
        self._check_not_frozen()
        return super()._check_file_open()

    def _file_changed(self):
        self._content_changed()
        return super()._file_changed()

    def _content_changed(self):
        """Note who changed it, and have somebody look again at what was rejected."""
        if not self:
            return
        self._write_guarded(
            {
                "edited_uid": self.env.uid,
                "editor_ids": [Command.link(self.env.uid)],
            }
        )
        rejected = self.filtered(lambda document: document.verification == "rejected")
        if rejected:
            rejected._set_verification("to_verify")

    def _set_verification(self, verification, reason=False):
        now = fields.Datetime.now()
        vals = {
            "verification": verification,
            "date_rejected": now if verification == "rejected" else False,
            "rejection_reason": reason,
        }
        if verification == "verified":
            vals |= {"date_verified": now, "verified_uid": self.env.uid}
        self._write_guarded(vals)
