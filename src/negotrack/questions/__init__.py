"""What a workspace is asked: each reads the slices that it needs and hands them to a projection."""
