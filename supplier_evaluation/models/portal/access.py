from odoo import api, fields, models
from odoo.exceptions import MissingError
from odoo.fields import Domain

#: Which records a supplier's people may ever see, besides that they are their own.
SHOWN = {
    "supplier.scorecard": [
        ("state", "=", "published"),
        ("evaluation_id.template_id.is_in_portal", "=", True),
    ],
    "supplier.dispute": [],
    "supplier.document": [],
    "supplier.incident": [("is_in_portal", "=", True), ("state", "!=", "cancelled")],
    "supplier.corrective.action": [
        ("is_in_portal", "=", True),
        ("state", "!=", "cancelled"),
    ],
    "supplier.certification": [("is_in_portal", "=", True)],
    "supplier.contract": [
        ("is_in_portal", "=", True),
        ("state", "=", "in_force"),
    ],
    "supplier.demand": [("is_shared", "=", True), ("product_id.active", "=", True)],
    "supplier.meeting": [("is_in_portal", "=", True), ("state", "!=", "cancelled")],
    # Those that they sent; ours are for us.
    "supplier.idea": [("sent_text", "!=", False)],
}
#: What is shown for some time: of which records, on a day of the company.
SHOWN_ON = {
    # Until the next night, what is over is in force by its state.
    "supplier.contract": lambda day: (
        Domain("date_to", "=", False) | Domain("date_to", ">=", day)
    ),
    "supplier.demand": lambda day: Domain("month", ">=", day.replace(day=1)),
}
#: The field with the company that a record is about. A company below another one is a
#: supplier of its own.
COMPANY_OF_CONTACT = "partner_id.commercial_partner_id"
SUPPLIER = {
    "supplier.document": "commercial_partner_id",
    "supplier.incident": "commercial_partner_id",
    "supplier.contract": "commercial_partner_id",
    "supplier.idea": "commercial_partner_id",
    # Each of the parties.
    "supplier.meeting": "party_ids",
}
#: What is part of something else: it is seen with the whole.
PARTS = {
    "supplier.scorecard.line": "scorecard_id",
    "supplier.corrective.action.step": "action_id",
    "supplier.meeting.point": "meeting_id",
}
#: What stays in the portal when it is archived: they sent it, and read the answer.
ARCHIVED_TOO = ("supplier.idea",)
#: What has files that a supplier sees: those that it attached, and papers.
ANSWERED = (
    "supplier.contract",
    "supplier.dispute",
    "supplier.document",
    "supplier.idea",
    "supplier.incident",
    "supplier.corrective.action.step",
    "supplier.meeting.point",
)
#: Where the files that are theirs are those that the record names.
OF_RECORD = ("supplier.contract", "supplier.meeting.point")


