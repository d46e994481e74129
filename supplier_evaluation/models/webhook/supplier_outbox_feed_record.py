from odoo import api, fields, models
from odoo.tools import SQL


class SupplierOutboxFeedRecord(models.Model):
    """What a system was told last of a record: the same is not told again.

    Pages overlap, and a record is written without a change of what it says.
    """

    _name = "supplier.outbox.feed.record"
    _description = "Record That Was Sent to a System"
    _rec_name = "external_id"
    _log_access = False

    feed_id = fields.Many2one(
        "supplier.outbox.feed", required=True, readonly=True, ondelete="cascade"
    )
    external_id = fields.Char(string="Identifier", required=True, readonly=True)
    stamp = fields.Char(readonly=True, help="Stands for what it said.")
    number = fields.Integer(
        readonly=True, aggregator=None, help="Of the message that said it last."
    )

    _record_uniq = models.Constraint(
        "UNIQUE (feed_id, external_id)", "This record is known already."
    )

    @api.model
    def _last_said(self, feed, names):
        """Return what stands for what a feed said of records.

        :rtype: dict
        """
        found = self.sudo().search_fetch(
            [("feed_id", "=", feed.id), ("external_id", "in", list(names))],
            ["external_id", "stamp"],
        )
        return {one.external_id: one.stamp for one in found}

    @api.model
    def _note(self, feed, stamps):
        """Keep what a feed says of records in its message of this number.

        :param dict stamps: identifier of a record -> what stands for it
        """
        self.env.cr.execute(
            SQL(
                """INSERT INTO supplier_outbox_feed_record AS sent
                        (feed_id, external_id, stamp, number)
                   SELECT %(feed)s, said.name, said.stamp, %(number)s
                     FROM unnest(%(names)s, %(stamps)s) AS said (name, stamp)
                   ON CONFLICT (feed_id, external_id) DO UPDATE
                      SET stamp = EXCLUDED.stamp, number = EXCLUDED.number""",
                feed=feed.id,
                number=feed.number,
                names=list(stamps),
                stamps=list(stamps.values()),
            )
        )
        self.invalidate_model()

    @api.model
    def _numbers_of(self, names):
        """Return which message told last of records.

        :param dict names: number of a feed -> identifiers of its records
        :return: dict of pairs of a feed's number and an identifier -> number of the
            message
        """
        every = {name for own in names.values() for name in own}
        found = self.sudo().search_fetch(
            [("feed_id", "in", list(names)), ("external_id", "in", list(every))],
            ["feed_id", "external_id", "number"],
        )
        return {(one.feed_id.id, one.external_id): one.number for one in found}
