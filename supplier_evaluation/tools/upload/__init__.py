"""What is sent to us as a file."""