class SupplierPortal(models.AbstractModel):
    """The one door through which the people of a supplier read.

    They have no right to any model of ours. What they see is searched here with all
    rights, among the records of their own company only, in the companies that their
    login is for, and is looked for again whenever an identifier comes from outside.
    """

    _name = "supplier.portal"
    _description = "Supplier Portal"

    # ------------------------------------------------------------
    # Who asks
    # ------------------------------------------------------------

    @api.model
    def _supplier(self):
        """Return the company of a portal user; of anybody else, nobody.

        :rtype: res.partner
        """
        user = self.env.user
        if not user._is_portal():
            return self.env["res.partner"].sudo()
        return user.sudo().partner_id.commercial_partner_id

    @api.model
    def _companies(self):
        """Return the companies whose supplier the user may be."""
        return self._companies_of(self.env.user)

    @api.model
    def _companies_of(self, user):
        """Return the companies in which a login sees anything.

        :param user: a portal user
        """
        companies = user.sudo().company_ids
        supplier = user.sudo().partner_id.commercial_partner_id
        return companies & supplier.company_id if supplier.company_id else companies

    @api.model
    def _supplies(self, supplier, company):
        """Whether a contact is a supplier of a company: customers log in as well.

        Nor is who was put into the archive, whoever can log in still.

        :param supplier: a commercial entity
        """
        supplier = supplier.sudo().with_company(company)
        if not supplier.active:
            return False
        if supplier.company_id and supplier.company_id != company:
            return False
        return bool(supplier.supplier_tier_id or supplier.supplier_is_vendor)

    @api.model
    def _has_pages(self):
        """Whether there is anything here for the user: for a supplier there is."""
        supplier = self._supplier()
        return any(
            self._supplies(supplier, company) for company in self._companies()
        ) or any(self._count(model) for model in SHOWN)

    # ------------------------------------------------------------
    # What is theirs
    # ------------------------------------------------------------

    @api.model
    def _domain(self, model):
        """Return the domain of what the user sees of a model; of others, nothing.

        :param str model: one of ``SHOWN``
        :rtype: Domain
        """
        supplier = self._supplier()
        if not supplier or model not in SHOWN:
            return Domain.FALSE
        return (
            Domain(SUPPLIER.get(model, COMPANY_OF_CONTACT), "in", supplier.ids)
            & self._domain_of_companies(model)
            & Domain(SHOWN[model])
        )

    def _domain_of_companies(self, model):
        """Return the domain of what the companies of the user show at this moment."""
        companies = self._companies()
        if model in SHOWN_ON:
            now = fields.Datetime.now()
            return Domain.OR(
                Domain("company_id", "=", company.id)
                & SHOWN_ON[model](company._supplier_day(now))
                for company in companies
            )
        # Papers without a company hold for all of them.
        shared = [False] if model == "supplier.document" else []
        return Domain("company_id", "in", [*companies.ids, *shared])

    @api.model
    def _find(self, model, domain=(), **options):
        """Return the records of a model that the user sees, with all rights.

        :param str model: one of ``SHOWN``
        :param domain: which of them
        :param options: of ``search``: order, limit, offset
        """
        records = self._all_of(model)
        return records.search(self._domain(model) & Domain(list(domain)), **options)

    @api.model
    def _count(self, model, domain=()):
        """Return how many the user sees."""
        records = self._all_of(model)
        return records.search_count(self._domain(model) & Domain(list(domain)))

    @api.model
    def _all_of(self, model):
        """Return a model with all rights, whose archived records are seen or not."""
        records = self.env[model].sudo()
        if model in ARCHIVED_TOO:
            records = records.with_context(active_test=False)
        return records

    @api.model
    def _get(self, model, record_id):
        """Return one record that the user sees, with all rights.

        :param int record_id: as it came from outside
        :raises MissingError: there is none, or it is of somebody else: the answer is
            the same
        """
        if model in PARTS:
            return self._get_part(model, record_id)
        record = self._find(model, [("id", "=", record_id)])
        return record or self._refuse()

    def _get_part(self, model, record_id):
        part = self.env[model].sudo().browse(record_id).exists()
        if not part:
            return self._refuse()
        whole = part[PARTS[model]]
        self._get(whole._name, whole.id)
        if model == "supplier.meeting.point" and not part._shown_to(self._supplier()):
            return self._refuse()
        return part

    def _refuse(self):
        raise MissingError(self.env._("There is no such page."))

    # ------------------------------------------------------------
    # Files
    # ------------------------------------------------------------

    @api.model
    def _files(self, record):
        """Return the files of one record that the user sees; see :meth:`_files_of`."""
        return self._files_of(record)[record.id]

    @api.model
    def _files_of(self, records):
        """Return the files that the user sees, by the numbers of their records.

        These are what people of the supplier sent, the paper of a document, and the
        files of a contract or of a topic of a meeting. What we attached for ourselves
        is not theirs.

        :param records: some of what :meth:`_get` returns, of one model
        :rtype: dict[int, ir.attachment]
        """
        files = self.env["ir.attachment"].sudo()
        found = files.search(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                "|",
                ("res_field", "=", False),
                ("res_field", "=", "file"),
            ]
        )
        if records._name in OF_RECORD:
            # Of all at once, before each is looked at.
            records.mapped("file_ids")
        own = found.filtered(self._is_theirs).grouped(lambda file: file.res_id)
        return {record.id: own.get(record.id, files) for record in records}

    @api.model
    def _get_file(self, file_id):
        """Return one file that the user sees.

        :raises MissingError: there is none, or it is of somebody else
        """
        file = self.env["ir.attachment"].sudo().browse(file_id).exists()
        if not file or file.res_model not in ANSWERED or file.type != "binary":
            self._refuse()
        self._get(file.res_model, file.res_id)
        return file if self._is_theirs(file) else self._refuse()

    @api.model
    def _file_name(self, file):
        """Return how a file is called that the user sees.

        Odoo calls the file of a field by the name of the field.
        """
        if not file.res_field:
            return file.name
        return self.env[file.res_model].sudo().browse(file.res_id).filename or file.name

    def _is_theirs(self, file):
        """Whether somebody of the supplier sent it, or it is the paper itself."""
        if file.res_model in OF_RECORD:
            record = self.env[file.res_model].sudo().browse(file.res_id)
            return file in record.file_ids
        if file.res_field:
            return file.res_model == "supplier.document" and file.res_field == "file"
        sender = file.create_uid
        return (
            sender.share and sender.partner_id.commercial_partner_id == self._supplier()
        )
