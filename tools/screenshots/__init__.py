"""Pictures for the manual and the README: a county of its own, walked through in a real browser."""
