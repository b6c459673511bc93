"""The rules of the service itself, wherever they run: over a Store port and a Delivery port.

`rules.Rules` puts them together; `office.Office` holds the operator's acts. Nothing here knows a
screen, a network or a database engine.
"""
