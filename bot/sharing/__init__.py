"""What somebody chose to show: a frozen page for one named reader, which can be taken back."""
