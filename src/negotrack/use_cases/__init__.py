"""What people and tools do with a record, whatever front end they come through."""
