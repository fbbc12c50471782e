"""What the text says, whose words it is made of, and what is offered to change it."""
