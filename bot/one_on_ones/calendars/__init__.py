"""The meetings of a one-on-one, out of somebody's calendar."""
