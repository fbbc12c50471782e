"""Where entries are kept: the protocol of a store, and a file for each kind of database."""
