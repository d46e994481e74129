"""The commands of ``./dev``, one module each (see `tools.cli`)."""
