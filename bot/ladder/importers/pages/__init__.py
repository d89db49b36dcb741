"""One Markdown page: cut into tokens, and read with every line accounted for."""
