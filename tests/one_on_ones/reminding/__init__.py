"""What comes by itself around a one-on-one."""
