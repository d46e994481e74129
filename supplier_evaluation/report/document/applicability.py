"""Whom a requirement concerns: a document type, or a certification programme."""

from odoo.tools import SQL

# What is read of suppliers and of what was ordered from them, for ``_depends``.
SUPPLIERS_READ = {
    "res.partner": [
        "commercial_partner_id",
        "company_id",
        "complete_name",
        "country_id",
        "supplier_rank",
        "supplier_tier_id",
        "tz",
    ],
    "res.company": ["parent_path", "partner_id"],
    "purchase.order": ["company_id", "date_approve", "partner_id", "state"],
    "purchase.order.line": ["order_id", "product_id", "product_qty"],
    "product.product": ["product_tmpl_id"],
    "product.template": ["categ_id"],
    "product.category": ["parent_path"],
}


class Applicability:
    """Tells in SQL which suppliers which requirements concern.

    A requirement says itself what narrows it: tiers, tags and countries of suppliers,
    categories of what was ordered from them. Conditions combine with AND, the values
    of one with OR.

    What it returns are parts of one query, which calls them ``company`` (with ``id``
    and ``parent_path``), ``type`` and ``supplier``, and the supplier's partner ``p``.

    :param requirements: model of what is required
    :param SQL condition: which of them, ``t``, are in force
    :param datetime cutoff: nothing that was ordered later is looked at
    :param partners: ids of the suppliers that are asked for; None: all
    :param SQL further: another condition on ``p`` and ``type``
    """

    def __init__(self, requirements, condition, cutoff, partners=None, further=None):
        self.requirements = requirements
        self.condition = condition
        self.cutoff = cutoff
        self.partners = partners
        self.further = further or SQL("TRUE")

    def types(self):
        """The requirements, each with what narrows it; NULL: nothing does."""
        return SQL(
            """
            SELECT t.id,
                   %(company)s AS company_id,
                   COALESCE(t.name->>%(lang)s, t.name->>'en_US') AS name,
                   %(tiers)s AS tier_ids,
                   %(tags)s AS tag_ids,
                   %(countries)s AS country_ids,
                   %(categories)s AS categ_ids
              FROM %(table)s t
             WHERE %(condition)s
            """,
            company=SQL("t.company_id" if self._has("company_id") else "NULL::integer"),
            lang=self.requirements.env.lang or "en_US",
            # As the tier of a supplier is stored, which depends on the company.
            tiers=self._narrowed("tier_ids", SQL("TO_JSONB(chosen.id)")),
            tags=self._narrowed("category_ids", SQL("chosen.id")),
            countries=self._narrowed("country_ids", SQL("chosen.id")),
            categories=self._narrowed(
                "product_category_ids",
                SQL("below.id"),
                SQL(
                    """
                    JOIN product_category above ON above.id = chosen.id
                    JOIN product_category below
                      ON below.parent_path LIKE above.parent_path || '%%'
                    """
                ),
            ),
            table=SQL.identifier(self.requirements._table),
            condition=self.condition,
        )

    def _has(self, fname):
        return fname in self.requirements._fields

    def _narrowed(self, fname, value, joins=None):
        """The values by which a requirement ``t`` is narrowed, NULL if by none."""
        if not self._has(fname):
            return SQL("NULL::integer[]")
        field = self.requirements._fields[fname]
        return SQL(
            """
            NULLIF(ARRAY(
                SELECT %(value)s
                  FROM (SELECT %(theirs)s AS id FROM %(relation)s
                         WHERE %(own)s = t.id) chosen
                  %(joins)s), '{}')
            """,
            value=value,
            theirs=SQL.identifier(field.column2),
            relation=SQL.identifier(field.relation),
            own=SQL.identifier(field.column1),
            joins=joins or SQL(),
        )

    # ------------------------------------------------------------
    # Suppliers, each with the types required for what was ordered of it
    # ------------------------------------------------------------

    def suppliers(self):
        """Who a company ordered from, and who is known as a vendor.

        A vendor that belongs to a company is one of this company and its branches.
        """
        return self._with_types(
            SQL(
                """
                SELECT c.id AS company_id,
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
                """,
                cutoff=self.cutoff,
                known=self._only("p.id"),
                ordered=self._only("contact.commercial_partner_id"),
            )
        )

    def asked(self):
        """The suppliers that are asked for, whether or not they were ordered from."""
        return self._with_types(
            SQL(
                """
                SELECT company.id AS company_id,
                       asked.id AS partner_id,
                       NULL::integer AS type_id
                  FROM company, UNNEST(%s::integer[]) AS asked (id)
                """,
                self.partners,
            )
        )

    def _with_types(self, suppliers):
        return SQL(
            """
            SELECT source.company_id,
                   source.partner_id,
                   ARRAY_AGG(DISTINCT source.type_id) AS sold_type_ids
              FROM (%s UNION ALL %s) source
             GROUP BY source.company_id, source.partner_id
            """,
            suppliers,
            self._sold(),
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

    def _only(self, column):
        """Every part asks for these itself: a grouping carries no condition down."""
        if self.partners is None:
            return SQL()
        return SQL("AND %s = ANY(%s::integer[])", SQL(column), self.partners)

    # ------------------------------------------------------------
    # Who needs what
    # ------------------------------------------------------------

    def concerns(self):
        """Whether a ``type`` concerns a ``supplier`` of a ``company``."""
        fallbacks = self.requirements.env["ir.default"]._get_field_column_fallbacks(
            "res.partner", "supplier_tier_id"
        )
        return SQL(
            """
                (type.company_id IS NULL OR type.company_id = company.id)
            AND (type.categ_ids IS NULL OR type.id = ANY(supplier.sold_type_ids))
            AND (type.tier_ids IS NULL OR COALESCE(
                    p.supplier_tier_id->company.id::text,
                    %(fallbacks)s::jsonb->company.id::text) = ANY(type.tier_ids))
            AND (type.country_ids IS NULL OR p.country_id = ANY(type.country_ids))
            AND (type.tag_ids IS NULL OR EXISTS (
                    SELECT FROM res_partner_res_partner_category_rel tag
                     WHERE tag.partner_id = p.id
                       AND tag.category_id = ANY(type.tag_ids)))
            AND %(further)s
            """,
            fallbacks=fallbacks,
            further=self.further,
        )
