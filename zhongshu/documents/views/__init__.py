"""Screens of the 办文 room, one file a subject."""
