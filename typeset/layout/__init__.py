"""From the content model to Typst: what is decided before (title lines, unbroken words, faces), and its sources."""
