"""The words that a level had on the day on which an example was logged."""
