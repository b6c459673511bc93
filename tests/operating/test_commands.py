"""What an operator types: each command answers, each mistake is named, no secret is an argument."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from espace_tui.cli import exit_codes
from espace_tui.cli.service.config import read_config
from espace_tui.i18n import LANGUAGES
from espace_tui.service.server import open_rules
from tests.operating.program import Operator
from tests.operating.sheets import file, row

SOMEBODY = 65_534
SECRET = "a secret nobody may read"


@pytest.fixture
def ready(operator: Operator) -> Operator:
    """An operator whose database is ready, with three people invited."""
    operator.run("service", "migrate")
    path = file(operator.home, [row(number) for number in range(3)])
    assert operator.run("admin", "invite", "--csv", str(path))[0] == exit_codes.DONE
    return operator


def config(operator: Operator, text: str) -> str:
    """Write a file of choices; return its path."""
    path = operator.home / "service.toml"
    path.write_text(text, "utf-8")
    return str(path)


def test_a_database_is_prepared_once_and_told_so(operator: Operator) -> None:
    code, told = operator.run("admin", "status")
    assert (code, "no keys" in told) == (exit_codes.USAGE, True)
    assert operator.run("service", "migrate")[0] == exit_codes.DONE
    assert operator.run("service", "migrate")[0] == exit_codes.DONE
    assert operator.run("admin", "status")[0] == exit_codes.DONE


def test_an_older_database_is_told_so(operator: Operator) -> None:
    operator.run("service", "migrate")
    operator.rows("DELETE FROM migration WHERE number = (SELECT MAX(number) FROM migration)")
    code, told = operator.run("admin", "status")
    assert (code, "service migrate" in told) == (exit_codes.USAGE, True)


def test_keys_of_another_service_are_refused(ready: Operator) -> None:
    (ready.home / "other").mkdir()
    code, told = ready.run("service", "migrate", "--keys", str(ready.home / "other" / "keys.json"))
    assert (code, "encrypted with other keys" in told) == (exit_codes.UNREACHABLE, True)


def test_a_database_that_is_down_is_told_so(ready: Operator) -> None:
    nowhere = f"postgresql:///nothing?host={ready.home}"
    code, told = ready.run("admin", "status", "--database", nowhere)
    assert code == exit_codes.UNREACHABLE
    assert "No such file or directory" in told  # why, in the database's own words
    assert told.count("\n") == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a file to somebody else")
def test_keys_changed_by_root_stay_those_of_the_service(ready: Operator) -> None:
    folder = ready.home / ".local" / "share" / "espace-tui"
    for place in (folder, folder / "keys.json"):
        os.chown(place, SOMEBODY, SOMEBODY)
    assert ready.run("admin", "rotate-keys", "--add")[0] == exit_codes.DONE
    assert (folder / "keys.json").stat().st_uid == SOMEBODY
    (folder / "keys.json").unlink()
    ready.rows("DELETE FROM mark")
    assert ready.run("service", "migrate")[0] == exit_codes.DONE
    assert (folder / "keys.json").stat().st_uid == SOMEBODY


@pytest.mark.parametrize(
    "command", [("admin", "status"), ("admin", "rotate-keys"), ("service", "migrate")]
)
def test_keys_that_cannot_be_read_are_told_by_their_path(
    ready: Operator, command: tuple[str, ...]
) -> None:
    keys = str(ready.home / ("x" * 300) / "keys.json")
    code, told = ready.run(*command, "--keys", keys)
    assert code == exit_codes.USAGE
    assert f"{keys}: the file cannot be read" in told


def test_people_and_letters_are_counted(ready: Operator) -> None:
    code, told = ready.run("admin", "status", "--json")
    counts = json.loads(told)
    assert code == exit_codes.DONE
    assert (counts["invited"], counts["waiting"], counts["dead"]) == (3, 3, 0)


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://espace:{SECRET.replace(' ', '')}@localhost/espace",
        f"host=localhost password={SECRET.replace(' ', '')}",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(
    operator: Operator, address: str
) -> None:
    code, told = operator.run("admin", "status", "--database", address)
    assert code == exit_codes.USAGE
    assert "PGPASSFILE" in told
    assert SECRET.replace(" ", "") not in told


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("port = 1", "“port”"),
        ("[http]\nport = 'http'", "“http.port”"),
        ("[http]\nport = 70000", "70000"),
        ("[http]\ntrusted_proxies = '10.0.0.0/8'", "“http.trusted_proxies”"),
        ("[mail]\nhots = 'x'", "“mail.host”"),
        ("[mail]\npassword = 'x'", "“mail.password_file”"),
        ("mail = 1", "“mail”"),
        ("log_level = 'LOUD'", "INFO"),
        ("= 1", "line 1"),
        ("[retention]\naudit = 30", "366"),
        ("[retention]\nfailures = 0", "“retention.failures”"),
        ("[retention]\nadit = 400", "“retention.audit”"),
        ("database_password_file = '/nothing/here'", "/nothing/here"),
    ],
)
def test_a_mistake_in_the_file_is_named(ready: Operator, text: str, names: str) -> None:
    code, told = ready.run("admin", "status", "--config", config(ready, text))
    assert (code, names in told) == (exit_codes.USAGE, True), told


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", "[mail]"),
        ("[mail]\nhost = 'mail.exemple.fr'", "“mail.sender”"),
        ("[mail]\nsender = 'a@exemple.fr'", "“mail.host”"),
        ("[mail]\nhost = 'exemple.fr'\nsender = 'a@exemple.fr'\ntls = 'none'", "unencrypted"),
        ("[sms]\nbody = 'x'", "“sms.url”"),
        ("[sms]\nurl = 'http://exemple.fr'", "unencrypted"),
    ],
)
def test_a_way_out_that_is_not_safe_or_not_whole_is_refused(
    ready: Operator, text: str, names: str
) -> None:
    code, told = ready.run("service", "work", "--once", "--config", config(ready, text))
    assert (code, names in told) == (exit_codes.USAGE, True), told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_worker_may_deliver_into_a_folder_for_trials(ready: Operator, language: str) -> None:
    folder = ready.home / "inbox"
    choices = config(ready, f"[mail]\nmaildir = '{folder}'\nat_once = 2\n")
    code, _ = ready.run("service", "work", "--once", "--lang", language, "--config", choices)
    assert (code, len(list(folder.glob("new/*")))) == (exit_codes.DONE, 3)


def test_the_trail_is_read_whole(ready: Operator) -> None:
    code, told = ready.run("admin", "audit", "--json")
    events = [line["event"] for line in json.loads(told)]
    assert (code, events) == (exit_codes.DONE, ["invited"] * 3)
    assert len(ready.run("admin", "audit")[1].splitlines()) == 3


def test_an_authenticator_is_opened_again_by_a_nir_that_is_no_argument(
    ready: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    for typed, expected in (
        (row(1)["nir"], exit_codes.DONE),
        (row(99)["nir"], exit_codes.FAILED),
        ("12345", exit_codes.USAGE),
    ):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
        code, told = ready.run("admin", "unlock")
        assert (code, typed in told) == (expected, False)


def bury(ready: Operator, most: int = 3) -> None:
    """Make dead letters of those that wait."""
    ready.rows(
        "INSERT INTO dead_letter SELECT id, 'invitation', channel, 0, 'smtp-550', 1, written_at,"
        f" ends_at, informs, written_at, sealed FROM outbox ORDER BY id LIMIT {most}"
    )
    ready.rows("DELETE FROM outbox WHERE id IN (SELECT id FROM dead_letter)")


def test_dead_letters_are_read_and_sent_once_more(ready: Operator) -> None:
    assert "were sent" in ready.run("admin", "dead-letters")[1]
    bury(ready)
    _, told = ready.run("admin", "dead-letters", "--json")
    letters = json.loads(told)
    assert {(each["reason"], each["kind"]) for each in letters} == {("smtp-550", "invitation")}
    assert letters[0]["to"].endswith("@exemple.fr")
    assert "n0@" not in told
    assert "3 messages" in ready.run("admin", "dead-letters", "--revive")[1]
    assert ready.rows("SELECT COUNT(*) FROM outbox") == [(3,)]


def test_a_new_key_takes_over(ready: Operator) -> None:
    rotate = ("admin", "rotate-keys")
    assert ready.run(*rotate, "--add")[0] == exit_codes.DONE
    assert ready.run(*rotate, "--use")[0] == exit_codes.DONE
    assert ready.run(*rotate, "--drop", "k1")[0] == exit_codes.FAILED
    bury(ready, 1)
    assert ready.run(*rotate, "--reseal")[0] == exit_codes.DONE
    state = json.loads(ready.run(*rotate, "--json")[1])
    assert (state["present"], state["keys"]) == ("k2", ["k1", "k2"])
    assert state["left"] == {"identities": 0, "people": 3, "passwords": 0, "letters": 0}
    ready.rows("DELETE FROM person")
    assert ready.run(*rotate, "--drop", "k3")[0] == exit_codes.USAGE
    assert ready.run(*rotate, "--drop", "k1")[0] == exit_codes.DONE
    assert "@exemple.fr" in ready.run("admin", "dead-letters")[1]
    assert "1 message" in ready.run("admin", "dead-letters", "--revive")[1]
    assert ready.rows("SELECT COUNT(*) FROM outbox WHERE sealed LIKE 'k2.%'") == [(3,)]
    assert ready.run("admin", "status")[0] == exit_codes.DONE


def test_somebody_is_invited_alone(operator: Operator) -> None:
    operator.run("service", "migrate")
    cells = row(1)
    names = {name: cells[name] for name in ("first_name", "last_name", "nir", "email")}
    options = [f"--{name.replace('_', '-')}={value}" for name, value in names.items()]
    others = ("--birth-date=1984-05-03", "--card-kind=photo", "--card-serial=12345678901")
    code, _ = operator.run("admin", "invite", *options, *others)
    assert (code, operator.rows("SELECT COUNT(*) FROM outbox")) == (exit_codes.DONE, [(1,)])
    code, told = operator.run("admin", "invite", *options)
    assert (code, "--card-serial" in told) == (exit_codes.USAGE, True)


def test_a_file_does_where_no_server_is_wanted(operator: Operator) -> None:
    address = {"ESPACE_SERVICE_DATABASE": f"sqlite://{operator.home}/here/espace.db"}
    people, folder = file(operator.home, [row(1), row(2)]), operator.home / "inbox"
    choices = config(operator, f"[mail]\nmaildir = '{folder}'\n")
    for command in (
        ("service", "migrate"),
        ("admin", "invite", "--csv", str(people)),
        ("service", "work", "--once", "--config", choices),
    ):
        assert operator.run(*command, **address)[0] == exit_codes.DONE
    assert len(list(folder.glob("new/*"))) == 2


def test_the_keys_are_for_their_owner_only(ready: Operator) -> None:
    keys = Path(ready.home, ".local/share/espace-tui/keys.json")
    assert keys.stat().st_mode & 0o077 == 0


def test_the_limits_are_those_of_the_file(ready: Operator) -> None:
    choices = config(ready, "[limits]\ncodes_per_hour = 1200000\nopenings_per_pass = 7\n")
    given = {"config": str(choices), "database": "sqlite:///x", "keys": None}
    rules = open_rules(read_config(given, {}, {}, ready.home).service)
    limits = rules.context.limits
    assert (limits.codes_per_hour, limits.openings_per_pass) == (1_200_000, 7)


@pytest.mark.parametrize("value", ["0", "-1", "true", "1.5", '"many"', "1" + "0" * 30])
def test_a_limit_that_is_none_is_told(ready: Operator, value: str) -> None:
    choices = config(ready, f"[limits]\ncodes_per_hour = {value}\n")
    code, told = ready.run("admin", "status", "--config", str(choices))
    assert (code, "limits.codes_per_hour" in told) == (exit_codes.USAGE, True)


def test_what_is_kept_is_a_choice(ready: Operator) -> None:
    ready.rows(
        "INSERT INTO campaign VALUES ('old', 0, 0, 0, 0, 0, 0, extract(epoch FROM now()) - 9e5)"
    )
    folder = ready.home / "inbox"
    for days, left in ((11, 2), (10, 1)):
        choices = config(ready, f"[mail]\nmaildir = '{folder}'\n[retention]\ncampaigns = {days}\n")
        assert ready.run("service", "work", "--once", "--config", choices)[0] == exit_codes.DONE
        assert ready.rows("SELECT COUNT(*) FROM campaign") == [(left,)]


def test_openings_are_previewed(ready: Operator) -> None:
    ready.rows("UPDATE person SET informed_at = 1700000000")
    ready.rows("DELETE FROM outbox WHERE id <> (SELECT MIN(id) FROM outbox)")
    preview = ("admin", "open-due", "--dry-run")
    told = json.loads(ready.run(*preview, "--json")[1])
    assert (told["due"], {each["told_at"] for each in told["people"]}) == (
        2,
        {"2023-11-14T22:13:20+00:00"},
    )
    assert "2 spaces would be opened." in ready.run(*preview)[1]
    assert ready.rows("SELECT COUNT(*) FROM person WHERE status = 'opened'") == [(0,)]
    ready.run("admin", "open-due")
    assert ready.rows("SELECT COUNT(*) FROM person WHERE status = 'opened'") == [(2,)]
    assert json.loads(ready.run(*preview, "--json")[1]) == {"due": 0, "people": []}


@pytest.mark.parametrize("act", ["run", "work"])
@pytest.mark.parametrize(
    "wrong", ["--database=sqlite:///nowhere/x", "--nothing", "--config=/nowhere"]
)
def test_why_a_process_does_not_start_is_a_line_of_its_log(
    operator: Operator, act: str, wrong: str
) -> None:
    code, told = operator.run("service", act, wrong)
    assert code != exit_codes.DONE
    assert [set(json.loads(line)) for line in told.splitlines()] == [{"errors"}]
