"""``hbgz sandbox`` as a program: both platforms at once, each on its own port, told line by line."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

import httpx

from hbgz_desktop.dicom.requestor import Peer
from hbgz_desktop.dicom.storage_scu import echo
from hbgz_desktop.sandbox.hebei_crypto import Sm4Cipher

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STOP_LIMIT_S = 30


@contextmanager
def sandbox(data: Path, *options: str) -> Iterator[IO[str]]:
    """Run the command and give its output, which the caller reads line by line."""
    ports = ["--port", "0", "--hebei-port", "0", "--dicom-port", "0"]
    words = ["--data", str(data), "sandbox", *ports, *options]
    process = subprocess.Popen(
        [sys.executable, "-m", "hbgz_desktop", *words],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    try:
        yield process.stdout
    finally:
        process.terminate()
        process.wait(STOP_LIMIT_S)
        process.stdout.close()


def test_both_platforms_as_json(tmp_path: Path) -> None:
    own = ("--variant", "upload_order=any", "--variant", "certno=plain", "--fixmedins", "H9")
    options = ("--platform", "both", "--json", "--fault", "*:http_503:1", *own)
    with sandbox(tmp_path, *options) as out:
        guizhou, hebei = (json.loads(out.readline()) for _ in range(2))
        assert (guizhou["event"], guizhou["platform"]) == ("ready", "guizhou")
        assert guizhou["base_url"].endswith("/mie/api/mie")
        door = guizhou["dicom"]
        peer = Peer(door["host"], door["port"], door["ae_title"], "TEST", timeout_s=10)
        assert echo(peer).detail_code == "echo_ok"
        assert (hebei["event"], hebei["platform"]) == ("ready", "hebei")
        with httpx.Client(trust_env=False) as http:
            url = f"{guizhou['base_url']}/saveExamRpotImgInfo"
            assert http.post(url, json={"input": {"a": 1}}).status_code == 503
            assert json.loads(out.readline())["service"] == "saveExamRpotImgInfo"
            variants = http.get(f"{guizhou['control_url']}/state").json()["variants"]
            assert (variants["upload_order"], variants["certno"]) == ("any", "plain")
            shake_hands(http, hebei)
        lines = [json.loads(out.readline()) for _ in range(4)]
        assert [(line["service"], line["outcome"]) for line in lines] == [
            ("getToken", "fault"),
            ("getToken", "accepted"),
            ("saveAuthUser", "accepted"),
            ("saveAuthUser", "refused"),
        ]
        assert lines[-1]["rule"] == "VISIT_TIME_FORMAT"


def shake_hands(http: httpx.Client, ready: dict[str, Any]) -> None:
    """Use what the ready line says and nothing else."""
    user = {"orgCode": ready["org_codes"][0], "hisDeptCode": "K1", "hisUserCode": "D1"}
    url = ready["base_url"]
    assert http.post(f"{url}/basic-api/oauth/getToken", json=user).status_code == 503
    data = http.post(f"{url}/basic-api/oauth/getToken", json=user).json()["data"]
    headers = {"App_id": data["App_id"], "Authorization": data["token"]}
    id_no = Sm4Cipher(ready["sm4_key"]).encrypt("139999199003071234")
    for time in ("2026-11-22 08:00:00", "today"):
        body = {"idNo": id_no, "visitTime": time}
        http.post(f"{url}/basic-api/api/jcjyrest/saveAuthUser", json=body, headers=headers)
    state = http.get(f"{ready['control_url']}/state").json()
    assert state["rules_broken"] == {"VISIT_TIME_FORMAT": 1}


def test_lines_for_people(tmp_path: Path) -> None:
    with sandbox(tmp_path, "--platform", "hebei", "--org", "13A", "--token-life", "60") as out:
        words = out.readline().split()
        assert words[:2] == ["ready", "hebei"]
        assert words[3] == "org=13A"
        assert words[4].startswith("sm4-key=")
        body = {"orgCode": "13A", "hisDeptCode": "K1", "hisUserCode": "D1"}
        with httpx.Client(trust_env=False) as http:
            answer = http.post(f"{words[2]}/basic-api/oauth/getToken", json=body).json()
            assert answer["data"]["expire"] == "60"
            http.post(f"{words[2]}/basic-api/oauth/getToken", json={})
        assert out.readline() == "getToken accepted\n"
        assert out.readline() == "getToken refused FIELD_MISSING\n"


def test_guizhou_alone_says_what_it_always_said(tmp_path: Path) -> None:
    with sandbox(tmp_path) as out:
        word, url, door = out.readline().split()
        assert word == "ready"
        assert door.startswith("dicom=MIE_FRONT@127.0.0.1:")
        with httpx.Client(trust_env=False) as http:
            http.post(f"{url}/saveRptFile", json={})
        assert out.readline() == "saveRptFile refused\n"
