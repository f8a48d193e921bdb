"""Believable incoming papers of a county office, made from a seed."""
