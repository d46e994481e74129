from odoo import Command, api, fields, models
from odoo.tools import plaintext2html

from ...tools.activities import plan
from ..incident.source import moved_of


class SupplierInspection(models.Model):
    """How inspections are made for what was received, or is about to be."""

    _inherit = "supplier.inspection"

    @api.model
    def _inspect_receipts(self, pickings):
        """Make the inspections that plans ask for at each receipt.

        Asks the same few questions for any number of receipts. What was inspected on
        the way in learns how much came.

        :param pickings: transfers that were just done
        """
        if not (self._is_used() or self.env["supplier.inspection.plan"]._is_used()):
            return self.browse()
        # What is read of one is read of all.
        came = pickings.with_prefetch().move_ids.with_prefetch()
        came.purchase_line_id.order_id.mapped("partner_id")
        moves = came.filtered(_is_receipt)
        if not moves:
            return self.browse()
        known = self._known_of(moves)
        for one in known.filtered(lambda one: one.state != "done"):
            one._write_guarded(one._lot_vals(one.plan_id, one.move_id))
        plans = self._plans_of_moves(moves - known.move_id)
        return self._make(
            {move: plan for move, plan in plans.items() if plan.is_automatic}
        )

    @api.model
    def _inspect(self, picking):
        """Make the inspections of one receipt that somebody asks for.

        What no plan is about is inspected without characteristics.

        :param picking: a receipt, done or arriving
        """
        moves = picking.move_ids.filtered(is_coming)
        known = self._known_of(moves)
        plans = self._plans_of_moves(moves - known.move_id)
        none = self.env["supplier.inspection.plan"]
        asked = {move: plans.get(move, none) for move in moves - known.move_id}
        return known | self._make(asked)

    @api.model
    def _leave_cancelled(self, moves):
        """Delete what was made for goods that do not come; what was begun is told.

        :param moves: stock moves that were cancelled
        """
        known = self._known_of(moves).filtered(lambda one: one.state != "done")
        idle = known.filtered(
            lambda one: (
                one.state == "draft" and not (one.editor_ids or one.incident_ids)
            )
        )
        begun = known - idle
        idle.unlink()
        asked = []
        for one in begun:
            people = one.user_id | one.plan_id.user_id
            person = people.filtered(one.company_id._shows_suppliers_to)[:1]
            texts = one.with_context(lang=person.lang or self.env.lang)
            body = texts.env._(
                "Its goods do not come: their receipt was cancelled. It cannot be "
                "finished; have a manager delete it."
            )
            one._message_log(body=body)
            if person:
                asked.append(
                    {
                        "res_id": one.id,
                        "user_id": person.id,
                        "note": plaintext2html(body),
                    }
                )
        if asked:
            plan(begun, "mail.mail_activity_data_todo", asked)

    @api.model
    def _known_of(self, moves):
        """Return the inspections of moves, archived ones too."""
        if not self._is_used():
            return self.browse()
        every = self.with_context(active_test=False)
        return every.search([("move_id", "in", moves.ids)]).with_env(self.env)

    @api.model
    def _plans_of_moves(self, moves):
        """Return the plan of each move whose product has one."""
        found = {}
        if not self.env["supplier.inspection.plan"]._is_used():
            return found
        for company, own in moves.grouped("company_id").items():
            plans = self.env["supplier.inspection.plan"]._plans_of(
                own.product_id, company
            )
            found |= {
                move: plans[move.product_id] for move in own if move.product_id in plans
            }
        return found

    @api.model
    def _make(self, plans):
        """Make an inspection of each move.

        :param dict plans: the plan of each move, or none
        """
        inspections = self._unguarded().with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True
        )
        return inspections.create(
            [self._move_vals(move, plan) for move, plan in plans.items()]
        ).with_env(self.env)

    def _move_vals(self, move, plan):
        picking = move.picking_id
        place = picking.move_ids.ids.index(move.id) + 1
        return {
            "name": f"{picking.name}-{place}",
            "company_id": move.company_id.id,
            "partner_id": picking._incident_supplier().id,
            "product_id": move.product_id.id,
            "picking_id": picking.id,
            "move_id": move.id,
            "date": move.company_id._supplier_day(fields.Datetime.now()),
            "order_ref": move.purchase_line_id.order_id.name,
            "plan_id": plan.id,
            "user_id": plan.user_id.id,
            **self._lot_vals(plan, move),
            "value_ids": [Command.create(row._value_vals()) for row in plan.line_ids],
        }

    @api.model
    def _lot_vals(self, plan, move):
        """Return how much came, how much of it to check, and how bad it may be."""
        lot = moved_of(move) if move.state == "done" else move.product_qty
        size, accepted = plan._sample(lot, move.product_id.uom_id) if plan else (0, 0)
        return {
            "quantity_lot": lot,
            "quantity_sample": size,
            "accept_number": accepted,
        }


def is_coming(move):
    """Whether goods come from a supplier by the move, or came."""
    return (
        move.location_id.usage == "supplier"
        and move.state not in ("draft", "cancel")
        and bool(move.picking_id._incident_supplier())
    )


def _is_receipt(move):
    return move.state == "done" and move.quantity > 0 and is_coming(move)
