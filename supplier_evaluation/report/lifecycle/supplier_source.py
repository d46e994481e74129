from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.actions import open_records
from ..fact.ids import IdCodec
from ..fact.query import company_of, days_of_companies, own_day

MONTHS = 24
# A row's product, supplier and company. With 23 and 9 bits for the last two, 21 are
# left for the product, of the 53 that a browser holds exactly.
SOURCE_IDS = IdCodec(2**23, 2**9)


class SupplierSource(models.Model):
    """From whom a company buys a product, or could: one row per product and supplier.

    What was ordered in the last 24 months, and the price lists of vendors that are
    not over. Archived products and vendors are left out.
    """

    _name = "supplier.source"
    _description = "Source of a Product"
    _order = "approved_count, product_id, is_approved desc, order_count desc, id"
    _rec_name = "product_id"
    _auto = False
    _depends = {
        "purchase.order": ["company_id", "date_approve", "partner_id", "state"],
        "purchase.order.line": ["order_id", "product_id", "product_qty"],
        "product.supplierinfo": [
            "company_id",
            "date_end",
            "partner_id",
            "product_id",
            "product_tmpl_id",
        ],
        "product.product": ["active", "product_tmpl_id"],
        "product.template": ["active", "categ_id", "company_id"],
        "res.company": ["parent_path", "partner_id"],
        "res.partner": [
            "active",
            "commercial_partner_id",
            "supplier_grade_id",
            "supplier_score_provisional",
            "supplier_stage_id",
            "tz",
        ],
        "supplier.stage": ["is_source"],
    }

    product_id = fields.Many2one("product.product", readonly=True)
    product_tmpl_id = fields.Many2one(
        "product.template", string="Product Template", readonly=True
    )
    categ_id = fields.Many2one(
        "product.category", string="Product Category", readonly=True
    )
    partner_id = fields.Many2one("res.partner", string="Supplier", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    stage_id = fields.Many2one("supplier.stage", readonly=True)
    grade_id = fields.Many2one("supplier.grade", readonly=True)
    grade_color = fields.Integer(related="grade_id.color")
    provisional = fields.Boolean(readonly=True)
    is_approved = fields.Boolean(
        string="Approved Source",
        readonly=True,
        help="The supplier is in a stage that counts as an approved source.",
    )
    has_pricelist = fields.Boolean(
        string="On the Price List",
        readonly=True,
        help="The supplier is on the product's list of vendors.",
    )
    order_count = fields.Integer(
        string="Orders", readonly=True, help="Orders of the last 24 months."
    )
    date_last_order = fields.Date(string="Last Order", readonly=True)
    approved_count = fields.Integer(
        string="Approved Sources",
        readonly=True,
        aggregator="max",
        help="How many approved sources the product has in this company.",
    )
    source_count = fields.Integer(
        string="Sources",
        readonly=True,
        aggregator="max",
        help="How many suppliers were ordered from or are on the price list.",
    )

    @property
    def _table_query(self) -> SQL:
        return SQL(
            """
            SELECT source.*,
                   (COUNT(*) FILTER (WHERE source.is_approved)
                       OVER (PARTITION BY source.company_id, source.product_id)
                   )::integer AS approved_count,
                   (COUNT(*)
                       OVER (PARTITION BY source.company_id, source.product_id)
                   )::integer AS source_count
              FROM (%(sources)s) source
            """,
            sources=self._sources(),
        )

    def _sources(self):
        """Where a vendor stands today, with each product it sells."""
        return SQL(
            """
            SELECT %(id)s AS id,
                   row.product_id,
                   row.product_tmpl_id,
                   row.categ_id,
                   row.partner_id,
                   row.company_id,
                   row.has_pricelist,
                   row.order_count,
                   row.date_last_order,
                   stage.id AS stage_id,
                   COALESCE(stage.is_source, FALSE) AS is_approved,
                   %(grade)s::integer AS grade_id,
                   COALESCE(%(provisional)s::boolean, FALSE) AS provisional
              FROM (%(rows)s) row
              JOIN res_partner vendor ON vendor.id = row.partner_id AND vendor.active
              LEFT JOIN supplier_stage stage ON stage.id = %(stage)s::integer
            """,
            id=SOURCE_IDS.sql(
                SQL("row.product_id"), SQL("row.partner_id"), SQL("row.company_id")
            ),
            grade=self._company_value("supplier_grade_id"),
            provisional=self._company_value("supplier_score_provisional"),
            stage=self._company_value("supplier_stage_id"),
            rows=self._rows(),
        )

    def _company_value(self, name):
        """The vendor's value of a company-dependent field in the row's company."""
        fallbacks = self.env["ir.default"]._get_field_column_fallbacks(
            "res.partner", name
        )
        return SQL(
            "COALESCE(vendor.%(column)s->>row.company_id::text,"
            " %(fallbacks)s::jsonb->>row.company_id::text)",
            column=SQL.identifier(name),
            fallbacks=fallbacks,
        )

    def _rows(self):
        """One row per product, supplier and company.

        Conditions on these three are carried down to the orders and price lists.
        """
        return SQL(
            """
            SELECT part.product_id,
                   part.product_tmpl_id,
                   part.categ_id,
                   part.partner_id,
                   part.company_id,
                   BOOL_OR(part.order_id IS NULL) AS has_pricelist,
                   COUNT(DISTINCT part.order_id)::integer AS order_count,
                   MAX(part.day) AS date_last_order
              FROM (%(orders)s UNION ALL %(pricelists)s) part
             GROUP BY part.product_id, part.product_tmpl_id, part.categ_id,
                      part.partner_id, part.company_id
            """,
            orders=self._orders(),
            pricelists=self._pricelists(),
        )

    def _orders(self):
        return SQL(
            """
            SELECT line.product_id,
                   product.product_tmpl_id,
                   template.categ_id,
                   contact.commercial_partner_id AS partner_id,
                   purchase.company_id,
                   purchase.id AS order_id,
                   (purchase.date_approve AT TIME ZONE 'UTC'
                    AT TIME ZONE COALESCE(company_partner.tz, 'UTC'))::date AS day
              FROM purchase_order_line line
              JOIN purchase_order purchase ON purchase.id = line.order_id
              JOIN product_product product
                ON product.id = line.product_id AND product.active
              JOIN product_template template
                ON template.id = product.product_tmpl_id AND template.active
              JOIN res_partner contact ON contact.id = purchase.partner_id
              %(company)s
             WHERE purchase.state = 'purchase'
               AND purchase.date_approve >= %(start)s
               AND line.product_qty > 0 %(only)s
            """,
            company=company_of(SQL("purchase.company_id")),
            start=fields.Datetime.now() - relativedelta(months=MONTHS),
            only=self._only("line.product_id"),
        )

    def _pricelists(self):
        """A price list without a company holds for all that may use the product."""
        return SQL(
            """
            SELECT product.id AS product_id,
                   template.id AS product_tmpl_id,
                   template.categ_id,
                   contact.commercial_partner_id AS partner_id,
                   company.id AS company_id,
                   NULL::integer AS order_id,
                   NULL::date AS day
              FROM product_supplierinfo price
              JOIN product_template template
                ON template.id = price.product_tmpl_id AND template.active
              JOIN product_product product
                ON product.product_tmpl_id = template.id
               AND product.active
               AND (price.product_id IS NULL OR price.product_id = product.id)
              JOIN res_partner contact ON contact.id = price.partner_id
              JOIN res_company company
                ON (price.company_id IS NULL
                    OR '/' || company.parent_path
                       LIKE '%%/' || price.company_id || '/%%')
               AND (template.company_id IS NULL
                    OR '/' || company.parent_path
                       LIKE '%%/' || template.company_id || '/%%')
             WHERE (price.date_end IS NULL OR price.date_end >= %(today)s) %(only)s
            """,
            today=own_day(
                days_of_companies(self.env, fields.Datetime.now()), SQL("company.id")
            ),
            only=self._only("product.id"),
        )

    def _only(self, column):
        """Reading rows: only the products in question have to be looked at."""
        if not self.ids:
            return SQL()
        products = sorted({SOURCE_IDS.decode(source_id)[0] for source_id in self.ids})
        return SQL("AND %s = ANY(%s::integer[])", SQL(column), products)

    # ------------------------------------------------------------
    # For suppliers and products
    # ------------------------------------------------------------

    @api.model
    def _alternatives_to(self, partner, company):
        """Return the approved sources of what a supplier sells, but itself.

        :param partner: a commercial entity
        :param company: the company that buys
        """
        own = self.search(
            [("company_id", "=", company.id), ("partner_id", "=", partner.id)]
        )
        return self.search(
            [
                ("company_id", "=", company.id),
                ("product_id", "in", own.product_id.ids),
                ("partner_id", "!=", partner.id),
                ("is_approved", "=", True),
            ]
        )

    def _count_approved(self, products, field):
        """Count the approved suppliers of products, in one statement.

        :param field: by which field of a source the products are found
        :return: ``{product: count}``, in the current company
        """
        return dict(
            self._read_group(
                [
                    (field, "in", products.ids),
                    ("company_id", "=", self.env.company.id),
                    ("is_approved", "=", True),
                ],
                [field],
                ["partner_id:count_distinct"],
            )
        )

    def _action_list(self, domain):
        return open_records(
            self.env, "supplier_evaluation.supplier_source_action", domain
        )

    def action_open_supplier(self):
        """Open the supplier of the row."""
        self.ensure_one()
        return self.partner_id.get_formview_action()
