"""The page of a one-on-one and its forms, as Block Kit."""
