import pytest

from geodata.errors import FetchError
from geodata.fetching import cache
from geodata.fetching.exchange import AskAgainError, exchanged
from tests.geodata.fetching.conftest import Reply


def exchange(session, request, *, offset=0, deadline_s=1e9):
    """One exchange without conditions."""
    return exchanged(session, request, headers={}, offset=offset, deadline_s=deadline_s)


def test_one_exchange_fills_the_part(server, session, ask):
    """The headers that matter come back, the body is in the part."""
    told = {"ETag": '"v1"', "Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT"}
    server.play("/file.json", Reply(b"[]", headers=told))
    answer = exchange(session, ask())
    assert ('"v1"', told["Last-Modified"], "") == (answer.etag, answer.modified, answer.sha256)
    assert b"[]" == cache.part(session.folder, ask().name).read_bytes()


def test_an_unchanged_file_is_no_answer(server, session, ask):
    """304."""
    server.play("/file.json", Reply(b"", status=304))
    assert exchange(session, ask()) is None


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_passing_faults_may_be_asked_again(server, session, ask, status):
    """With what the service asks for."""
    server.play("/file.json", Reply(status=status, headers={"Retry-After": "3"}))
    with pytest.raises(AskAgainError) as error:
        exchange(session, ask())
    assert (3.0, False) == (error.value.asked_s, error.value.is_connection)


@pytest.mark.parametrize("status", [201, 204, 400, 401, 403, 404, 410, 418, 501])
def test_other_answers_are_final(server, session, ask, status):
    """Success that is no file is none either."""
    server.play("/file.json", Reply(b"", status=status))
    with pytest.raises(FetchError):
        exchange(session, ask())


def test_a_service_that_trickles_is_cut_off(server, session, ask):
    """The deadline of a file holds while its body comes."""
    server.play("/file.json", Reply(b"[" + b" " * 1000 + b"]"))
    with pytest.raises(FetchError) as error:
        exchange(session, ask(), deadline_s=0)
    assert "too slow" in error.value.say("en")


def test_a_post_that_is_redirected_becomes_a_get_but_for_307(server, session, ask):
    """RFC 9110 §15.4."""
    server.play("/there.json", Reply(b"[]"))
    for status, method in ((303, "GET"), (307, "POST")):
        server.play("/file.json", Reply(status=status, headers={"Location": "/there.json"}))
        exchange(session, ask(body="data=x"))
        assert method == server.asked[-1].method


def test_without_a_content_type_the_first_bytes_decide(server, session, ask):
    """Some file servers say nothing."""
    server.play("/file.json", Reply(b"[]", kind=None))
    assert exchange(session, ask()) is not None
    server.play("/file.json", Reply(b"  <?xml version='1.0'?><ExceptionReport/>", kind=None))
    with pytest.raises(FetchError):
        exchange(session, ask())
