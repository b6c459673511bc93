"""The steps of an activation, from the message to « C'est fait »."""
