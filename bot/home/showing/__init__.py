"""What is drawn of Home, each part by itself."""
