from odoo import api, fields, models
from odoo.fields import Domain

from ...matching import Known, Party
from ...tools.scheduled import Work, run_scheduled
from .supplier_application import OPEN

BATCH = 200
#: More would be read by nobody.
MOST = 10


class SupplierApplication(models.Model):
    """Whom an application looks like: vendors, and other applications."""

    _inherit = "supplier.application"

    candidate_ids = fields.One2many(
        "supplier.application.candidate",
        "application_id",
        string="Possible Duplicates",
        readonly=True,
    )
    is_compared = fields.Boolean(
        readonly=True,
        copy=False,
        help="It was looked for suppliers that it may be.",
    )
    candidate_count = fields.Integer(
        string="Number of Duplicates", compute="_compute_candidate_count"
    )

    @api.model
    def _guarded_fields(self):
        return super()._guarded_fields() | {"is_compared", "candidate_ids"}

    @api.depends("candidate_ids")
    def _compute_candidate_count(self):
        counts = dict(
            self.env["supplier.application.candidate"]._read_group(
                [("application_id", "in", self.ids)], ["application_id"], ["__count"]
            )
        )
        for application in self:
            application.candidate_count = counts.get(application._origin, 0)

    def action_compare(self):
        """Look again whom the applications look like."""
        self.check_access("write")
        self._check_change()
        self._compare()

    @api.model
    def _cron_compare(self):
        """Find whom new applications look like.

        :raises Exception: the error of one that failed, when the others are done
        """
        domain = [("state", "in", OPEN), ("is_compared", "=", False)]
        run_scheduled(
            self.env,
            Work(
                "Duplicates of applications",
                self.search(domain),
                lambda applications: applications.exists()._compare(),
                size=BATCH,
            ),
        )

    def _compare(self):
        """Find the candidates anew, for many with as many statements as for one.

        Who looks at the application sees them; whether a user may open the vendor is
        another matter.
        """
        for company, applications in self.sudo().grouped("company_id").items():
            vendors = Known(self._known_vendors(company))
            others = Known(self._open_applications(company)._as_parties())
            vals_list = []
            for application in applications:
                party = application._as_party()
                known = vendors.candidates(party)[:MOST]
                twins = others.candidates(party)[:MOST]
                rows = [("partner_id", one) for one in known]
                rows += [("twin_id", one) for one in twins]
                vals_list += [
                    {
                        "application_id": application.id,
                        "sequence": sequence,
                        fname: one.key if fname == "partner_id" else one.key[1],
                        "reasons": ",".join(one.reasons),
                    }
                    for sequence, (fname, one) in enumerate(rows)
                ]
            applications.candidate_ids.unlink()
            applications.candidate_ids.create(vals_list)
        self.sudo()._write_guarded({"is_compared": True})

    def _as_parties(self):
        return [application._as_party() for application in self]

    def _as_party(self):
        self.ensure_one()
        return Party(
            ("application", self.id),
            name=self.company_name or "",
            country=self.country_id.code or "",
            registry=self.registry_number or "",
            tax_id=self.tax_id or "",
            phones=tuple(filter(None, [self.phone])),
            mails=tuple(filter(None, [self.email])),
        )

    @api.model
    def _open_applications(self, company):
        domain = [("company_id", "=", company.id), ("state", "in", OPEN)]
        return self.sudo().search(domain)

    @api.model
    def _known_vendors(self, company):
        """Return the vendors of a company as parties, with those of their contacts.

        Archived ones are known, too.
        """
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        own = Domain("company_id", "in", [False, company.id])
        names = ("name", "vat", "company_registry", "phone", "email")
        vendors = partners.search_fetch(
            own & Domain("supplier_rank", ">", 0) & Domain("parent_id", "=", False),
            [*names, "country_id"],
        )
        contacts = partners.search_fetch(
            own & Domain("commercial_partner_id", "in", vendors.ids),
            ["phone", "email", "commercial_partner_id"],
        ).grouped("commercial_partner_id")
        parties = []
        for vendor in vendors:
            people = vendor | contacts.get(vendor, partners)
            parties.append(
                Party(
                    vendor.id,
                    name=vendor.name or "",
                    country=vendor.country_id.code or "",
                    registry=vendor.company_registry or "",
                    tax_id=vendor.vat or "",
                    phones=tuple(filter(None, people.mapped("phone"))),
                    mails=tuple(filter(None, people.mapped("email"))),
                )
            )
        return parties
