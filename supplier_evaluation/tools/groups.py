"""The groups of this add-on, named once, and who is in one."""

from odoo.fields import Domain

USER_GROUP = "supplier_evaluation.group_supplier_evaluation_user"
REVIEWER_GROUP = "supplier_evaluation.group_supplier_evaluation_reviewer"
APPROVER_GROUP = "supplier_evaluation.group_supplier_evaluation_approver"
MANAGER_GROUP = "supplier_evaluation.group_supplier_evaluation_manager"

# With which others a field of Odoo's own records is read that only these groups see:
# with all others, Odoo would ask at every read, of each, whether the user may.
OWN_PREFETCH = "supplier_evaluation"


def holders_of(env, group, companies):
    """Return the domain of the people of companies who have a right.

    :param env: any environment
    :param str group: its external id
    :param companies: one of them is enough
    :rtype: Domain
    """
    return Domain(
        [
            ("share", "=", False),
            ("all_group_ids", "in", env.ref(group).ids),
            ("company_ids", "in", companies.ids),
        ]
    )
