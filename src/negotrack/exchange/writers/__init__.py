"""Writers: entries and documents in the forms that others read."""
