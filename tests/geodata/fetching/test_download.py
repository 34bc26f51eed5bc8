import base64
import contextlib
import gzip
import hashlib
from email.utils import formatdate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import FetchError
from geodata.fetching.download import Request, download, forget
from geodata.fetching.policy import Policy
from geodata.fetching.session import CancelledError, opened
from tests.geodata.fetching.conftest import Clock, Player, Reply

BODY = b'{"type": "FeatureCollection", "features": [], "crs": null}'
LONG = b"[" + b"1," * 200_000 + b"1]"


def refused(session, request):
    """English text of the refusal."""
    with pytest.raises(FetchError) as error:
        download(session, request)
    return error.value.say("en")


def test_a_file_comes_in_whole_with_its_checksum(server, session, ask):
    """The request says who asks, wants plain bytes, and the file is the one sent."""
    server.play(
        "/file.json", Reply(BODY, headers={"Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT"})
    )
    got = download(session, ask())
    assert BODY == got.path.read_bytes()
    assert hashlib.sha256(BODY).hexdigest() == got.sha256
    assert ("Thu, 01 Jan 2026 00:00:00 GMT", False) == (got.modified, got.is_unchanged)
    headers = server.asked[0].headers
    assert headers["User-Agent"].startswith("technopole/")
    assert "identity" == headers["Accept-Encoding"]
    assert "If-None-Match" not in headers


def test_a_second_visit_asks_only_for_changes(server, visit, ask):
    """304: the same bytes from the disk; both validators are sent back."""
    modified = "Thu, 01 Jan 2026 00:00:00 GMT"
    first = Reply(BODY, headers={"ETag": '"v1"', "Last-Modified": modified})
    server.play("/file.json", first, Reply(b"", status=304))
    with visit() as session:
        download(session, ask())
    with visit() as session:
        again = download(session, ask())
        assert again.is_unchanged
        assert BODY == again.path.read_bytes()
    assert '"v1"' == server.asked[1].headers["If-None-Match"]
    assert modified == server.asked[1].headers["If-Modified-Since"]


def test_a_changed_file_replaces_the_earlier_one(server, session, ask):
    """200 in answer to a conditional request is the new file."""
    server.play("/file.json", Reply(BODY, headers={"ETag": '"v1"'}), Reply(b"[]"))
    download(session, ask())
    again = download(session, ask())
    assert (b"[]", False) == (again.path.read_bytes(), again.is_unchanged)


def test_a_cached_file_that_was_altered_is_asked_for_again(server, session, ask):
    """The checksum guards the cache: no condition is sent for bytes that are not the service's."""
    server.play("/file.json", Reply(BODY, headers={"ETag": '"v1"'}))
    download(session, ask()).path.write_bytes(b"tampered")
    again = download(session, ask())
    assert BODY == again.path.read_bytes()
    assert "If-None-Match" not in server.asked[1].headers


def test_429_waits_as_long_as_the_service_asks(server, session, clock, ask):
    """Retry-After in seconds is kept, and the next try succeeds."""
    server.play("/file.json", Reply(status=429, headers={"Retry-After": "17"}), Reply(BODY))
    assert BODY == download(session, ask()).path.read_bytes()
    assert 17 <= clock.slept_s < 18


def test_retry_after_as_a_date(server, session, clock, ask):
    """503 with a date 40 s ahead."""
    date = formatdate(session.timepiece.now_s() + 40, usegmt=True)
    server.play("/file.json", Reply(status=503, headers={"Retry-After": date}), Reply(BODY))
    download(session, ask())
    assert 39 <= clock.slept_s <= 41


def test_a_wait_of_hours_is_not_waited_for(server, session, clock, ask):
    """The planner is told how long the service asks for."""
    server.play("/file.json", Reply(status=429, headers={"Retry-After": "7200"}))
    assert "asks to wait for 7,200 s" in refused(session, ask())
    assert 1 == len(server.asked)
    assert clock.slept_s < 1


def test_500_then_200(server, session, clock, ask):
    """A passing fault is tried again after 0.5 to 1 s."""
    server.play("/file.json", Reply(status=500), Reply(BODY))
    assert BODY == download(session, ask()).path.read_bytes()
    assert 0.5 <= clock.slept_s <= 1.1


def test_500_for_ever(server, session, clock, ask):
    """Five tries, pauses of at most 1 + 2 + 4 + 8 s, then the status and what to do."""
    server.play("/file.json", Reply(status=500))
    assert "The service answers 500. Try again later" in refused(session, ask())
    assert 5 == len(server.asked)
    assert 7.5 <= clock.slept_s <= 15.1


