"""Stories of the office, played in a real browser."""
