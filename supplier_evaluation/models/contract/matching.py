"""Which contract line an order line is under: read for all orders at once."""

from collections import defaultdict

from .supplier_contract import HELD


class ContractBook:
    """The contracts of some suppliers in some companies, as they count on days.

    :param env: with full rights
    :param companies: of the orders
    :param vendors: commercial partners
    """

    def __init__(self, env, companies, vendors):
        contracts = env["supplier.contract"].with_context(active_test=False)
        found = contracts.search(
            [
                ("company_id", "in", companies.ids),
                ("commercial_partner_id", "in", vendors.ids),
                ("state", "in", HELD),
            ]
        )
        # Read for all together what is looked at line by line.
        found.line_ids.categ_id.mapped("parent_path")
        self._contracts = defaultdict(found.browse)
        for contract in found:
            key = contract.company_id, contract.commercial_partner_id
            self._contracts[key] |= contract

    def line_for(self, company, vendor, product, day):
        """Return the contract line that counts for a product on a day, or None.

        The line of the product counts, else that of its nearest category; of versions
        of one contract, the one of the day.
        """
        lines = [
            line
            for contract in self._contracts[company, vendor]
            if contract._counts_on(day)
            for line in contract.line_ids
            if line._covers(product)
        ]
        return max(lines, key=_nearness, default=None)


def _nearness(line):
    depth = len(line.categ_id.parent_path or "")
    return bool(line.product_id), depth, line.contract_id.id
