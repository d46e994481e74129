from odoo import api, fields, models
from odoo.tools import SQL

COLUMNS = {"record_ids": "bigint[]", "digests": "bigint[]", "checksum": "numeric"}


class SupplierScorecardSource(models.Model):
    """The records that a published scorecard counted, of each kind.

    Nothing is read of it but whether the same records say the same today, so it holds
    their numbers and a digest of what was read of each, and not what it was. It is
    derived, and in no seal.
    """

    _name = "supplier.scorecard.source"
    _description = "Records Behind a Scorecard"
    _log_access = False

    scorecard_id = fields.Many2one(
        "supplier.scorecard", required=True, index=True, ondelete="cascade"
    )
    source = fields.Char(required=True, help="What KPIs share that count the same.")

    def init(self):
        """Add the columns of which Odoo has no kind."""
        for name, kind in COLUMNS.items():
            self.env.cr.execute(
                SQL(
                    "ALTER TABLE supplier_scorecard_source"
                    " ADD COLUMN IF NOT EXISTS %s %s",
                    SQL.identifier(name),
                    SQL(kind),
                )
            )

    @api.model
    def _keep(self, evaluation, source, counted):
        """Keep what an evaluation counts of one source, once.

        :param str source: its key
        :param SQL counted: query of ``partner_id, record_ids, digests, checksum``
        :return: ids of suppliers who have records and no scorecard
        """
        rows = self.env.execute_query(
            SQL(
                """
                WITH counted AS MATERIALIZED (%(counted)s),
                card AS (
                    SELECT id, partner_id FROM supplier_scorecard
                     WHERE evaluation_id = %(evaluation)s
                ),
                kept AS (
                    INSERT INTO supplier_scorecard_source
                           (scorecard_id, source, record_ids, digests, checksum)
                    SELECT card.id, %(source)s, counted.record_ids, counted.digests,
                           counted.checksum
                      FROM counted JOIN card ON card.partner_id = counted.partner_id
                )
                SELECT partner_id FROM counted
                 WHERE partner_id NOT IN (SELECT partner_id FROM card)
                """,
                source=source,
                counted=counted,
                evaluation=evaluation.id,
            )
        )
        return {partner_id for (partner_id,) in rows}

    @api.model
    def _changed_cards(self, evaluation, source, counted):
        """Return the scorecards that would count other records of a source, or more.

        :param SQL counted: query of what would be counted now
        :return: ids of scorecards, and of suppliers who have records and no scorecard
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT card.id, counted.partner_id
                  FROM (SELECT card.id, card.partner_id, kept.checksum
                          FROM supplier_scorecard card
                          LEFT JOIN supplier_scorecard_source kept
                            ON kept.scorecard_id = card.id AND kept.source = %(source)s
                         WHERE card.evaluation_id = %(evaluation)s) card
                  FULL JOIN (%(counted)s) counted
                    ON counted.partner_id = card.partner_id
                 WHERE card.checksum IS DISTINCT FROM counted.checksum
                """,
                source=source,
                counted=counted,
                evaluation=evaluation.id,
            )
        )
        return (
            {card_id for card_id, _partner_id in rows if card_id},
            {partner_id for card_id, partner_id in rows if not card_id},
        )

    @api.model
    def _kept(self, scorecard, source):
        """Return what a scorecard counted of a source.

        :return: ``{record id: digest}``; None where nothing was kept of it
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT record_ids, digests FROM supplier_scorecard_source"
                " WHERE scorecard_id = %s AND source = %s",
                scorecard.id,
                source,
            )
        )
        if rows:
            return dict(zip(*rows[0], strict=True))
        return {} if scorecard.evaluation_id.are_sources_kept else None
