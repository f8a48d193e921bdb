"""Screens of the engine: the verbs' dialogs for every room, and the drawing board of procedures."""
