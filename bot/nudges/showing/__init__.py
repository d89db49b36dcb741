"""What people see of nudges: a file for each thing that is shown."""
