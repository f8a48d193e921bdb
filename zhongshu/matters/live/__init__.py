"""Live news: a small process beside the pages that tells open browsers when to look again."""