@pytest.mark.parametrize(("status", "said"), [(404, "no such file"), (403, "answers 403")])
def test_a_definite_no_is_not_asked_twice(server, session, ask, status, said):
    """4xx are answers, not accidents."""
    server.play("/file.json", Reply(status=status))
    assert said in refused(session, ask())
    assert 1 == len(server.asked)


def test_a_slow_service_times_out_and_is_tried_again(server, session, ask):
    """The first answer takes longer than the limit between two pieces."""
    server.play("/file.json", Reply(BODY, wait_s=1.0), Reply(BODY))
    assert BODY == download(session, ask()).path.read_bytes()
    assert 2 == len(server.asked)


def test_one_file_has_a_deadline(server, visit, ask):
    """Tries end when the time for one file is over."""
    server.play("/file.json", Reply(status=503, headers={"Retry-After": "20"}))
    with visit(policy=Policy(total_s=30)) as session:
        assert "too slow" in refused(session, ask())
    assert 2 == len(server.asked)


def test_a_cut_download_goes_on_where_it_stopped(server, session, ask):
    """Range and If-Range carry what is there and whose it is; the whole is the original."""

    def rest(asked):
        start = int(asked.headers["Range"].removeprefix("bytes=").removesuffix("-"))
        span = f"bytes {start}-{len(LONG) - 1}/{len(LONG)}"
        return Reply(LONG[start:], status=206, headers={"Content-Range": span, "ETag": '"v1"'})

    server.play("/file.json", Reply(LONG, headers={"ETag": '"v1"'}, cut=150_000), rest)
    got = download(session, ask())
    assert LONG == got.path.read_bytes()
    assert hashlib.sha256(LONG).hexdigest() == got.sha256
    assert "bytes=150000-" == server.asked[1].headers["Range"]
    assert '"v1"' == server.asked[1].headers["If-Range"]


def test_a_cut_download_is_resumed_by_the_next_visit(server, visit, ask):
    """What came before the machine was switched off is not asked for again."""

    def rest(asked):
        start = int(asked.headers["Range"].removeprefix("bytes=").removesuffix("-"))
        span = f"bytes {start}-{len(LONG) - 1}/{len(LONG)}"
        return Reply(LONG[start:], status=206, headers={"Content-Range": span})

    server.play("/file.json", Reply(LONG, headers={"ETag": '"v1"'}, cut=150_000))
    with visit(policy=Policy(attempts=1)) as session:
        assert "cannot be reached" in refused(session, ask())
    server.play("/file.json", rest)
    with visit() as session:
        assert LONG == download(session, ask()).path.read_bytes()
    assert "bytes=150000-" == server.asked[-1].headers["Range"]


def test_a_file_that_changed_meanwhile_starts_afresh(server, session, ask):
    """If-Range answered by 200: the part is thrown away."""
    server.play("/file.json", Reply(LONG, headers={"ETag": '"v1"'}, cut=150_000), Reply(BODY))
    assert BODY == download(session, ask()).path.read_bytes()


@pytest.mark.parametrize(
    "headers", [{}, {"Content-Range": "bytes 7-9/10"}, {"Content-Range": "bytes x"}]
)
def test_a_wrong_part_is_not_glued_on(server, session, ask, headers):
    """206 that starts elsewhere is refused; the next try asks for the whole."""
    wrong = Reply(b"xyz", status=206, headers=headers)
    server.play(
        "/file.json", Reply(LONG, headers={"ETag": '"v1"'}, cut=150_000), wrong, Reply(LONG)
    )
    assert LONG == download(session, ask()).path.read_bytes()
    assert "Range" not in server.asked[2].headers


def test_a_part_longer_than_the_file_is_dropped(server, session, ask):
    """416: the file became shorter."""
    first = Reply(LONG, headers={"ETag": '"v1"'}, cut=150_000)
    server.play("/file.json", first, Reply(status=416), Reply(BODY))
    assert BODY == download(session, ask()).path.read_bytes()


def test_a_cut_without_validator_starts_afresh(server, session, ask):
    """Without ETag or date nobody knows whose part it is."""
    server.play("/file.json", Reply(LONG, headers={"ETag": 'W/"weak"'}, cut=150_000), Reply(LONG))
    assert LONG == download(session, ask()).path.read_bytes()
    assert "Range" not in server.asked[1].headers


