"""The rules of the service itself, wherever they run: over a Store port and a Delivery port.

`rules.Rules` puts them together; `use_cases.administration` is what an operator does. Nothing here
knows a screen, a network or a database engine.
"""
