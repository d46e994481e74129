# corrective
