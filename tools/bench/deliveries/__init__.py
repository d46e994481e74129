"""Forecasts of late deliveries, tried on a file of real ones."""
