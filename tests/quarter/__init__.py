"""A quarter of one-on-ones: what people do in the window, and what both sides read of it."""
