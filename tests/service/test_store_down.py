"""S27: while the store is down nobody gets in, and nobody is kept out once it is back."""

from __future__ import annotations

import time
from pathlib import Path

import httpx2

from espace_tui.wire.routes import Header, Route
from tests.postgres import Cluster
from tests.service.raw import activated, key_headers
from tests.service.serving import in_thread
from tests.service.town import IDENTIFIER, PASSWORD, open_world

KEY = "0b8f3c62-8c1e-4c0f-9d53-0f4b7e6a1d29"


async def test_no_session_while_the_store_is_down_and_one_as_soon_as_it_is_back(
    own_cluster: Cluster, tmp_path: Path
) -> None:
    town = await open_world(tmp_path, database=own_cluster.url())
    body = {"identifier": IDENTIFIER, "password": PASSWORD, "channel": "sms"}
    with in_thread(town.options) as port:
        async with httpx2.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", trust_env=False
        ) as asking:
            await activated(asking, town)
            request = (await asking.post(Route.SIGN_INS, json=body, headers=key_headers())).json()
            path = Route.SIGN_IN_PROOF.at(request_id=request["id"])
            proof = {"code": await town.one_time_code()}
            right = key_headers(KEY) | {Header.CODE_TOKEN: request["token"]}
            own_cluster.stop("immediate")
            down = [await asking.post(path, json=proof, headers=right) for _ in range(3)]
            own_cluster.start()
            began = time.monotonic()
            back = await asking.post(path, json=proof, headers=right)
            waited = time.monotonic() - began
    assert {(each.status_code, each.json()["code"]) for each in down} == {(503, "busy")}
    assert all(each.headers["Retry-After"] for each in down)
    assert not any("token" in each.text for each in down)
    assert (back.status_code, waited < 5) == (200, True)
    assert await town.count("session") == 1
    await town.rules.aclose()
