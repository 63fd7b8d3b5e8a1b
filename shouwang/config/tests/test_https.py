"""HTTPS with an authority of our own, and the way there from plain HTTP."""

import datetime as dt
import ipaddress
import ssl
from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from shouwang.config import tls
from shouwang.config.environment import Environment
from shouwang.config.front.redirecting import redirect
from shouwang.config.running import names_of, welcome


def test_the_certificate_is_trusted_by_who_trusts_the_authority(tmp_path):
    certificate, key = tls.own_certificate(tmp_path, ["192.0.2.7", "qingshi.example"])

    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    client = ssl.create_default_context(cafile=str(certificate.with_name("authority.crt")))
    assert _shake_hands(server, client, "qingshi.example")
    assert _shake_hands(server, client, "192.0.2.7")
    with pytest.raises(ssl.SSLCertVerificationError):
        _shake_hands(server, client, "elsewhere.example")


def _shake_hands(server, client, name):
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = server.wrap_bio(to_server, to_client, server_side=True)
    theirs = client.wrap_bio(to_client, to_server, server_hostname=name)
    for _ in range(5):
        for side in (theirs, ours):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    return theirs.version()


def test_keys_are_for_us_alone(tmp_path):
    _, key = tls.own_certificate(tmp_path, [])

    assert key.stat().st_mode & 0o077 == 0
    assert key.with_name("authority.key").stat().st_mode & 0o077 == 0


def test_a_certificate_is_kept_while_it_fits_and_made_anew_for_another_name(tmp_path):
    first = tls.own_certificate(tmp_path, ["a.example"])[0].read_bytes()

    assert tls.own_certificate(tmp_path, ["a.example"])[0].read_bytes() == first
    assert tls.own_certificate(tmp_path, ["b.example"])[0].read_bytes() != first


def test_a_certificate_about_to_end_is_renewed_by_the_same_authority(tmp_path, monkeypatch):
    monkeypatch.setattr(tls, "CERTIFICATE_DAYS", 10)
    first = tls.own_certificate(tmp_path, [])[0].read_bytes()
    authority = (tmp_path / "secrets" / "tls" / "authority.crt").read_bytes()
    monkeypatch.undo()

    renewed = tls.own_certificate(tmp_path, [])[0].read_bytes()

    assert renewed != first
    assert (tmp_path / "secrets" / "tls" / "authority.crt").read_bytes() == authority
    assert x509.load_pem_x509_certificate(renewed).issuer == x509.load_pem_x509_certificate(authority).subject


def test_with_tls_it_listens_to_phones_of_the_network_unless_told_otherwise(tmp_path, monkeypatch):
    monkeypatch.setattr(tls, "local_addresses", lambda: ["192.0.2.2"])
    monkeypatch.delenv("SHOUWANG_HOST", raising=False)
    assert tls.settings_for_tls(Environment(var=tmp_path))["SHOUWANG_HOST"] == "0.0.0.0"

    monkeypatch.setenv("SHOUWANG_HOST", "127.0.0.1")
    assert "SHOUWANG_HOST" not in tls.settings_for_tls(Environment(var=tmp_path))


@pytest.mark.parametrize(
    ("host", "port", "where"),
    [
        ("qingshi.example", 443, "https://qingshi.example/r/AB?x=1"),
        ("qingshi.example:80", 8443, "https://qingshi.example:8443/r/AB?x=1"),
        ("[::1]", 443, "https://[::1]/r/AB?x=1"),
    ],
)
def test_plain_http_is_sent_on_to_the_same_page(host, port, where):
    assert f"Location: {where}\r\n".encode() in redirect("/r/AB?x=1", host, port)


def test_the_code_on_the_terminal_is_drawn():
    assert "█" in tls.qr_in_terminal("https://192.0.2.7:8000/field/")


def certificate_for(folder, *names):
    """A file as an administrator would give it: a certificate of another authority, good for these names alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    who, today = x509.Name([]), dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder(who, who, key.public_key(), 7, today, today + dt.timedelta(days=30))
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    file = folder / "given.crt"
    file.write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return Environment(var=folder, tls_certificate=str(file), tls_key="given.key", port=8443)


NAMED = x509.DNSName("qingshi.example")
NUMBERED = x509.IPAddress(ipaddress.ip_address("192.0.2.7"))
LOOPBACK = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))


@pytest.mark.parametrize(
    ("names", "address", "hosts"),
    [
        ((LOOPBACK, NUMBERED, NAMED), "https://qingshi.example:8443", "qingshi.example,192.0.2.7"),
        ((x509.DNSName("localhost"), NUMBERED), "https://192.0.2.7:8443", "192.0.2.7"),
        ((x509.IPAddress(ipaddress.ip_address("2001:db8::7")),), "https://[2001:db8::7]:8443", "[2001:db8::7]"),
        ((x509.DNSName("*.qingshi.example"), LOOPBACK), None, ""),
        ((), None, ""),
    ],
)
def test_the_address_for_phones_is_read_from_the_certificate_given(tmp_path, names, address, hosts):
    variables = tls.settings_for_tls(certificate_for(tmp_path, *names))

    assert (variables.get("SHOUWANG_ADDRESS"), variables["SHOUWANG_HOSTS"]) == (address, hosts)
    assert not (tmp_path / "secrets").exists()  # none of our own is made


def test_an_address_that_was_set_and_the_custom_port_stay(tmp_path):
    given = certificate_for(tmp_path, NAMED)

    assert "SHOUWANG_ADDRESS" not in tls.settings_for_tls(replace(given, address="https://watch.example"))
    assert tls.settings_for_tls(replace(given, port=443))["SHOUWANG_ADDRESS"] == "https://qingshi.example"


def test_certificate_files_alone_open_no_other_address_of_the_machine(tmp_path, monkeypatch):
    monkeypatch.delenv("SHOUWANG_HOST", raising=False)
    given = certificate_for(tmp_path, NAMED)

    assert "SHOUWANG_HOST" not in tls.settings_for_tls(given, for_phones=False)
    assert tls.settings_for_tls(given)["SHOUWANG_HOST"] == "0.0.0.0"


def test_the_welcome_shows_the_code_or_says_what_to_set(tmp_path):
    nameless = certificate_for(tmp_path)

    shown = welcome(replace(nameless, address="https://qingshi.example"))
    assert "https://qingshi.example/field/" in shown
    assert "█" in shown
    said = welcome(nameless)
    assert "Set SHOUWANG_ADDRESS" in said
    assert "█" not in said


def test_pages_are_served_under_the_address_that_is_printed():
    assert names_of(Environment(address="https://qingshi.example:8443"))[0] == "qingshi.example"
    assert names_of(Environment(address="https://[2001:db8::7]:8443"))[0] == "[2001:db8::7]"
