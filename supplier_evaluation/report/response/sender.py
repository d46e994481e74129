"""The SQL of who wrote a message ``m`` to us, by its ``sender.address``.

``document.partner_id`` is the supplier that was asked.
"""

from odoo.tools import SQL

from odoo.addons.iap.tools.iap_tools import _MAIL_DOMAIN_BLACKLIST

from ...matching.mail import FREE_DOMAINS, NOBODY

# Everybody can have an address there, so it says nothing of who somebody works for.
PUBLIC_DOMAINS = sorted(
    FREE_DOMAINS
    | {domain.strip() for domain in _MAIL_DOMAIN_BLACKLIST}
    | {f"vip.{domain.strip()}" for domain in _MAIL_DOMAIN_BLACKLIST}
)
# The address in what a mail says of its sender, and the domains in a partner's.
ADDRESS = r"[^\s<>\"\',;:]+@[[:alnum:].-]+"
DOMAIN = "@([[:alnum:].-]+)"

IS_NOBODY = SQL("sender.address ~ %s", NOBODY)
SENDER_DOMAIN = SQL("SPLIT_PART(sender.address, '@', 2)")
IS_THEIR_ADDRESS = SQL(
    """
    EXISTS (SELECT FROM res_partner c
             WHERE c.commercial_partner_id = document.partner_id
               AND c.email_normalized = sender.address)
    """
)


def _has_domain(emails):
    """Whether the sender's domain is one of some addresses, or below it.

    :param SQL emails: query of texts with addresses
    """
    return SQL(
        """
        EXISTS (SELECT FROM (%(emails)s) known (email),
                       REGEXP_MATCHES(LOWER(known.email), %(pattern)s, 'g') found
                 WHERE found[1] <> ALL(%(public)s)
                   AND (%(domain)s = found[1]
                        OR RIGHT(%(domain)s, LENGTH(found[1]) + 1) = '.' || found[1]))
        """,
        emails=emails,
        pattern=DOMAIN,
        public=PUBLIC_DOMAINS,
        domain=SENDER_DOMAIN,
    )


IS_THEIR_DOMAIN = _has_domain(
    SQL(
        """
        SELECT c.email FROM res_partner c
         WHERE c.commercial_partner_id = document.partner_id
        """
    )
)
IS_OUR_DOMAIN = _has_domain(
    SQL(
        """
        SELECT p.email FROM res_company own JOIN res_partner p ON p.id = own.partner_id
         UNION ALL
        SELECT '@' || name FROM mail_alias_domain
        """
    )
)
