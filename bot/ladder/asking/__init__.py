"""From what people type to what the ladder says about it; pure, and fast."""
