"""The write side: the event store, its aggregates, and the lock that makes one writer."""
