# tier
