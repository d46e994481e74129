"""What ``./dev`` is made of. Standard library only: nothing is installed yet."""
