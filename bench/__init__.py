"""Measurements: `python -m bench --help`. They print JSON and never judge."""
