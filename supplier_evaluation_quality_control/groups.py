"""The group of OCA's quality control that works with its inspections."""

QUALITY_GROUP = "quality_control_oca.group_quality_control_user"
