# corrective action (8D)
