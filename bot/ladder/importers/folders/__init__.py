"""A folder of pages: which of them are levels, and which tracks they make."""
