"""A year of the office: what became of every paper, written in bulk from moulds that the real acts have made."""
