from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.groups import MANAGER_GROUP
from ...tools.optional_numbers import OptionalFloat
from ...tools.wording import listed


class SupplierAllocationLine(models.Model):
    """The share of one supplier: today's, the proposed one, and who accepted it."""

    _name = "supplier.allocation.line"
    _inherit = ["supplier.guard.mixin"]
    _description = "Share of a Supplier"
    _order = "allocation_id desc, share desc, id"
    _rec_name = "partner_id"

    allocation_id = fields.Many2one(
        "supplier.allocation",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="allocation_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Supplier",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    score = OptionalFloat(readonly=True, digits=(5, 2), aggregator=None)
    floor = fields.Float(string="At Least (%)", digits=(5, 2))
    cap = fields.Float(string="At Most (%)", digits=(5, 2), default=100)
    capacity = fields.Float(
        string="Capacity a Month",
        digits="Product Unit",
        help="In the product's unit. 0: not known, or enough.",
    )
    share_now = fields.Float(string="Share Today (%)", digits=(5, 2), readonly=True)
    share = OptionalFloat(
        string="Proposed (%)", digits=(5, 2), readonly=True, aggregator=None
    )
    difference = fields.Float(
        string="Points", compute="_compute_difference", digits=(5, 2)
    )
    amount = fields.Monetary(
        string="Worth a Year", compute="_compute_difference", help="At today's prices."
    )
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("accepted", "Share Accepted"),
            ("undone", "Undone"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="proposed",
    )
    accepted_uid = fields.Many2one("res.users", string="Accepted By", readonly=True)
    date_accepted = fields.Datetime(string="Accepted On", readonly=True)
    # ``{price list: its place before}``, and the place that was written.
    places_before = fields.Json(readonly=True)
    place = fields.Integer(readonly=True)

    _partner_uniq = models.Constraint(
        "UNIQUE (allocation_id, partner_id)", "Each supplier has one share."
    )
    _limits = models.Constraint(
        "CHECK (floor >= 0 AND cap <= 100 AND floor <= cap AND capacity >= 0)",
        "A share is between 0 and 100 %, at least not above at most.",
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {
            *("score", "share_now", "share", "state", "accepted_uid"),
            *("date_accepted", "places_before", "place"),
            # Another supplier, or a proposal of somebody else, is another share.
            *("allocation_id", "partner_id"),
        }

    @api.depends("share", "share_now")
    def _compute_difference(self):
        for line in self:
            has_share = line.share is not False
            line.difference = line.share - line.share_now if has_share else 0
            line.amount = line.allocation_id.spend * line.difference / 100

    def _firm_score(self):
        partner = self.partner_id.with_company(self.company_id).sudo()
        is_firm = not partner.supplier_score_provisional
        return partner.supplier_score if is_firm else False

    def _cap(self):
        """Return what the supplier can get at most, in per cent of the demand."""
        demand = self.allocation_id.demand
        if not self.capacity or not demand:
            return self.cap
        return min(self.cap, 100 * self.capacity / demand)

    def _is_within_limits(self):
        """Whether the share keeps to the limits of now; who is left out has none."""
        share = self.share
        # Shares are rounded to hundredths.
        return not share or self.floor - 0.01 <= share <= self._cap() + 0.01

    # ------------------------------------------------------------
    # Accepting
    # ------------------------------------------------------------

    def action_accept(self):
        """Put the supplier on the list of vendors where its share belongs.

        :raises AccessError: the user is no manager, or made the proposal
        :raises UserError: there is no share to accept, or the supplier is no open
            source any more
        """
        self._check_decider()
        self._check_still_open()
        for line in self:
            if line.state == "accepted" or line.share is False:
                raise UserError(
                    self.env._("%s has no share to accept.", line.partner_id.name)
                )
            if not line._is_within_limits():
                raise UserError(
                    self.env._(
                        "The limits of %s were changed since: propose shares anew.",
                        line.partner_id.name,
                    )
                )
            line._accept()

    def _check_still_open(self):
        """Refuse who was blocked, or lost its approval, since the proposal."""
        for allocation in self.allocation_id:
            own = self.filtered(lambda line, one=allocation: line.allocation_id == one)
            # Whether it is blocked is not a matter of who asks.
            if gone := own.partner_id - allocation.sudo()._open_sources():
                raise UserError(
                    self.env._(
                        "%(suppliers)s may not be ordered from any more: propose the "
                        "shares of %(product)s again.",
                        suppliers=listed(self.env, gone.mapped("name")),
                        product=allocation.product_id.display_name,
                    )
                )

    def _rank(self):
        return sum(one.share > self.share for one in self.allocation_id.line_ids) + 1

    def _place(self):
        """Return the place of its share, before those that have less or none.

        Odoo's price lists all begin at place 1: among them, a place that only counts
        shares would change nothing. What is accepted first says where places begin.
        """
        lines = self.allocation_id.line_ids
        if first := lines.filtered(lambda line: line.state == "accepted")[:1]:
            return first.place - first._rank() + self._rank()
        as_good = lines.filtered(lambda line: line.share >= self.share).partner_id
        behind = self.allocation_id._price_lists().filtered(
            lambda one: one.partner_id.commercial_partner_id not in as_good
        )
        begin = min([0, *(one.sequence - len(lines) - 1 for one in behind)])
        return begin + self._rank()

    def _accept(self):
        place = self._place()
        lists = self._price_lists()
        before = {str(one.id): one.sequence for one in lists}
        lists.sequence = place
        self.sudo()._write_guarded(
            {
                "state": "accepted",
                "accepted_uid": self.env.uid,
                "date_accepted": fields.Datetime.now(),
                "places_before": before,
                "place": place,
            }
        )
        self._log(
            self.env._(
                "%(supplier)s: %(now)s %% → %(share)s %% accepted, place %(place)s on "
                "the list of vendors.",
                supplier=self.partner_id.name,
                now=round(self.share_now, 2),
                share=round(self.share, 2),
                place=self._rank(),
            )
        )

    def action_undo(self):
        """Put the places back, where nobody changed them since."""
        self._check_decider()
        for line in self:
            if line.state != "accepted":
                raise UserError(
                    self.env._("The share of %s is not accepted.", line.partner_id.name)
                )
            left = sum(not line._put_back(one) for one in line._price_lists())
            line.sudo()._write_guarded({"state": "undone"})
            line._log(
                self.env._(
                    "%(supplier)s: undone; left as it is, as somebody changed it: "
                    "%(left)s.",
                    supplier=line.partner_id.name,
                    left=left,
                )
            )

    def _put_back(self, price_list):
        """Put one list back to its place of before, and tell whether it was done.

        Where a share of another allocation was accepted since, that one knows the
        place of before from now on.
        """
        key = str(price_list.id)
        before = (self.places_before or {}).get(key)
        later = self._accepted_later().filtered(
            lambda one: (one.places_before or {}).get(key) == self.place
        )[:1]
        if before is not None and later:
            places = {**later.places_before, key: before}
            later._write_guarded({"places_before": places})
            return True
        if before is None or price_list.sequence != self.place:
            return False
        price_list.sequence = before
        return True

    def _accepted_later(self):
        """Return the shares of the supplier that were accepted after this one."""
        return self.sudo().search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("state", "=", "accepted"),
                ("date_accepted", ">=", self.date_accepted),
                ("id", "!=", self.id),
            ],
            order="date_accepted, id",
        )

    def _price_lists(self):
        return self.allocation_id._price_lists().filtered(
            lambda one: one.partner_id.commercial_partner_id == self.partner_id
        )

    def _log(self, text):
        self.allocation_id.sudo()._message_log(
            body=text, author_id=self.env.user.partner_id.id
        )

    def _check_decider(self):
        # Also with full rights: they are not those of whoever decides.
        user = self.env.user
        if not user.has_group(MANAGER_GROUP) or self.company_id - user.company_ids:
            raise AccessError(
                self.env._("Only a manager of the company accepts shares: ask one.")
            )
        if user in self.allocation_id.user_id:
            raise AccessError(
                self.env._("You made this proposal: another manager accepts it.")
            )
