from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...tools.scheduled import Work, run_scheduled
from ...tools.streams import id_array
from ...tools.wording import listed
from .documents import DOCUMENTS, ORDERS

# How many orders or bills are compared in one transaction.
DOCUMENTS_AT_ONCE = 2_000
# What changed in these days is compared every night, of the rest a part each night.
RECENT_DAYS = 7
NIGHTS = 60


class SupplierFactChange(models.Model):
    """How sums are compared with the live query, every night."""

    _inherit = "supplier.fact.change"

    @api.model
    def _cron_compare(self):
        """Compare what changed lately and a part of the rest, and mend what differs.

        :raises ValidationError: something differed; by then it is mended
        """
        run_scheduled(
            self.env,
            Work(
                "Sums",
                [
                    chunk
                    for documents in DOCUMENTS
                    for chunk in self._chunks_to_compare(documents)
                ],
                lambda chunks: [self._assert_same(*chunk) for chunk in chunks],
                describe=lambda chunk: (
                    f"{chunk[1].name.capitalize()} {chunk[0][0]} to {chunk[0][-1]}"
                ),
                failed=lambda chunk, _error: self._mend(*chunk),
                stays=True,
            ),
        )

    def _chunks_to_compare(self, documents):
        """Return what is compared in one transaction each: ids, and of what.

        :param Documents documents: the kind
        """
        night = fields.Date.today().toordinal() % NIGHTS
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM %s WHERE (write_date > %s OR id %% %s = %s) AND %s"
                " ORDER BY id",
                SQL.identifier(self.env[documents.model]._table),
                fields.Datetime.now() - timedelta(days=RECENT_DAYS),
                NIGHTS,
                night,
                documents.which,
            )
        )
        ids = [document_id for (document_id,) in rows]
        return [
            (ids[start : start + DOCUMENTS_AT_ONCE], documents)
            for start in range(0, len(ids), DOCUMENTS_AT_ONCE)
        ]

    def _assert_same(self, ids, documents=ORDERS):
        """Compare the sums of documents with what the live query says.

        :raises ValidationError: they differ
        """
        wrong = self._differing(ids, documents)
        if wrong:
            raise ValidationError(
                self.env._(
                    "The stored sums of these documents were not what their records "
                    "say. They are made anew: %(documents)s",
                    documents=listed(
                        self.env,
                        self.env[documents.model]
                        .browse(sorted(wrong))
                        .mapped("display_name"),
                    ),
                )
            )

    def _differing(self, ids, documents=ORDERS):
        """Return the ids of the documents with a sum that is not what it should be.

        :param list ids: of those that changed since sums were made, nothing is said
        :param Documents documents: their kind
        """
        pending = self._pending()
        if pending is None:
            return set()
        settled = sorted({*ids}.difference(pending.ids(documents)))
        return {
            document_id
            for model in self._sum_models(documents)
            for document_id in model._differing(settled)
        }

    def _mend(self, ids, documents=ORDERS):
        """Have the sums of documents made anew."""
        self.env.cr.execute(
            SQL(
                "INSERT INTO supplier_fact_change (kind, res_id) SELECT %s, UNNEST(%s)",
                documents.noted,
                id_array(sorted(self._differing(ids, documents))),
            )
        )
