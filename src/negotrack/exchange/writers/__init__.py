"""What goes out, in the forms that others read."""
