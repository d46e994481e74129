from stdnum.cn import uscc

LENGTH = 18


def migrate(cr, version):
    """Store of partners what Odoo would compute one by one for all of them.

    Region groups come with the data of this version, and each of them finds its
    partners in one statement. Of registry numbers only those of China are looked at.
    """
    cr.execute(
        """
        ALTER TABLE res_partner
          ADD COLUMN IF NOT EXISTS supplier_region_group_id integer,
          ADD COLUMN IF NOT EXISTS supplier_registry_wrong boolean DEFAULT FALSE;
        ALTER TABLE res_partner
          ALTER COLUMN supplier_registry_wrong DROP DEFAULT
        """
    )
    cr.execute(
        """
        SELECT partner.id, partner.company_registry
          FROM res_partner partner
          JOIN res_country country ON country.id = partner.country_id
         WHERE country.code = 'CN' AND LENGTH(partner.company_registry) >= %s
        """,
        [LENGTH],
    )
    wrong = [partner_id for partner_id, number in cr.fetchall() if _is_wrong(number)]
    cr.execute(
        "UPDATE res_partner SET supplier_registry_wrong = TRUE WHERE id = ANY(%s)",
        [wrong],
    )


def _is_wrong(number):
    """Whether a number of 18 characters ends with another digit than it should."""
    number = uscc.compact(number)
    if len(number) != LENGTH:
        return False
    try:
        return uscc.calc_check_digit(number[:-1]) != number[-1]
    except ValueError:
        return True
