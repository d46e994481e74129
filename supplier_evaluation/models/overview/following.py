from odoo import fields, models

from ...tools.groups import MANAGER_GROUP, USER_GROUP


class SupplierScorecard(models.Model):
    """What waits for the user of all that follows from a score."""

    _inherit = "supplier.scorecard"

    def _works(self):
        works = super()._works()
        user = self.env.user
        if user.has_group(USER_GROUP):
            works += [
                self._alerts_to_answer(),
                self._steps_to_do(),
                self._step_answers_to_decide(),
            ]
            if user.has_group(MANAGER_GROUP):
                works += [
                    self._suspensions_to_decide(),
                    self._tiers_to_decide(),
                    self._incentives_to_decide(),
                    self._shares_to_decide(),
                ]
        return works

    def _alerts_to_answer(self):
        return self._work(
            "alert",
            "supplier.alert",
            [
                ("user_id", "=", self.env.uid),
                ("state", "in", ["open", "acknowledged"]),
            ],
            lambda alert: self.env._(
                "See to “%(alert)s”: %(seen)s.",
                alert=alert.display_name,
                seen=alert._seen_sentence(),
            ),
            since="date_opened",
        )

    def _own_steps(self):
        """Return the domain of steps that go on and are the user's to see to.

        Without an owner, a step is its action's owner's.
        """
        uid = self.env.uid
        return [
            ("action_id.state", "in", ["open", "verifying"]),
            "|",
            ("user_id", "=", uid),
            "&",
            ("user_id", "=", False),
            ("action_id.user_id", "=", uid),
        ]

    def _words_of(self, step):
        return {
            "step": step.display_name,
            "action": step.action_id.name,
            "supplier": step.partner_id.sudo().name,
        }

    def _step_answers_to_decide(self):
        return self._work(
            "step_answer",
            "supplier.corrective.action.step",
            [
                *self._own_steps(),
                ("state", "=", "answered"),
                "|",
                ("company_id.supplier_8d_alone", "=", True),
                ("answered_uid", "!=", self.env.uid),
            ],
            lambda step: self.env._(
                "Accept or reject the answer to %(step)s of %(action)s, %(supplier)s.",
                **self._words_of(step),
            ),
            since="date_answered",
        )

    def _steps_to_do(self):
        return self._work(
            "step",
            "supplier.corrective.action.step",
            [
                *self._own_steps(),
                ("state", "in", ["open", "rejected"]),
                # Those that wait for others are not to be done yet.
                ("date_due", "<=", fields.Datetime.add(fields.Datetime.now(), days=14)),
            ],
            lambda step: self.env._(
                "%(step)s of %(action)s, %(supplier)s.",
                **self._words_of(step),
            ),
            due="date_due",
        )

    def _suspensions_to_decide(self):
        return self._work(
            "suspension",
            "supplier.certification",
            [("date_suspension_proposed", "!=", False)],
            lambda one: self.env._(
                "Decide whether %(number)s of %(supplier)s is suspended.",
                number=one.name,
                supplier=one.partner_id.sudo().name,
            ),
            since="date_suspension_proposed",
        )

    def _tiers_to_decide(self):
        return self._work(
            "tier",
            "supplier.tier.proposal",
            [("state", "=", "proposed"), ("proposer_id", "!=", self.env.uid)],
            lambda one: self.env._(
                "Decide whether %(supplier)s moves to the tier %(tier)s.",
                supplier=one.partner_id.sudo().name,
                tier=one.tier_to_id.name,
            ),
            since="date",
        )

    def _incentives_to_decide(self):
        return self._work(
            "incentive",
            "supplier.incentive",
            [
                "|",
                ("state", "=", "approved"),
                "&",
                ("state", "=", "proposed"),
                ("user_id", "!=", self.env.uid),
            ],
            lambda one: self.env._("Decide on “%s”.", one.display_name),
            since="create_date",
        )

    def _shares_to_decide(self):
        return self._work(
            "share",
            "supplier.allocation",
            [
                ("user_id", "!=", self.env.uid),
                ("line_ids.state", "=", "proposed"),
                ("line_ids.share", "!=", False),
            ],
            lambda one: self.env._(
                "Accept the shares of %s, or not.", one.product_id.display_name
            ),
            since="create_date",
        )
