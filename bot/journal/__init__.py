"""What people did: their own examples, private until they share one."""
