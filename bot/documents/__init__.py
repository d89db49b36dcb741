"""Documents to keep or to print: the same content as Markdown, and as one HTML file."""
