"""The shared page of a one-on-one."""
