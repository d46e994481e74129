from odoo import api, fields, models
from odoo.exceptions import AccessError

from .supplier_chain_waiting import ADDED, BEFORE, CHANGED, COVERS, GONE, MERGED

KINDS = [
    (ADDED, "Written down"),
    (BEFORE, "There before the chain"),
    (CHANGED, "Changed by a step"),
    (GONE, "Deleted with what it told about"),
    (MERGED, "Suppliers merged"),
    (COVERS, "What the chain covers"),
]


class SupplierChainBlock(models.Model):
    """One link of a company's chain of seals: what a record said, and when.

    A seal is made of the one before and of all that the block says. Who changes,
    deletes, puts in or moves a row or a block later leaves a trace: seals or rows do
    not fit any more. That makes it evident, it does not prevent it; whoever can write
    to the database can make a whole new chain, which only seals that were kept
    elsewhere show.
    """

    _name = "supplier.chain.block"
    _description = "Sealed Record"
    _log_access = False
    _order = "date desc, number desc, id desc"
    _rec_name = "number"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict"
    )
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    date = fields.Datetime(string="Sealed On", required=True, readonly=True)
    kind = fields.Selection(KINDS, string="Why Sealed", required=True, readonly=True)
    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Integer(
        string="Record Id", required=True, readonly=True, aggregator=None
    )
    content = fields.Text(required=True, readonly=True)
    seal = fields.Char(
        required=True,
        readonly=True,
        help="SHA-256 of this block and of the seal before it.",
    )

    _number_unique = models.UniqueIndex(
        "(company_id, number)", "Two sealed records have the same number."
    )
    _record_idx = models.Index("(res_model, res_id)")
    _date_idx = models.Index("(date, number, id)")
    # Asked for with every portion, and few.
    _covers_idx = models.Index(
        "(company_id, number) WHERE kind IN ('covers', 'merged')"
    )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if vals_list:
            raise self._refusal()
        return super().create(vals_list)

    def write(self, vals):
        if self:
            raise self._refusal()
        return super().write(vals)

    @api.ondelete(at_uninstall=True)
    def _unlink_never(self):
        raise self._refusal()

    def _refusal(self):
        return AccessError(
            self.env._(
                "Nobody adds, edits or deletes what is sealed: the chain grows by "
                "itself, soon after something was decided."
            )
        )