def test_an_error_page_with_200_is_refused(server, session, ask):
    """By its type, and by its first characters where it lies about its type."""
    page = b"<!DOCTYPE html><html><body>Maintenance</body></html>"
    server.play("/file.json", Reply(page, kind="text/html; charset=utf-8"))
    assert "(text/html)" in refused(session, ask())
    server.play("/liar.json", Reply(page))
    assert "(HTML, XML)" in refused(session, ask("/liar.json"))


def test_an_error_page_does_not_cost_the_file_kept(server, session, ask):
    """The file of the earlier visit is still there, and still asked about."""
    page = Reply(b"<html>Maintenance</html>")
    server.play("/file.json", Reply(BODY, headers={"ETag": '"v1"'}), page, Reply(b"", status=304))
    download(session, ask())
    refused(session, ask())
    assert BODY == download(session, ask()).path.read_bytes()


def test_redirects_within_the_service_are_followed(server, session, ask):
    """Relative and absolute addresses, by GET."""
    server.play("/file.json", Reply(status=302, headers={"Location": "/there.json"}))
    server.play("/there.json", Reply(status=301, headers={"Location": f"{server.url}/end.json"}))
    server.play("/end.json", Reply(BODY))
    assert BODY == download(session, ask()).path.read_bytes()
    assert ["/file.json", "/there.json", "/end.json"] == server.paths()


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/file.json",
        "http://data.example/file.json",
        "http://127.0.0.1:9/file.json",
        "http://169.254.169.254/latest/meta-data",
        "https://user:secret@data.example/file.json",
        "https://data.example:8443/file.json",
        "https://data.example.evil.example/file.json",
        "file:///etc/passwd",
        "ftp://data.example/file.json",
    ],
)
def test_redirects_elsewhere_are_refused(server, session, ask, address):
    """Another host, another port, plain http, credentials, other schemes: nothing is sent there."""
    server.play("/file.json", Reply(status=302, headers={"Location": address}))
    assert "address that is not allowed" in refused(session, ask())
    assert ["/file.json"] == server.paths()


def test_a_redirect_loop_ends(server, session, ask):
    """Five redirects are followed, the sixth is one too many."""
    server.play("/file.json", Reply(status=302, headers={"Location": "/file.json"}))
    assert "Redirects never end." in refused(session, ask())
    assert 6 == len(server.asked)


def test_a_public_service_may_not_point_to_this_machine(session, ask):
    """A request whose base is public never reaches this machine."""
    request = ask(base="https://data.example")
    assert "not allowed: 127.0.0.1" in refused(session, request)


def test_what_is_too_large_is_refused_before_and_while_it_comes(server, session, ask):
    """The announced size is believed, and counted all the same; nothing stays on disk."""
    server.play("/file.json", Reply(LONG))
    assert "exceeds 0 MB" in refused(session, ask(max_bytes=1000))
    server.play("/endless.json", Reply(LONG, length=-1))
    assert "exceeds 0 MB" in refused(session, ask("/endless.json", max_bytes=1000))
    assert [] == list(session.folder.glob("*.body"))


def test_a_gzip_stays_packed_and_is_kept_as_it_came(server, session, ask):
    """An encoded answer is not unpacked on the way in: a bomb takes no room."""
    bomb = gzip.compress(b"0" * 5_000_000)
    server.play("/file.json", Reply(bomb, headers={"Content-Encoding": "gzip"}))
    got = download(session, ask(max_bytes=100_000))
    assert bomb == got.path.read_bytes()


def test_an_unknown_encoding_is_refused(server, session, ask):
    """Nobody asked for brotli."""
    server.play("/file.json", Reply(b"\x0b", headers={"Content-Encoding": "br"}))
    assert "(br)" in refused(session, ask())


def test_a_checksum_that_the_service_gives_is_compared(server, session, ask):
    """A damaged file is asked for again; one that stays damaged is refused."""
    digest = base64.b64encode(hashlib.sha256(BODY).digest()).decode()
    told = {"Repr-Digest": f"sha-256=:{digest}:"}
    server.play("/file.json", Reply(BODY[:-1] + b" ", headers=told), Reply(BODY, headers=told))
    assert BODY == download(session, ask()).path.read_bytes()
    server.play("/bad.json", Reply(b"[]", headers={"Digest": f"SHA-256={digest}"}))
    assert "damaged" in refused(session, ask("/bad.json"))


