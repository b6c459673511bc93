"""The rules over HTTP: what an operator runs, as many times as needed, over one database.

- `app` puts the service together over any rules that satisfy the backend's port;
- `middleware` is what every request goes through; `routes` are the calls, and `routes.dependencies`
  what they ask for;
- `idempotency` records the answers of writes with their effect; `problems` answers errors;
- `openapi` is the published contract;
- `logs` and `metrics` are for the operator; `server` runs it all: `serve` and `run`.

FastAPI and uvicorn are loaded by nobody else.
"""
