"""Screens of the archive."""
