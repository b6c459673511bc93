"""The rules over HTTP: what an operator runs, as many times as needed, over one database.

- `app` puts the service together over any rules that satisfy the backend's port;
- `edge` is what every request goes through, `routes` are the calls, `rights` what a call shows;
- `once` keeps the answers of writes with their effect, `problems` says no;
- `contract` is the OpenAPI document, `document` writes it;
- `watch`, `logs` and `metrics` are for the operator; `server` runs it all: `serve` and `run`.

FastAPI and uvicorn are loaded by nobody else.
"""
