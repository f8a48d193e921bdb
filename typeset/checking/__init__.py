"""Checks the layout of official papers against a rule profile; one finding a figure."""
