"""Asking other sites, some of which mean ill."""

import itertools
import socket
from ipaddress import ip_address

import pytest

from archive.outside import OutsideError, Question, fetch
from archive.outside.addresses import one_loopback_port
from archive.outside.fetching import Way
from tests.hostile import Server, answer, redirect, serving

PUBLIC = ip_address("93.184.215.14")


@pytest.fixture(autouse=True)
def _network(settings):
    settings.OUTSIDE_NETWORK = True


def ask(server: Server, path: str, *, seconds: float = 5, **limits: int):
    with one_loopback_port(server.port):
        return fetch(Question(server.url(path), seconds=seconds, **limits))


def refusal(server: Server, path: str, *, seconds: float = 5, **limits: int) -> str:
    with pytest.raises(OutsideError) as refused:
        ask(server, path, seconds=seconds, **limits)
    return refused.value.code


def test_answer_is_what_the_site_says():
    with serving(page=answer(b"{}", "Content-Type: application/json", status="404 Not Found")) as server:
        found = ask(server, "/page")

    assert (found.status, found.body, found.headers["content-type"]) == (404, b"{}", "application/json")
    assert found.url == server.url("/page")


def test_long_answer_comes_whole():
    long = bytes(range(256)) * 4_000
    with serving(page=answer(long, "Connection: close")) as server:
        assert ask(server, "/page").body == long


def test_nothing_is_asked_while_the_network_is_off(settings):
    settings.OUTSIDE_NETWORK = False
    with serving(page=answer(b"")) as server:
        assert refusal(server, "/page") == "network_off"

    assert server.requests == []


def test_network_is_off_unless_the_setting_allows_it():
    from config import env

    assert env.VARIABLES["OUTSIDE_NETWORK"].default == "no"


def test_question_names_the_asker_and_carries_nothing_else():
    cookie = answer(b"", "Set-Cookie: a=b", "Location: /second", status="302 Found")
    with serving(first=cookie, second=answer(b"x")) as server:
        ask(server, "/first")

    for request in server.requests:
        names = [line.split(b":")[0].lower() for line in request.split(b"\r\n")[1:] if line]
        assert names == [b"host", b"user-agent", b"accept", b"accept-encoding", b"connection"]


def test_this_machine_is_never_asked():
    with serving(page=answer(b"secret")) as server, pytest.raises(OutsideError) as refused:
        fetch(Question(server.url("/page")))

    assert refused.value.code == "address_not_public"
    assert server.requests == []


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:2375/x", "http://127.0.0.1/x", "http://localhost/x", "http://2130706433/x",
        "http://[::ffff:127.0.0.1]/x", "http://169.254.169.254/latest/meta-data", "http://[::1]/x",
        "//10.0.0.1/x", "http://0177.0.0.1/x",
    ],
)  # fmt: skip
def test_redirect_to_a_private_address_is_not_followed(target):
    with serving(page=redirect(target)) as server:
        assert refusal(server, "/page") == "address_not_public"


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "gopher://a.example/", "javascript:x", "http://[", "http://a@b.example/"]
)
def test_redirect_to_what_is_no_web_address_is_not_followed(target):
    with serving(page=redirect(target)) as server:
        assert refusal(server, "/page") == "not_a_web_address"


def test_three_redirects_are_followed_and_no_more():
    turns = {f"r{n}": redirect(f"/r{n + 1}") for n in range(5)}
    with serving(**turns, r5=answer(b"end")) as server:
        assert ask(server, "/r2").body == b"end"
        assert refusal(server, "/r1") == "too_many_redirects"


def test_redirect_to_itself_ends():
    with serving(page=redirect("/page")) as server:
        assert refusal(server, "/page") == "too_many_redirects"
    assert len(server.requests) == 4


def test_endless_body_is_cut_off():
    def endless(connection, request, over):
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while not over.is_set():
            connection.sendall(b"x" * 65536)

    with serving(page=endless) as server:
        assert refusal(server, "/page", max_bytes=100_000) == "answer_too_large"


def test_endless_chunks_are_cut_off():
    def endless(connection, request, over):
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not over.is_set():
            connection.sendall(b"1;" + b"x" * 1000 + b"\r\na\r\n")

    with serving(page=endless) as server:
        assert refusal(server, "/page", max_bytes=1_000_000, seconds=30) == "answer_too_large"


