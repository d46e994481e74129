"""The groups of this add-on, named once."""

USER_GROUP = "supplier_evaluation.group_supplier_evaluation_user"
REVIEWER_GROUP = "supplier_evaluation.group_supplier_evaluation_reviewer"
APPROVER_GROUP = "supplier_evaluation.group_supplier_evaluation_approver"
MANAGER_GROUP = "supplier_evaluation.group_supplier_evaluation_manager"
