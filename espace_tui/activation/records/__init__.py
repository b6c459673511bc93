"""What the store holds of a person, and the statements that read and write it."""
