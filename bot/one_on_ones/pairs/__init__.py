"""Who meets whom for one-on-ones, and when: set up by one side, confirmed by the other."""
