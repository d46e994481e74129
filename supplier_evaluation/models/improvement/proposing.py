from odoo import api, models
from odoo.exceptions import UserError

from ...tools.scheduled import Work, run_scheduled
from .supplier_incentive import OPEN_STATES
from .supplier_incentive_rule import REWARDS

BATCH = 200


class SupplierIncentive(models.Model):
    """What a grade carries is proposed; what it carries no longer is taken back."""

    _inherit = "supplier.incentive"

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_follow_grades(self):
        """Look at the grades of every company.

        :raises Exception: the error of one that failed, when the others are done
        """
        companies = self.env["res.company"].search([("active", "=", True)])
        run_scheduled(
            self.env,
            Work(
                "What a grade carries no longer",
                # On most days, none of them.
                self._open_ones(companies).filtered(lambda one: one._grade_problem()),
                lambda incentives: incentives._take_back(),
                size=BATCH,
            ),
            Work(
                "Rewards and remedies",
                companies,
                lambda own: [self._propose_new(company) for company in own],
                stays=True,
            ),
        )

    @api.model
    def _follow_grades(self, company):
        """Take back what is carried no longer, and propose what is new."""
        self._open_ones(company)._take_back()
        return self._propose_new(company)

    @api.model
    def _propose_new(self, company):
        own = self.with_context(allowed_company_ids=company.ids)
        rules = own.env["supplier.incentive.rule"]._in_force(company)
        return own._propose_for(company, rules)

    @api.model
    def _open_ones(self, companies):
        """Return what is open, in the reverse order in which values were changed."""
        return self.search(
            [("company_id", "in", companies.ids), ("state", "in", OPEN_STATES)]
        ).sorted(
            lambda one: (one.date_applied or one.create_date, one.id), reverse=True
        )

    def _take_back(self):
        """Undo or drop what the present grade of its supplier does not carry."""
        present = self.filtered(lambda one: one.state in OPEN_STATES)
        for own in self.env["res.company"]._in_company_language(present):
            for incentive in own:
                if problem := incentive._grade_problem():
                    incentive._end_open(problem)

    def _end_open(self, reason):
        """Put back what is in force, and drop what is not."""
        self.ensure_one()
        if self.state == "applied" and self.kind in REWARDS:
            self._undo(reason)
        else:
            # A plan or a replacement has nothing to put back.
            self._step("obsolete", note=reason)

    @api.model
    def _keep_one_of(self, partners):
        """Of vendors that become one, keep what is open once of each action.

        What is in force stays first. Two of them refuse each other in the database,
        and the merge with them.

        :param partners: the vendors, the one that stays first
        """
        places = {partner: place for place, partner in enumerate(partners)}
        present = self.sudo().search(
            [
                ("partner_id", "in", partners.ids),
                ("state", "in", OPEN_STATES),
            ]
        )
        first = present.sorted(
            lambda one: (one.state != "applied", places[one.partner_id])
        )
        for same in first.grouped(lambda one: (one.rule_id, one.company_id)).values():
            for incentive in same[1:]:
                incentive._end_open(self.env._("The vendor was merged with another."))
        self.flush_model(["state"])

    def _grade_problem(self):
        """Return why the present grade does not carry it, or False.

        A provisional grade takes nothing away: it proves nothing.
        """
        self.ensure_one()
        partner = self.partner_id.with_company(self.company_id).sudo()
        grade = partner.supplier_grade_id
        if not grade or partner.supplier_score_provisional:
            return False
        # What it was approved as counts, whatever became of the action since.
        if self.rule_id._is_carried_by(grade, self.kind):
            return False
        return self.env._(
            "The grade is %(grade)s now; %(needed)s carried it.",
            grade=grade.name,
            needed=self.rule_id.grade_id.name,
        )

    def _check_still_due(self):
        """Refuse what the present grade does not carry, or a critical incident stops.

        :raises UserError: naming why
        """
        critical = {
            company: self._with_open_critical(company) for company in self.company_id
        }
        for incentive in self:
            partner = incentive.partner_id.with_company(incentive.company_id).sudo()
            problem = incentive._grade_problem()
            if not partner.supplier_grade_id:
                problem = self.env._("It has no grade now: nothing follows from that.")
            if not incentive.rule_id._is_of_tier(partner.supplier_tier_id):
                problem = self.env._("It is in another tier now.")
            if not partner.active:
                problem = self.env._("It is archived.")
            if partner.supplier_score_provisional:
                problem = self.env._(
                    "Its grade is provisional: nothing follows from it."
                )
            is_critical = partner.id in critical[incentive.company_id]
            if incentive.rule_id.without_critical and is_critical:
                problem = self.env._("A critical incident is open.")
            if problem:
                raise UserError(
                    self.env._(
                        "%(incentive)s: %(problem)s",
                        incentive=incentive.display_name,
                        problem=problem,
                    )
                )

    # ------------------------------------------------------------
    # Proposing
    # ------------------------------------------------------------

    @api.model
    def _propose_for(self, company, rules, partners=None):
        """Propose what the grades of suppliers carry.

        A few questions, however many suppliers.

        :param rules: those that are asked
        :param partners: of whom; all suppliers by default
        :return: the proposals that are new
        """
        if not rules:
            return self
        histories = self._histories(company, max(rules.mapped("periods")), partners)
        critical = self._with_open_critical(company)
        taken = self._taken(company)
        spend = self._spend(company)
        vals_list = []
        for partner, cards in histories.items():
            card = cards[0]
            for rule in rules:
                if (
                    rule._is_due(cards)
                    and rule._is_carried_by(partner.sudo().supplier_grade_id)
                    and (partner.id, rule.id) not in taken["open"]
                    and (_period_of(card), rule.id) not in taken["refused"]
                    and not (rule.without_critical and partner.id in critical)
                    and rule._is_of_tier(partner.sudo().supplier_tier_id)
                ):
                    vals_list.append(
                        rule._incentive_vals(card, spend.get(partner.id, 0.0))
                    )
        # What is open once for each rule is asked by the database: it must know of
        # those that were ended a moment ago.
        self.flush_model(["state"])
        incentives = self.sudo()._unguarded().create(vals_list)
        incentives = self.browse(incentives.ids)
        self.env["supplier.incentive.change"]._append(
            [one._register_row("proposed") for one in incentives.sudo()]
        )
        return incentives

    @api.model
    def _histories(self, company, periods, partners):
        """Return ``{supplier: its scorecard of each of the last published periods}``.

        The newest first, of the template that gave the supplier its score; an empty
        one where it has none: what comes after is not in a row.
        """
        runs = self.env["supplier.evaluation"]
        histories = runs._published_histories(
            company, [("template_id.sets_vendor_score", "=", True)]
        )
        last = runs.union(*(own[:periods] for own in histories.values()))
        domain = [("evaluation_id", "in", last.ids), ("partner_id.active", "=", True)]
        if partners is not None:
            domain.append(("partner_id", "in", partners.ids))
        cards = self.env["supplier.scorecard"].search_fetch(
            domain,
            ["partner_id", "evaluation_id", "grade_id", "provisional"],
        )
        by_run = {(card.partner_id, card.evaluation_id): card for card in cards}
        found = {}
        for partner in cards.partner_id.with_company(company):
            template = partner.sudo().supplier_scorecard_id.template_id
            own = histories.get((template, company), runs)[:periods]
            found[partner] = [by_run.get((partner, run), cards.browse()) for run in own]
        return {partner: own for partner, own in found.items() if own}

    @api.model
    def _with_open_critical(self, company):
        """Return the ids of suppliers with a critical incident that is open.

        What is not their fault, or does not count, keeps nothing from them.
        """
        rows = self.env["supplier.incident"]._read_group(
            [
                ("company_id", "=", company.id),
                ("severity", "=", "critical"),
                ("state", "not in", ["resolved", "cancelled"]),
                ("responsibility", "in", ["open", "supplier"]),
                ("supplier_exclusion", "=", False),
            ],
            ["commercial_partner_id"],
        )
        return {partner.id for (partner,) in rows}

    @api.model
    def _taken(self, company):
        """Return what is not proposed again: what is open, and what was refused.

        Refused, it comes again with a scorecard of another period only, and not with a
        revision; and so does what was undone by hand.
        """
        rows = self.search_fetch(
            [("company_id", "=", company.id)],
            ["partner_id", "rule_id", "state", "scorecard_id"],
        )
        return {
            "open": {
                (one.partner_id.id, one.rule_id.id)
                for one in rows
                if one.state in OPEN_STATES
            },
            "refused": {
                (_period_of(one.scorecard_id), one.rule_id.id)
                for one in rows
                if one.state in ("refused", "undone") and one.scorecard_id
            },
        }

    @api.model
    def _spend(self, company):
        figures = self.env["supplier.tier.figure"].search_fetch(
            [("company_id", "=", company.id)], ["partner_id", "spend"]
        )
        return {figure.partner_id.id: figure.spend for figure in figures}


