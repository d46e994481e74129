from odoo import fields, models
from odoo.tools import SQL

from ....tools.streams import id_array
from ...fact.sums import SumQuestion
from .traces import Traces

COLUMNS = SQL("move_id, order_id, mention, is_loose")


class SupplierReturnTrace(models.Model):
    """Of which orders a move that leaves us may be a return; what a loose one names.

    To find these moves among all takes long; to judge those of some orders does not.
    """

    _name = "supplier.return.trace"
    _description = "Possible Return of an Order"
    _log_access = False

    move_id = fields.Integer(required=True, index=True)
    order_id = fields.Integer(index="btree_not_null")
    mention = fields.Char(index="btree_not_null")
    is_loose = fields.Boolean()

    _loose_idx = models.Index("(order_id) WHERE is_loose")

    def _refresh(self, moves=None):
        """Write the traces anew.

        :param list moves: ids of the moves that changed; None for all there are
        """
        delete, some = SQL("DELETE FROM supplier_return_trace"), None
        if moves is not None:
            ids = id_array(moves)
            delete = SQL("%s WHERE move_id = ANY(%s)", delete, ids)
            some = SQL("SELECT UNNEST(%s) AS move_id", ids)
        self.env.cr.execute(delete)
        traces = Traces(self.env, SumQuestion(self.env), some)
        self.env.cr.execute(
            SQL(
                "INSERT INTO supplier_return_trace (%s) SELECT DISTINCT %s FROM (%s) t",
                COLUMNS,
                COLUMNS,
                traces.sql(),
            )
        )
