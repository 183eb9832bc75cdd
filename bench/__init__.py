"""Measures, for whoever wants to check what the README says."""
