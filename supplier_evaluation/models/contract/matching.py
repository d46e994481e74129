"""Which contract line an order line is under: read for all orders at once."""

from collections import defaultdict

from odoo.fields import Domain

from .supplier_contract import HELD


class ContractBook:
    """The contracts of some suppliers in some companies, as they count on days.

    :param env: with full rights
    :param companies: of the orders
    :param vendors: commercial partners
    :param products: what is asked about; by default, everything
    """

    def __init__(self, env, companies, vendors, products=None):
        lines = env["supplier.contract.line"].with_context(active_test=False)
        domain = Domain(
            [
                ("contract_id.company_id", "in", companies.ids),
                ("contract_id.commercial_partner_id", "in", vendors.ids),
                ("contract_id.state", "in", HELD),
            ]
        )
        if products is not None:
            categories = {up for path in _paths(products) for up in path}
            domain &= Domain("product_id", "in", products.ids) | Domain(
                "categ_id", "in", list(categories)
            )
        self._lines = defaultdict(list)
        for line in lines.search(domain):
            contract = line.contract_id
            party = contract.company_id, contract.commercial_partner_id
            self._lines[party, line._thing()].append(line)

    def line_for(self, company, vendor, product, day):
        """Return the contract line that counts for a product on a day, or None.

        The line of the product counts, else that of its nearest category; of versions
        of one contract, the one of the day.
        """
        [path] = _paths(product)
        things = [(product.id, False), *((False, up) for up in reversed(path))]
        for thing in things:
            counting = [
                line
                for line in self._lines.get(((company, vendor), thing), ())
                if line.contract_id._counts_on(day)
            ]
            if counting:
                return max(counting, key=lambda line: line.contract_id.id)
        return None


def _paths(products):
    """Return the categories of each product, from the highest, by their ids."""
    return [
        [int(part) for part in (product.categ_id.parent_path or "").split("/") if part]
        for product in products
    ]
