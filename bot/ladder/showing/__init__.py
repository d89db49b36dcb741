"""What the ladder says, drawn: one file for each kind of answer, and what they share."""
