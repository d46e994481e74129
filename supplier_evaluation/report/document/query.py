"""The SQL of the document facts: what is required, and what there is of it.

Suppliers and what they sold are grouped in one go; their documents are found by an
index. No two large sets are joined: PostgreSQL cannot estimate such a set, and has
taken minutes over it. What the domain says of the suppliers is told to every part,
since it is not carried through a grouping.
"""

from odoo import fields
from odoo.tools import SQL

from ...scoring import OpenScope
from ..fact.ids import IdCodec
from ..fact.query import (
    COMPANY_PARTNER,
    NEVER_EXCLUDED,
    WITHOUT_PRODUCT,
    FactQuery,
    fact_columns,
)

# The supplier, what is required of it, and the company. Two times 12 bits leave 29 bits
# for the supplier, of the 53 that a browser holds exactly.
FACT_IDS = IdCodec(2**12, 2**12)


def requirement_columns(type_id, name, model, record_id):
    """Return the columns of every fact, of a supplier ``p`` and a ``company``.

    :param type_id: SQL or number: what is required
    :param SQL name: of the fact
    :param str model: of what fulfils the requirement
    :param SQL record_id: of what fulfils it; where nothing does, the supplier is shown
    """
    return fact_columns(
        SQL("p"),
        **WITHOUT_PRODUCT,
        **NEVER_EXCLUDED,
        id=FACT_IDS.sql(SQL("p.id"), type_id, SQL("company.id")),
        name=name,
        partner_id=SQL("p.id"),
        company_id=SQL("company.id"),
        date=SQL("company.date"),
        res_model=SQL(
            "CASE WHEN %s IS NULL THEN 'res.partner' ELSE %s END", record_id, model
        ),
        res_id=SQL("COALESCE(%s, p.id)", record_id),
    )


