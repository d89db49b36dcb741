"""A stand-in for the real bot, started as a process by the tests of the start."""
