from odoo import models

from ...tools.numbers import number

# As many suppliers are named; the chats shorten further.
NAMED = 30


class SupplierEvaluation(models.Model):
    _inherit = "supplier.evaluation"

    def action_publish(self):
        """Tell the chats, too."""
        before = self.filtered(lambda run: run.state == "published")
        result = super().action_publish()
        channels = self.env["supplier.outbox.channel"]
        for run in (self - before).filtered(lambda run: run.state == "published"):
            for channel in channels._listening(run.company_id, "on_score"):
                run._tell_chat(channel)
        return result

    def _tell_chat(self, channel):
        """Tell the weakest first: those are talked about."""
        run = channel._in_language(self)
        cards = run.scorecard_ids.filtered("has_score")
        cards = cards.sorted(lambda card: (card.score, card.id))
        self.env["supplier.outbox"].sudo().enqueue(
            channel,
            f"evaluation/{run.id}",
            {
                "title": run.env._("Published: %s", run.display_name),
                "lines": [card._chat_line() for card in cards[:NAMED]],
                "data": {
                    "event": "evaluation",
                    "id": run.id,
                    "date_from": str(run.date_from),
                    "date_to": str(run.date_to),
                    "scores": [
                        {
                            "supplier": card.partner_name,
                            "score": card.score,
                            "grade": card.grade_id.name or None,
                            "provisional": card.provisional,
                        }
                        for card in cards
                    ],
                },
            },
            run,
        )


class SupplierScorecard(models.Model):
    _inherit = "supplier.scorecard"

    def _chat_line(self):
        """Return supplier, score and grade; a score on too little says so."""
        self.ensure_one()
        told = [self.partner_name, number(self.env, self.score, 1)]
        if self.grade_id:
            told.append(self.grade_id.name)
        if self.provisional:
            told.append(self.env._("provisional"))
        return " · ".join(told)
