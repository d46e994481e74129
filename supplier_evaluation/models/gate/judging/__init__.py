"""What a verdict on an order rests on, beside the policies themselves."""
