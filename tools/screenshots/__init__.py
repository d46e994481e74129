"""Pictures of the main screens, in every language of the demo, wide and narrow."""
