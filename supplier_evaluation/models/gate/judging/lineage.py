"""A company and those above it: what they decide holds in the company, too."""

from ...certification.status import holding_statuses, prevailing_status, status_on


class Lineage:
    """Reads what a company and all above it say of vendors.

    What is returned is in the context of the company that says so.

    :param company: whose orders are judged, in an environment that may read all
    """

    def __init__(self, company):
        self.company = company
        # The company itself, then always the next one above it.
        self.companies = company.parent_ids[::-1] or company
        self.above = self.companies[1:]
        self._days = {}

    def is_above(self, company):
        return company != self.company

    def levels(self, vendor):
        """Return the vendor as each company sees it that gave it a stage.

        The first one is the company itself, whether it gave one or not.
        """
        seen = (vendor.with_company(company) for company in self.above)
        return [
            vendor.with_company(self.company),
            *(one for one in seen if one.supplier_stage_id),
        ]

    def has_stage(self, vendor):
        """Whether a company gave the vendor a stage."""
        return any(level.supplier_stage_id for level in self.levels(vendor))

    def ended_by(self, owner_id):
        """Return the ids of the companies whose policies an exception ends.

        Policies of all companies are those of False. What a branch excepts does not
        bind the companies above it.

        :param owner_id: whose exception it is; False: of all companies
        """
        ids = list(self.companies.ids)
        ended = ids[: ids.index(owner_id) + 1] if owner_id else ids
        return {False, *ended}

    def certifications(self, vendors):
        """Return what was applied for or granted to vendors, in one query.

        Archived certifications still have consequences, as on the vendor.

        :return: ``{vendor id: certifications}``, without those who have none
        """
        everything = self.company.env["supplier.certification"]
        found = everything.with_context(active_test=False).search_fetch(
            [
                ("company_id", "in", self.companies.ids),
                ("partner_id", "in", vendors.ids),
                ("state", "!=", "draft"),
            ],
            [
                "partner_id",
                "company_id",
                "state",
                "date_from",
                "date_to",
                "category_ids",
            ],
        )
        return {vendor.id: own for vendor, own in found.grouped("partner_id").items()}

    def statuses(self, certifications, now):
        """Return what certifications say of their vendor, and who says so.

        :param certifications: those of one vendor, in whatever company
        :param datetime now: the day of each company counts
        :return: pairs of status and company that hold in the company, never empty
        """
        by_company = certifications.grouped("company_id")
        statuses = []
        for company in self.companies:
            day = self._day_of(company, now)
            own = by_company.get(company, ())
            statuses.append(
                prevailing_status(
                    status_on(day, one.state, one.date_from, one.date_to) for one in own
                )
            )
        return holding_statuses(list(zip(statuses, self.companies, strict=True)))

    def _day_of(self, company, now):
        """Return the day in a company; many order lines ask for the same."""
        key = company.id, now
        if key not in self._days:
            self._days[key] = company._supplier_day(now)
        return self._days[key]

    def at(self, text, company):
        """Return what is said of a vendor, with the company above that says it."""
        if not self.is_above(company):
            return text
        return self.company.env._(
            "%(criterion)s at %(company)s", criterion=text, company=company.name
        )

    def named(self, policy):
        """Return the name of a policy, with the company above that made it."""
        owner = policy.company_id
        if not owner or not self.is_above(owner):
            return policy.name
        return self.company.env._(
            "%(policy)s (policy of %(company)s)", policy=policy.name, company=owner.name
        )
