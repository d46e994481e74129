from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools.actions import open_form, open_records
from ...tools.counts import count_by


class SupplierDocument(models.Model):
    """The versions of a document: what was renewed stays, and counts until its end."""

    _inherit = "supplier.document"

    previous_id = fields.Many2one(
        "supplier.document",
        string="Renews",
        copy=False,
        check_company=True,
        ondelete="restrict",
        help="The version before.",
    )
    next_ids = fields.One2many(
        "supplier.document",
        "previous_id",
        string="Later Versions",
        context={"active_test": False},
    )
    next_id = fields.Many2one(
        "supplier.document", string="Renewed By", compute="_compute_next_id"
    )
    origin_id = fields.Many2one(
        "supplier.document",
        string="First Version",
        compute="_compute_version",
        store=True,
        precompute=True,
        recursive=True,
        index="btree_not_null",
    )
    version = fields.Integer(
        compute="_compute_version", store=True, precompute=True, recursive=True
    )
    version_count = fields.Integer(string="Versions", compute="_compute_version_count")
    is_superseded = fields.Boolean(
        string="Superseded",
        compute="_compute_is_superseded",
        store=True,
        recursive=True,
        help="A later version was verified: nobody is reminded of this one.",
    )

    _one_next_version = models.UniqueIndex(
        "(previous_id) WHERE previous_id IS NOT NULL AND active",
        "This document has been renewed already: go on with its last version.",
    )

    # ------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"origin_id", "version", "is_superseded"}

    @api.constrains("previous_id", "partner_id", "company_id", "type_id")
    def _check_previous(self):
        for document in self.filtered("previous_id"):
            previous = document.previous_id
            if not previous.date_verified:
                raise ValidationError(
                    self.env._(
                        "%(document)s was never verified: change it, instead of "
                        "renewing it.",
                        document=previous.display_name,
                    )
                )
            if any(
                document[name] != previous[name]
                for name in ("commercial_partner_id", "company_id", "type_id")
            ):
                raise ValidationError(
                    self.env._(
                        "A new version of %(document)s has the same supplier, type and "
                        "company. What is of another one is a document of its own.",
                        document=previous.display_name,
                    )
                )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("next_ids.active")
    def _compute_next_id(self):
        for document in self:
            document.next_id = document.next_ids.filtered("active")[:1]

    @api.depends("previous_id.origin_id", "previous_id.version")
    def _compute_version(self):
        for document in self:
            previous = document.previous_id
            document.origin_id = previous.origin_id or previous
            document.version = (previous.version or 1) + 1 if previous else 1

    def _compute_version_count(self):
        firsts = self.browse().union(*(document._first() for document in self))
        later = count_by(self.with_context(active_test=False), "origin_id", firsts)
        for document in self:
            document.version_count = 1 + later.get(document._first(), 0)

    @api.depends("next_ids.active", "next_ids.verification", "next_ids.is_superseded")
    def _compute_is_superseded(self):
        for document in self:
            document.is_superseded = any(
                later.active
                and (later.verification == "verified" or later.is_superseded)
                for later in document.next_ids
            )

    @api.onchange("previous_id")
    def _onchange_previous_id(self):
        """Propose the own fields of the version before."""
        if self.previous_id:
            self.own_properties = self.previous_id.own_properties._values

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Keep the own fields of the version before, by whatever way it comes."""
        before = {vals.get("previous_id") for vals in vals_list} - {None, False}
        kept = {
            one.id: one.own_properties._values for one in self.sudo().browse(before)
        }
        return super().create(
            [
                {"own_properties": kept[vals["previous_id"]], **vals}
                if vals.get("previous_id") in kept
                else vals
                for vals in vals_list
            ]
        )

    def write(self, vals):
        if "previous_id" in vals and any(
            document.previous_id.id != (vals["previous_id"] or False)
            for document in self
        ):
            raise UserError(
                self.env._(
                    "Which version a document renews is said when it is entered, and "
                    "stays. Archive it, or reject it if it was verified, and renew the "
                    "right one."
                )
            )
        return super().write(vals)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_renew(self):
        """Open a form for the next version, or the one that waits already."""
        self.ensure_one()
        last = self._versions()[-1:] or self
        name = self.env._("Renew")
        if not last.date_verified:
            return open_form(self._name, name, record=last)
        return open_form(self._name, name, last._renewal_vals())

    def action_open_versions(self):
        """Open all versions, also those that were archived."""
        self.ensure_one()
        return open_records(
            self.env,
            "supplier_evaluation.supplier_document_action",
            list(self._versions_domain()),
            {"active_test": False, "create": False},
            name=self.env._("Versions"),
        )

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _first(self):
        """Return the first version; a recordset of one."""
        self.ensure_one()
        return self.origin_id or self

    def _versions_domain(self):
        first = self._first()
        return Domain("id", "=", first.id) | Domain("origin_id", "=", first.id)

    def _versions(self):
        """Return the versions that are not archived, the first one first."""
        return self.search(self._versions_domain(), order="version, id")

    def _renewal_vals(self):
        """What the next version starts with; its dates and its file are its own."""
        self.ensure_one()
        end = self.date_to
        # Some write the last day that there is for what has no end.
        start = end and end < date.max and end + timedelta(days=1)
        return {
            "previous_id": self.id,
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "type_id": self.type_id.id,
            "number": self.number,
            "issuer": self.issuer,
            "scope": self.scope,
            "user_id": self.user_id.id,
            "date_from": start,
        }