def _period_of(card):
    """Return whose scorecard it is, of which template and period."""
    return card.partner_id, card.template_id, card.date_from, card.date_to


class SupplierIncentiveRule(models.Model):
    _inherit = "supplier.incentive.rule"

    def _is_due(self, cards):
        """Whether the last scorecards carry it, and the newest has its very grade.

        :param cards: of one supplier, the newest first
        """
        self.ensure_one()
        last = cards[: self.periods]
        return (
            len(last) == self.periods
            and last[0].grade_id == self.grade_id
            and not any(card.provisional for card in last)
            and all(
                card.grade_id and self._is_carried_by(card.grade_id) for card in last
            )
        )

    def _is_of_tier(self, tier):
        """Whether a tier is high enough; the first in the list is the highest."""
        wanted = self.minimum_tier_id
        return not wanted or (bool(tier) and tier.sequence <= wanted.sequence)

    def _incentive_vals(self, card, spend):
        self.ensure_one()
        return {
            "company_id": card.company_id.id,
            "partner_id": card.partner_id.id,
            "rule_id": self.id,
            "kind": self.kind,
            "description": self.description or self.name,
            "grade_id": card.grade_id.id,
            "scorecard_id": card.id,
            "payment_term_id": self.payment_term_id.id,
            "price_sequence": self.price_sequence,
            "minimum_percent": self.minimum_percent,
            "amount": spend * self.worth_percent / 100,
            "user_id": self.env.uid,
        }


class SupplierScorecard(models.Model):
    _inherit = "supplier.scorecard"

    def action_propose_incentives(self):
        """Propose what the grade of a published scorecard carries; another approves.

        :raises UserError: it carries nothing, or all of it is proposed
        """
        self.ensure_one()
        self.check_access("read")
        company = self.company_id
        rules = self.env["supplier.incentive.rule"]._in_force(company)
        incentives = self.env["supplier.incentive"]
        made = incentives._propose_for(company, rules, self.partner_id)
        if not made:
            raise UserError(
                self.env._(
                    "Nothing follows from this grade that is not proposed already."
                )
            )
        return incentives._action_list([("id", "in", made.ids)])