class DocumentQuery(FactQuery):
    """Builds the query of ``supplier.document.fact``; its days are those of today."""

    def __init__(self, facts):
        super().__init__(facts)
        self.env = facts.env
        if self.scope.is_open:
            # A document verified in this very transaction is verified.
            self.scope = OpenScope(fields.Datetime.now())
            self.cutoff = self.scope.cutoff

    def sql(self):
        """Return the whole query: a row per company, supplier and required type."""
        return SQL(
            """
            WITH company AS (%(companies)s),
                 type AS (%(types)s),
                 supplier AS (%(suppliers)s)
            SELECT %(columns)s
              FROM supplier
              JOIN company ON company.id = supplier.company_id
              JOIN res_partner p ON p.id = supplier.partner_id
              JOIN type ON %(required)s
              LEFT JOIN LATERAL (%(document)s) document ON TRUE
            """,
            companies=self._companies(),
            types=self._types(),
            suppliers=self._suppliers(),
            document=self._document(),
            columns=self._columns(),
            required=self._required(),
        )

    def _columns(self):
        name = SQL(
            "CONCAT_WS(' ', type.name, COALESCE(document.number, p.complete_name))"
        )
        return SQL(
            """
            %s,
            type.id AS type_id,
            document.id AS document_id,
            document.date_from,
            document.date_to,
            COALESCE(document.is_valid, 0.0) AS is_valid,
            COALESCE(document.status, 'missing') AS status
            """,
            requirement_columns(
                SQL("type.id"), name, "supplier.document", SQL("document.id")
            ),
        )

    # ------------------------------------------------------------
    # What is asked
    # ------------------------------------------------------------

    def _companies(self):
        """The companies, the day on which each looks, and the day of its facts."""
        return SQL(
            """
            SELECT c.id, c.parent_path, today.day, LEAST(today.day, %(last)s) AS date
              FROM res_company c
              %(company_partner)s
             CROSS JOIN LATERAL (SELECT %(day)s AS day) today
             WHERE %(of_company)s
            """,
            company_partner=COMPANY_PARTNER,
            day=self._local_day(SQL("%s::timestamp", self.scope.last_instant)),
            last=SQL("%s::date", None if self.scope.is_open else self.scope.date_to),
            of_company=self._of_company(SQL("c.id")),
        )

    def _only(self, column):
        """Ask for the suppliers that the domain left over."""
        if self.partners is None:
            return SQL()
        return SQL("AND %s = ANY(%s::integer[])", SQL(column), self.partners)

    # ------------------------------------------------------------
    # Who must have what
    # ------------------------------------------------------------

    def _types(self):
        """The required types, each with what narrows it; NULL: nothing does."""
        return SQL(
            """
            SELECT t.id,
                   COALESCE(t.name->>%(lang)s, t.name->>'en_US') AS name,
                   NULLIF(ARRAY(
                       SELECT TO_JSONB(r.supplier_tier_id)
                         FROM supplier_document_type_supplier_tier_rel r
                        WHERE r.supplier_document_type_id = t.id), '{}') AS tier_ids,
                   NULLIF(ARRAY(
                       SELECT r.res_partner_category_id
                         FROM res_partner_category_supplier_document_type_rel r
                        WHERE r.supplier_document_type_id = t.id), '{}') AS tag_ids,
                   NULLIF(ARRAY(
                       SELECT r.res_country_id
                         FROM res_country_supplier_document_type_rel r
                        WHERE r.supplier_document_type_id = t.id), '{}') AS country_ids,
                   NULLIF(ARRAY(
                       SELECT below.id
                         FROM product_category_supplier_document_type_rel r
                         JOIN product_category above ON above.id = r.product_category_id
                         JOIN product_category below
                           ON below.parent_path LIKE above.parent_path || '%%'
                        WHERE r.supplier_document_type_id = t.id), '{}') AS categ_ids
              FROM supplier_document_type t
             WHERE t.active AND t.is_required
            """,
            lang=self.env.lang or "en_US",
        )

    def _suppliers(self):
        """Who a company ordered from, and who is known as a vendor.

        With each, the types that are required for what was ordered. A vendor that
        belongs to a company is one of this company and its branches.
        """
        return SQL(
            """
            SELECT source.company_id,
                   source.partner_id,
                   ARRAY_AGG(DISTINCT source.type_id) AS sold_type_ids
              FROM (SELECT c.id AS company_id,
                           p.id AS partner_id,
                           NULL::integer AS type_id
                      FROM res_partner p
                      JOIN company c
                        ON p.company_id IS NULL
                        OR '/' || c.parent_path LIKE '%%/' || p.company_id || '/%%'
                     WHERE p.commercial_partner_id = p.id
                       AND p.supplier_rank > 0 %(known)s
                     UNION ALL
                    SELECT DISTINCT o.company_id,
                           contact.commercial_partner_id,
                           NULL::integer
                      FROM purchase_order o
                      JOIN company ON company.id = o.company_id
                      JOIN res_partner contact ON contact.id = o.partner_id
                     WHERE o.state = 'purchase'
                       AND o.date_approve <= %(cutoff)s %(ordered)s
                     UNION ALL
                    %(sold)s) source
             GROUP BY source.company_id, source.partner_id
            """,
            cutoff=self.cutoff,
            known=self._only("p.id"),
            ordered=self._only("contact.commercial_partner_id"),
            sold=self._sold(),
        )

    def _sold(self):
        """Which types are required for what was ordered in the last 12 months.

        Not a single order is read when no type asks for it.
        """
        return SQL(
            """
            SELECT bought.company_id, bought.partner_id, type.id
              FROM (SELECT DISTINCT o.company_id,
                           contact.commercial_partner_id AS partner_id,
                           template.categ_id
                      FROM purchase_order o
                      JOIN company ON company.id = o.company_id
                      JOIN res_partner contact ON contact.id = o.partner_id
                      JOIN purchase_order_line l ON l.order_id = o.id
                      JOIN product_product product ON product.id = l.product_id
                      JOIN product_template template
                        ON template.id = product.product_tmpl_id
                     WHERE EXISTS (SELECT FROM type WHERE categ_ids IS NOT NULL)
                       AND template.categ_id IN (SELECT UNNEST(categ_ids) FROM type)
                       AND o.state = 'purchase'
                       AND o.date_approve <= %(cutoff)s
                       AND o.date_approve > %(cutoff)s::timestamp
                                            - INTERVAL '12 months'
                       AND l.product_qty > 0 %(only)s) bought
              JOIN type ON bought.categ_id = ANY(type.categ_ids)
            """,
            cutoff=self.cutoff,
            only=self._only("contact.commercial_partner_id"),
        )

    def _required(self):
        """Conditions combine with AND, the values of one with OR."""
        fallbacks = self.env["ir.default"]._get_field_column_fallbacks(
            "res.partner", "supplier_tier_id"
        )
        return SQL(
            """
                (type.categ_ids IS NULL OR type.id = ANY(supplier.sold_type_ids))
            AND (type.tier_ids IS NULL OR COALESCE(
                    p.supplier_tier_id->company.id::text,
                    %(fallbacks)s::jsonb->company.id::text) = ANY(type.tier_ids))
            AND (type.country_ids IS NULL OR p.country_id = ANY(type.country_ids))
            AND (type.tag_ids IS NULL OR EXISTS (
                    SELECT FROM res_partner_res_partner_category_rel tag
                     WHERE tag.partner_id = p.id
                       AND tag.category_id = ANY(type.tag_ids)))
            """,
            fallbacks=fallbacks,
        )

    # ------------------------------------------------------------
    # What there is
    # ------------------------------------------------------------

    def _document(self):
        """The best document of a company, supplier and type.

        A valid one first, and of these the one that is valid longest. A document of
        no company holds for each. It is verified once, from one instant to another at
        most, and does not change from then on: so this is what was known at the
        cut-off, whatever was verified, rejected or renewed since.
        """
        return SQL(
            """
            SELECT d.id, d.number, d.date_from, d.date_to, status.status,
                   CASE WHEN status.status = 'valid' THEN 1.0 ELSE 0.0 END AS is_valid
              FROM supplier_document d
             CROSS JOIN LATERAL (
                   SELECT CASE WHEN d.verification = 'rejected'
                                    AND (d.date_rejected IS NULL
                                         OR d.date_rejected <= %(cutoff)s)
                                    THEN 'rejected'
                               WHEN d.verification = 'to_verify'
                                    OR d.date_verified IS NULL
                                    OR d.date_verified > %(cutoff)s THEN 'to_verify'
                               WHEN d.date_from > company.day THEN 'not_yet'
                               WHEN d.date_to < company.day THEN 'expired'
                               ELSE 'valid' END AS status) status
             WHERE d.active
               AND d.commercial_partner_id = p.id
               AND d.type_id = type.id
               AND (d.company_id IS NULL
                    OR '/' || company.parent_path LIKE '%%/' || d.company_id || '/%%')
             ORDER BY status.status = 'valid' DESC,
                      COALESCE(d.date_to, 'infinity') DESC,
                      d.id DESC
             LIMIT 1
            """,
            cutoff=self.cutoff,
        )