def test_the_polite_rate_is_kept(server, session, clock, ask):
    """Four requests at two a second take a second and a half."""
    server.play("/file.json", Reply(BODY))
    for _ in range(4):
        download(session, ask(per_second=2.0))
    assert pytest.approx(1.5) == clock.slept_s


def test_an_unreachable_host_is_tried_three_times_and_then_left_alone(server, session, clock, ask):
    """Without a network, the other requests to the same host fail at once."""
    server.stop()
    assert "cannot be reached" in refused(session, ask())
    assert 1.5 <= clock.slept_s <= 3.1
    before = clock.slept_s
    assert "cannot be reached" in refused(session, ask("/other.json"))
    assert before == clock.slept_s


def test_the_planner_can_stop_while_a_pause_lasts(server, visit, clock, ask):
    """Stopped in the pause, not after it."""
    server.play("/file.json", Reply(status=429, headers={"Retry-After": "100"}))
    with visit(cancelled=lambda: clock.slept_s > 1) as session, pytest.raises(CancelledError):
        download(session, ask())
    assert clock.slept_s < 2


def test_the_planner_can_stop_while_a_file_comes(server, visit, ask):
    """The part stays for the next visit."""
    server.play("/file.json", Reply(LONG, headers={"ETag": '"v1"'}))
    calls = iter([False, False, True])
    with visit(cancelled=lambda: next(calls)) as session, pytest.raises(CancelledError):
        download(session, ask())
    assert 1 == len(list(session.folder.glob("*.part")))


def test_answers_that_name_persons_leave_nothing_on_disk(server, visit, ask):
    """They live in a folder that ends with the visit."""
    server.play("/file.json", Reply(b'["Martine Dupont"]', headers={"ETag": '"v1"'}))
    with visit() as session:
        got = download(session, ask(is_personal=True))
        assert b"Martine" in got.path.read_bytes()
    assert not got.path.exists()
    kept = [each for each in session.folder.rglob("*") if each.is_file()]
    assert [] == [each for each in kept if b"Martine" in each.read_bytes()]


def test_a_post_is_sent_as_a_form_and_never_on_condition(server, session, ask):
    """Overpass takes queries that way."""
    server.play("/file.json", Reply(BODY, headers={"ETag": '"v1"'}))
    for _ in range(2):
        download(session, ask(body="data=x"))
    assert [("POST", "data=x")] * 2 == [(each.method, each.body) for each in server.asked]
    assert "If-None-Match" not in server.asked[1].headers


def test_a_file_that_is_no_good_can_be_forgotten(server, session, ask):
    """The next request has no condition."""
    server.play("/file.json", Reply(BODY, headers={"ETag": '"v1"'}))
    download(session, ask())
    forget(session, ask())
    download(session, ask())
    assert "If-None-Match" not in server.asked[1].headers


ACCIDENTS = {
    "busy": Reply(status=503),
    "gone": Reply(status=404),
    "page": Reply(b"<html></html>"),
    "cut": Reply(LONG, headers={"ETag": '"v1"'}, cut=90_000),
    "nothing": Reply(LONG, headers={"ETag": '"v1"'}, cut=0),
    "wrong part": Reply(b"xyz", status=206, headers={"Content-Range": "bytes 5-7/9"}),
    "no range": Reply(status=416),
    "whole": Reply(LONG, headers={"ETag": '"v1"'}),
}


@settings(max_examples=25, deadline=None)
@given(names=st.lists(st.sampled_from(sorted(ACCIDENTS)), min_size=1, max_size=7))
def test_whatever_happens_the_file_is_right_or_refused(tmp_path_factory, names):
    """Any run of accidents ends in the very bytes of the service or in a refusal, never between."""
    player, clock = Player(), Clock()
    request = Request(f"{player.url}/x", player.url, (), ("application/json",), 10**6, 1000.0)
    player.play("/x", *(ACCIDENTS[name] for name in names))
    try:
        with opened(folder=tmp_path_factory.mktemp("c"), timepiece=clock.timepiece()) as session:
            for _ in range(2):
                with contextlib.suppress(FetchError):
                    assert LONG == download(session, request).path.read_bytes()
    finally:
        player.stop()


def test_a_full_disk_is_said(server, session, ask, monkeypatch):
    """The reason of the system, and where to make room."""
    server.play("/file.json", Reply(BODY))

    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("geodata.fetching.cache.started", full)
    assert "Nothing was kept (No space left on device)" in refused(session, ask())
