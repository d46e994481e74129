from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from ...tools.optional_numbers import OptionalFloat

#: What a demand is about: it is not changed while its supplier sees it.
SUBJECT = ("company_id", "partner_id", "product_id", "month")
#: What its supplier saw of it, and when.
TOLD = (
    "date_shared",
    "shared_uid",
    "quantity_told",
    "quantity_before",
    "date_changed",
)


class SupplierDemand(models.Model):
    """What suppliers are told of our demand: nothing of it is changed in silence.

    Whoever saw a quantity and sees another one, sees the former one beside it, also
    when it was withdrawn in between.
    """

    _inherit = "supplier.demand"

    is_shared = fields.Boolean(
        string="Shared with the Supplier",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        help="People of the supplier with a portal login see product, month, quantity "
        "and unit.",
    )
    shared_uid = fields.Many2one(
        "res.users", string="Shared By", readonly=True, copy=False
    )
    date_shared = fields.Datetime(
        string="Shared On",
        readonly=True,
        copy=False,
        help="Last time; it stays when the demand is withdrawn.",
    )
    quantity_told = OptionalFloat(
        string="Told Quantity",
        digits="Product Unit",
        readonly=True,
        copy=False,
        aggregator=None,
        help="What the supplier saw last.",
    )
    quantity_before = OptionalFloat(
        string="Former Quantity",
        digits="Product Unit",
        readonly=True,
        copy=False,
        aggregator=None,
        help="What the supplier saw before that.",
    )
    date_changed = fields.Datetime(
        string="Changed On",
        readonly=True,
        copy=False,
        help="When the quantity changed that the supplier had seen.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            "is_shared",
            "shared_uid",
            "date_shared",
            "quantity_told",
            "quantity_before",
            "date_changed",
        }

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def write(self, vals):
        shared = self.filtered("is_shared")
        shared._check_subject(self._clean(vals))
        before = {one: one._subject_of() for one in self if one.date_shared}
        result = super().write(vals)
        # What one supplier was told, or of another product, nobody else was.
        for demand, subject in before.items():
            if demand._subject_of() != subject:
                demand._write_guarded(dict.fromkeys(TOLD, False))
        if "quantity" in vals:
            shared._note_told()
        return result

    # Any client can say that the add-on is being uninstalled.
    @api.ondelete(at_uninstall=True)
    def _unlink_unless_told(self):
        for demand in self:
            if demand.date_shared:
                raise UserError(
                    self.env._(
                        "%(supplier)s was told of the demand %(demand)s, so it is not "
                        "deleted. Withdraw and archive it.",
                        supplier=demand.partner_id.display_name,
                        demand=demand.display_name,
                    )
                )

    def _subject_of(self):
        self.ensure_one()
        return tuple(self[name] for name in SUBJECT)

    def _check_subject(self, vals):
        """Refuse to turn what a supplier sees into something else.

        :raises UserError: naming the demand
        """
        names = [name for name in SUBJECT if name in vals]
        for demand in self:
            if vals.get("active") is False or any(
                vals[name] != demand._fields[name].convert_to_write(demand[name], self)
                for name in names
            ):
                raise UserError(
                    self.env._(
                        "%(supplier)s sees the demand %(demand)s: withdraw it before "
                        "you change more than its quantity.",
                        supplier=demand.partner_id.display_name,
                        demand=demand.display_name,
                    )
                )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_share(self):
        """Show the demand to its suppliers in the portal.

        :raises AccessError: the user may not change one of them
        :raises UserError: one is of a month that is over, or of something archived
        """
        self.check_access("write")
        fresh = self.filtered(lambda demand: not demand.is_shared)
        fresh._check_can_be_shared()
        fresh._write_guarded(
            {
                "is_shared": True,
                "shared_uid": self.env.uid,
                "date_shared": fields.Datetime.now(),
            }
        )
        fresh._note_told()

    def action_withdraw(self):
        """Take the demand from the portal.

        :raises AccessError: the user may not change one of them
        """
        self.check_access("write")
        self.filtered("is_shared")._write_guarded({"is_shared": False})

    # ------------------------------------------------------------
    # Business
    # ------------------------------------------------------------

    def _check_can_be_shared(self):
        now = fields.Datetime.now()
        months = {
            company: company._supplier_day(now).replace(day=1)
            for company in self.company_id
        }
        for demand in self:
            names = {
                "supplier": demand.partner_id.display_name,
                "demand": demand.display_name,
            }
            if demand.month < months[demand.company_id]:
                raise UserError(
                    self.env._(
                        "%(demand)s of %(supplier)s is over: share what is to come.",
                        **names,
                    )
                )
            if not (
                demand.active and demand.product_id.active and demand.partner_id.active
            ):
                raise UserError(
                    self.env._(
                        "%(demand)s of %(supplier)s is not shared: the demand, its "
                        "product or its supplier is archived.",
                        **names,
                    )
                )

    def _note_told(self):
        """Keep what suppliers see now, and what they saw before if it differs.

        :return: the demand of which they see another quantity than before
        """
        changed = self.browse()
        now = fields.Datetime.now()
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        for demand in self:
            told, quantity = demand.quantity_told, demand.quantity
            if told is False:
                demand._write_guarded({"quantity_told": quantity})
            elif float_compare(told, quantity, precision_digits=digits):
                demand._write_guarded(
                    {
                        "quantity_told": quantity,
                        "quantity_before": told,
                        "date_changed": now,
                    }
                )
                changed |= demand
        return changed
