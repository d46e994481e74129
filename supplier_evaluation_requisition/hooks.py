def uninstall_hook(env):
    """Leave nothing behind, not even the names of what goes."""
