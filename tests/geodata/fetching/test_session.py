import pytest

from geodata.errors import FetchError, StoreError
from geodata.fetching.session import CancelledError, is_allowed, opened, rest, take_turn

HOSTS = ("cadastre.data.gouv.fr", "*.data.gouv.fr")
BASE = "https://cadastre.data.gouv.fr"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://cadastre.data.gouv.fr/a", True),
        ("https://CADASTRE.data.gouv.fr:443/a", True),
        ("https://static.data.gouv.fr/a", True),
        ("https://data.gouv.fr/a", False),
        ("https://data.gouv.fr.evil.example/a", False),
        ("https://evil.example/?https://cadastre.data.gouv.fr", False),
        ("http://cadastre.data.gouv.fr/a", False),
        ("https://cadastre.data.gouv.fr:8443/a", False),
        ("https://me@cadastre.data.gouv.fr/a", False),
        ("https://127.0.0.1/a", False),
        ("https://[::1]/a", False),
        ("http://localhost/a", False),
        ("https://cadastre.data.gouv.fr:port/a", False),
        ("", False),
        ("//cadastre.data.gouv.fr/a", False),
    ],
)
def test_whom_a_service_may_point_to(session, url, expected):
    """Its own hosts over https on the usual port, and never this machine."""
    assert expected == is_allowed(session, url, hosts=HOSTS, base=BASE)


def test_a_service_on_this_machine_may_point_to_itself_only(session):
    """The same host and port: for tests."""
    base = "http://127.0.0.1:5000"
    assert is_allowed(session, "http://127.0.0.1:5000/x", hosts=(), base=base)
    assert not is_allowed(session, "http://127.0.0.1:5001/x", hosts=(), base=base)
    assert not is_allowed(session, "http://localhost:5000/x", hosts=(), base=base)


def test_the_planner_may_trust_more_hosts(visit, monkeypatch):
    """Named in the environment, by commas or spaces."""
    monkeypatch.setenv("TECHNOPOLE_FETCH_HOSTS", "operator.example, *.other.example")
    with visit() as session:
        for host in ("operator.example", "a.other.example"):
            assert is_allowed(session, f"https://{host}/x", hosts=HOSTS, base=BASE)
        assert not is_allowed(session, "https://x.operator.example/", hosts=HOSTS, base=BASE)


def test_nothing_of_the_environment_redirects_traffic(visit, monkeypatch):
    """The usual proxy variables and .netrc do not count; certificates are verified."""
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
    with visit() as session:
        assert not session.http.trust_env
        assert not session.http.follow_redirects
        assert session.http.headers["User-Agent"].startswith("technopole/")


def test_whom_to_write_to_is_in_the_name(visit, monkeypatch):
    """Only what a header may hold."""
    monkeypatch.setenv("TECHNOPOLE_CONTACT", "sig@amiens.example\r\nX: é")
    with visit() as session:
        assert "; sig@amiens.exampleX: )" in session.http.headers["User-Agent"]


def test_two_visits_at_once_are_refused(visit):
    """They would write the same parts."""
    with visit(), pytest.raises(StoreError), visit():
        pass


def test_a_folder_that_cannot_be_made(tmp_path):
    """Said with the reason."""
    (tmp_path / "file").write_text("")
    with pytest.raises(FetchError), opened(folder=tmp_path / "file" / "cache"):
        pass


def test_turns_of_two_hosts_do_not_wait_for_each_other(session, clock):
    """The rate is by host."""
    take_turn(session, "a", per_second=0.5)
    take_turn(session, "b", per_second=0.5)
    assert 0 == clock.slept_s
    take_turn(session, "a", per_second=0.5)
    assert pytest.approx(2.0) == clock.slept_s


def test_a_rest_notices_the_planner(visit, clock):
    """Within a fifth of a second."""
    with visit(cancelled=lambda: clock.slept_s >= 1) as session:
        with pytest.raises(CancelledError):
            rest(session, 60)
        assert clock.slept_s < 1.3
