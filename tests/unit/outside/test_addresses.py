"""What is the public network, and the many ways of pretending to be it."""

from ipaddress import ip_address

import pytest

from archive.outside import OutsideError
from archive.outside.addresses import is_public, one_loopback_port, read_url, require_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255",
        "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.8", "192.0.2.1",
        "192.88.99.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:8.8.8.8",
        "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::1",
        "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%eth0",
        "fec0::1", "ff02::1", "2606:4700::5efe:7f00:1", "2606:4700::200:5efe:7f00:1", "2606:4700::1%eth0",
    ],
)  # fmt: skip
def test_address_of_no_public_machine_is_refused(address):
    assert not is_public(ip_address(address))
    with pytest.raises(OutsideError, match="address_not_public"):
        require_public(ip_address(address), 80)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"]
)
def test_address_of_a_public_machine_is_allowed(address):
    assert is_public(ip_address(address))
    require_public(ip_address(address), 443)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://2130706433/", "address_not_public"),
        ("http://0x7f000001/", "address_not_public"),
        ("http://0x7f.0.0.1/", "address_not_public"),
        ("http://0177.0.0.1/", "address_not_public"),
        ("http://127.1/", "address_not_public"),
        ("http://0/", "address_not_public"),
        ("http://127.0.0.1./", "address_not_public"),
        ("http://evil.example.0x7f/", "address_not_public"),
        ("http://localhost/", "address_not_public"),
        ("http://LOCALHOST./", "address_not_public"),
        ("http://a.localhost/", "address_not_public"),
        ("http://printer.local/", "address_not_public"),
        ("http://metadata.google.internal/", "address_not_public"),
        ("http://intranet/", "not_a_web_address"),
        ("http://１２７.0.0.1/", "not_a_web_address"),
        ("http://①②⑦.0.0.1/", "not_a_web_address"),
        ("http://example。org/", "not_a_web_address"),
        ("http://user@example.org/", "not_a_web_address"),
        ("http://example.org@127.0.0.1/", "not_a_web_address"),
        ("http://example.org\\@127.0.0.1/", "not_a_web_address"),
        ("http://example.org:22/", "not_a_web_address"),
        ("http://example.org:0/", "not_a_web_address"),
        ("http://example.org:99999/", "not_a_web_address"),
        ("http://exa mple.org/", "not_a_web_address"),
        ("http://example.org/\r\nX-Evil: 1", "not_a_web_address"),
        ("http://example.org/\0", "not_a_web_address"),
        ("http://-a.example.org/", "not_a_web_address"),
        (f"http://{'a' * 64}.example.org/", "not_a_web_address"),
        ("http:///x", "not_a_web_address"),
        ("http://[::1", "not_a_web_address"),
        ("file:///etc/passwd", "not_a_web_address"),
        ("gopher://example.org/", "not_a_web_address"),
        ("ftp://example.org/", "not_a_web_address"),
        ("javascript:alert(1)", "not_a_web_address"),
        ("//example.org/", "not_a_web_address"),
        ("", "not_a_web_address"),
        ("http://example.org/" + "a" * 2000, "not_a_web_address"),
    ],
)
def test_disguised_address_is_refused(url, code):
    with pytest.raises(OutsideError) as refused:
        read_url(url)

    assert refused.value.code == code


@pytest.mark.parametrize(
    "url",
    ["https://www.youtube.com/oembed?url=x", "http://example.org:8080/a", "https://xn--mgba3a4f16a.example/",
     "http://[2606:4700::1111]/", "https://93.184.215.14/", "https://tube_1.example.org./w/x"],
)  # fmt: skip
def test_plain_address_is_read(url):
    assert read_url(url).geturl() == url


def test_tests_may_open_one_port_of_this_machine_and_no_other():
    here = ip_address("127.0.0.1")

    with one_loopback_port(8123):
        require_public(here, 8123)
        for address, port in ((here, 8124), (ip_address("127.0.0.2"), 8123), (ip_address("::1"), 8123)):
            with pytest.raises(OutsideError):
                require_public(address, port)

    with pytest.raises(OutsideError):
        require_public(here, 8123)
