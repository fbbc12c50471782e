"""What people bring, read as it is found."""
