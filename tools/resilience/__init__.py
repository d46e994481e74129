"""The scheduled action, killed and run twice at once: real processes, real commits."""
