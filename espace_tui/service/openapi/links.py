"""How one answer feeds the next call: the links of the OpenAPI document.

Each right of an answer is named once, and each call tells which rights it needs.
"""

from __future__ import annotations

from typing import Any

_FLOW = {
    "path.flow_id": "$response.body#/id",
    "header.Flow-Token": "$response.body#/token",
    "header.If-Match": "$response.header.ETag",
}
_SAME_FLOW = {
    "path.flow_id": "$request.path.flow_id",
    "header.Flow-Token": "$request.header.Flow-Token",
    "header.If-Match": "$request.header.If-Match",
}
_REQUEST = {
    "path.request_id": "$response.body#/id",
    "header.Code-Token": "$response.body#/token",
}
_SPACE = {"header.Space-Token": "$response.body#/token"}
_RESET = {"header.Reset-Token": "$response.body#/token"}

_NEXT: dict[str, dict[str, dict[str, str]]] = {
    "identify": dict.fromkeys(("verify_card", "decide", "confirm_contacts", "complete"), _FLOW),
    "verify_card": {"decide": _FLOW},
    "decide": dict.fromkeys(("change_contact", "confirm_contacts"), _FLOW),
    "change_contact": {"prove_contact": _SAME_FLOW | _REQUEST, "send_code": _REQUEST},
    "prove_contact": {"confirm_contacts": _FLOW},
    "confirm_contacts": dict.fromkeys(("availability", "complete"), _FLOW),
    "sign_in": dict.fromkeys(("verify_sign_in", "send_code"), _REQUEST),
    "verify_sign_in": dict.fromkeys(("profile", "close", "reopen", "sign_out"), _SPACE),
    "reset_password": {"prove_reset": _REQUEST, "send_code": _REQUEST},
    "prove_reset": {"set_password": _RESET},
}

LINKS: dict[str, dict[str, Any]] = {
    call: {
        following: {"operationId": following, "parameters": rights}
        for following, rights in nexts.items()
    }
    for call, nexts in _NEXT.items()
}
