# tiers: proposed, confirmed, seen in a matrix
