"""Messages to people: the outbox, who sends them, and what they say."""
