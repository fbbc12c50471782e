"""Why an answer says what it says; these lean on positions."""