def test_announced_giant_is_not_read():
    with serving(page=b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n") as server:
        assert refusal(server, "/page") == "answer_too_large"


@pytest.mark.parametrize("line", [b"X-A: " + b"a" * 60_000 + b"\r\n", b"X-A: b\r\n"])
def test_endless_headers_are_cut_off(line):
    def endless(connection, request, over):
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while not over.is_set():
            connection.sendall(line)

    with serving(page=endless) as server:
        assert refusal(server, "/page") in {"answer_too_large", "answer_broken"}


def test_endless_interim_answers_are_cut_off():
    def endless(connection, request, over):
        while not over.is_set():
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

    with serving(page=endless) as server:
        assert refusal(server, "/page") == "answer_too_large"


@pytest.mark.parametrize(
    "before", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"]
)
def test_dripping_answer_has_no_more_than_the_whole_time(before):
    def drip(connection, request, over):
        connection.sendall(before)
        for _ in itertools.count():
            if over.wait(0.02):
                return
            connection.sendall(b"x")

    with serving(page=drip) as server:
        assert refusal(server, "/page", seconds=0.4) == "too_slow"


def test_silent_server_is_left():
    with serving(page=lambda connection, request, over: over.wait(3)) as server:
        assert refusal(server, "/page", seconds=0.2) == "too_slow"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\1\2",
        b"HTTP/9.9 abc\r\n\r\n",
        b"SSH-2.0-x\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_answer_that_is_none_is_told(raw):
    with serving(page=raw) as server:
        assert refusal(server, "/page") == "answer_broken"


def test_beginning_of_a_film_is_taken_and_the_rest_left():
    def film(connection, request, over):
        connection.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 9999999999\r\n\r\n"
        )
        while not over.is_set():
            connection.sendall(b"m" * 4096)

    with serving(film=film) as server:
        found = ask(server, "/film", first=1000)

    assert found.body == b"m" * 1000
    assert b"Range: bytes=0-999\r\n" in server.requests[0]


def test_compressed_answer_is_not_unpacked():
    with serving(page=answer(b"\x1f\x8b\x08bomb", "Content-Encoding: gzip")) as server:
        assert ask(server, "/page").body == b"\x1f\x8b\x08bomb"


# --- Names ------------------------------------------------------------------------------------------


class Names:
    """A resolver that gives other addresses each time, and remembers to what was connected."""

    def __init__(self, server: Server, *answers: list[str]) -> None:
        self.server, self.answers, self.connected = server, iter(answers), []

    def resolve(self, host, port, clock):
        return [ip_address(address) for address in next(self.answers)]

    def connect(self, addresses, port, clock):
        self.connected.append([str(address) for address in addresses])
        return socket.create_connection(("127.0.0.1", self.server.port))

    @property
    def way(self) -> Way:
        return Way(resolve=self.resolve, connect=self.connect)


def test_checked_address_is_the_one_connected_to():
    with serving(page=answer(b"ok")) as server:
        names = Names(server, [str(PUBLIC)], ["127.0.0.1"])

        found = fetch(Question("http://rebinding.example/page"), way=names.way)

    assert found.body == b"ok"
    assert names.connected == [[str(PUBLIC)]]
    assert b"Host: rebinding.example\r\n" in server.requests[0]


def test_name_that_also_leads_to_this_machine_is_refused():
    with serving(page=answer(b"ok")) as server:
        names = Names(server, [str(PUBLIC), "127.0.0.1"])

        with pytest.raises(OutsideError, match="address_not_public"):
            fetch(Question("http://two-faced.example/page"), way=names.way)

    assert names.connected == []


def test_name_is_checked_again_after_each_redirect():
    with serving(page=redirect("http://rebinding.example/page")) as server:
        names = Names(server, [str(PUBLIC)], ["169.254.169.254"])

        with pytest.raises(OutsideError, match="address_not_public"):
            fetch(Question("http://rebinding.example/page"), way=names.way)

    assert len(names.connected) == 1


def test_name_without_an_address_is_told():
    with serving(page=answer(b"")) as server:
        names = Names(server, [])
        with pytest.raises(OutsideError, match="name_unknown"):
            fetch(Question("http://nowhere.example/page"), way=names.way)


def test_redirect_from_tls_to_bare_http_is_not_followed():
    from archive.outside.fetching import _onward

    with pytest.raises(OutsideError, match="not_a_web_address"):
        _onward("https://a.example/", "http://a.example/")
    assert _onward("https://a.example/x", "/y#z") == "https://a.example/y"


def test_certificate_that_nobody_vouches_for_is_refused(tmp_path):
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*_own_certificate(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        import threading

        def serve():
            connection, _ = listener.accept()
            with connection:
                try:
                    context.wrap_socket(connection, server_side=True).close()
                except OSError:
                    return

        thread = threading.Thread(target=serve)
        thread.start()
        port = listener.getsockname()[1]
        way = Way(
            resolve=lambda host, port, clock: [PUBLIC],
            connect=lambda addresses, _port, clock: socket.create_connection(("127.0.0.1", port)),
        )
        with pytest.raises(OutsideError) as refused:
            fetch(Question("https://a.example/"), way=way)
        thread.join()

    assert refused.value.code == "not_trusted"


def _own_certificate(folder):
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a.example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("a.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "c.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "k.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return folder / "c.pem", folder / "k.pem"
