from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...tools.groups import MANAGER_GROUP, REVIEWER_GROUP, USER_GROUP
from .scope import period_key

# As many suppliers are drawn by spend and score; more would hide each other.
POINTS = 500


class SupplierScorecard(models.Model):
    """The first screen: how the suppliers are, what changed, and what is to be done."""

    _inherit = "supplier.scorecard"

    @api.model
    @api.readonly
    def retrieve_overview(self, domain=None, period=None, template_id=None):
        """Return all that the overview shows above its heat map.

        The number of statements does not depend on the number of suppliers. What the
        user may not read does not count; a reviewer gets the work-list only.

        :param list domain: which scorecards count; all by default
        :param str period: key of one of the ``periods``; the newest by default
        :param int template_id: one of the ``templates``; by default the newest that
            vendors are scored by
        :return: a dict that can be sent as JSON. ``worklist`` is always there; with
            ``can_read`` there are the choices (``period``, ``periods``,
            ``template_id``, ``templates``, ``grades``) and the sections (``tiles``,
            ``goals``, ``changes``, ``movers``, ``points``, ``matrix``, ``funnel``),
            with ``is_empty`` only ``steps``
        :raises AccessError: the user is not even a reviewer
        """
        if not self.env.user.has_group(REVIEWER_GROUP):
            raise AccessError(self.env._("You may not see the suppliers' scores."))
        overview = {"can_read": False, "worklist": self._worklist()}
        if not self.env.user.has_group(USER_GROUP):
            return overview
        choice = self._choose(period, template_id)
        overview.update(can_read=True, is_empty=not choice.runs)
        if not choice.runs:
            return {**overview, "steps": self._first_steps()}
        return {**overview, **self._sections(choice, domain)}

    def _sections(self, choice, domain):
        grades = self.env["supplier.grade"]._best_first()
        cards = self._read_cards(choice.runs, domain)
        before = self._read_before(choice, cards, domain)
        currency = self.env.company.currency_id
        rates = self._currency_rates(choice)
        return {
            **self._choices(choice, grades, domain),
            "currency_id": currency.id,
            "tiles": self._tiles(choice, cards, before, grades, domain),
            "goals": self._shown_goals(),
            "changes": self._told_changes(cards, before),
            "movers": self._movers(cards),
            "points": _points(cards, rates),
            "matrix": self._matrix(cards),
            "funnel": self._funnel(),
        }

    def _read_before(self, choice, cards, domain):
        """Return the scorecards of the period before that the present ones are beside.

        A filter of what changes, as the grade, would find others there: what is
        compared are the same suppliers in the same companies.
        """
        if not choice.before:
            return []
        before = self._read_cards(choice.before, None)
        if not domain:
            return before
        shown = {(card.partner_id, card.company_id) for card in cards}
        return [card for card in before if (card.partner_id, card.company_id) in shown]

    def _choices(self, choice, grades, domain):
        """Return what is looked at, and what else could be."""
        periods = self._described_periods(choice)
        run = choice.runs[0]
        return {
            "period": period_key(run),
            "periods": periods,
            "template_id": choice.template.id,
            "templates": [
                {"id": template.id, "name": template.name}
                for template in choice.templates
            ],
            "companies": {
                str(run.company_id.id): run.company_id.name for run in choice.runs
            },
            "domain": list(self._scope_domain(choice.runs, domain)),
            "grades": self._described_grades(grades),
        }

    def _described_grades(self, grades):
        """Return the grades in use, best first."""
        low = grades._low_half()
        return [
            {
                "id": grade.id,
                "name": grade.name,
                "color": grade.color,
                "min_score": grade.min_score,
                "is_low": grade in low,
            }
            for grade in grades
        ]

    # ------------------------------------------------------------
    # By kind and country
    # ------------------------------------------------------------

    def _matrix(self, cards):
        """Return average scores by country, and by tag or tier.

        A supplier with several tags counts in each of them.

        :return: ``{"countries": …, "tags": …, "tiers": …}``; of the last two each has
            ``rows`` (id, name) and ``cells`` ({row, country, score, count})
        """
        scored = [card for card in cards if card.score is not None]
        tags = self._tags_of({card.partner_id for card in scored})
        countries = self.env["res.country"].browse({card.country_id for card in scored})
        return {
            "countries": _named(countries, scored, lambda card: {card.country_id}),
            "tags": self._matrix_by(
                "res.partner.category", scored, lambda card: tags[card.partner_id]
            ),
            "tiers": self._matrix_by(
                "supplier.tier", scored, lambda card: {card.tier_id or False}
            ),
        }

    def _matrix_by(self, model, cards, rows_of):
        cells = defaultdict(list)
        for card in cards:
            for row_id in rows_of(card):
                cells[row_id, card.country_id or False].append(card.score)
        records = self.env[model].browse({row_id for row_id, _country in cells})
        return {
            "rows": _named(records, cards, rows_of),
            "cells": [
                {
                    "row": row_id,
                    "country": country_id,
                    "score": sum(scores) / len(scores),
                    "count": len(scores),
                }
                for (row_id, country_id), scores in cells.items()
            ],
        }

    def _tags_of(self, partner_ids):
        """Return the tags of suppliers; who has none has the tag False."""
        tags = defaultdict(lambda: {False})
        field = self.env["res.partner"]._fields["category_id"]
        rows = self.env.execute_query(
            SQL(
                "SELECT %(partner)s, ARRAY_AGG(%(tag)s) FROM %(rel)s"
                " WHERE %(partner)s = ANY(%(partners)s) GROUP BY %(partner)s",
                partner=SQL.identifier(field.column1),
                tag=SQL.identifier(field.column2),
                rel=SQL.identifier(field.relation),
                partners=list(partner_ids),
            )
        )
        tags.update((partner_id, set(tag_ids)) for partner_id, tag_ids in rows)
        return tags

    # ------------------------------------------------------------
    # Funnel and first steps
    # ------------------------------------------------------------

    def _funnel(self):
        """Return how many suppliers came into each stage, and which share went on."""
        rows = self.env["supplier.stage.funnel"]._read_group(
            [],
            ["stage_id"],
            ["entered:sum", "conversion:avg", "target:avg"],
        )
        return [
            {
                "stage_id": stage.id,
                "name": stage.name,
                "entered": entered,
                "conversion": conversion,
                "target": target or None,
            }
            for stage, entered, conversion, target in sorted(
                rows, key=lambda row: (row[0].sequence, row[0].id)
            )
        ]

    def _first_steps(self):
        """Return what is to be done before there is anything to see.

        :return: what is done already, and who may do it. ``evaluation_id`` is the
            newest that was begun and is not published, or False
        """
        templates = self.env["supplier.scorecard.template"].search([], limit=1)
        begun = self.env["supplier.evaluation"].search(
            [("state", "in", ("draft", "computed"))], order="id desc", limit=1
        )
        return {
            "may_manage": self.env.user.has_group(MANAGER_GROUP),
            "has_history": bool(self.env["supplier.history.line"].search([], limit=1)),
            "template_id": templates.id,
            "evaluation_id": begun.id,
        }


def _points(cards, rates):
    """Return spend and score of the suppliers that are bought from most."""
    bought = [card for card in cards if card.score is not None and card.spend]
    bought.sort(key=lambda card: -card.spend * rates[card.company_id])
    return [
        {
            "card_id": card.id,
            "partner_id": card.partner_id,
            "name": card.name,
            "score": card.score,
            "spend": card.spend * rates[card.company_id],
            "lines": card.lines,
            "grade_id": card.grade_id,
            "provisional": card.provisional,
        }
        for card in bought[:POINTS]
    ]


def _named(records, cards, rows_of):
    """Return the records with most suppliers first; who has none comes last."""
    counts = defaultdict(int)
    for card in cards:
        for row_id in rows_of(card):
            counts[row_id or False] += 1
    named = {record.id: record.display_name for record in records if record.id}
    return [
        {"id": row_id, "name": named.get(row_id, False), "count": count}
        for row_id, count in sorted(
            counts.items(), key=lambda pair: (not pair[0], -pair[1], pair[0] or 0)
        )
    ]
