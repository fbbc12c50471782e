"""What answers are made of, key by key: the declarations that their JSON Schemas are made from."""
