"""HTTPS with an authority of our own: keys in var/secrets/tls, certificates renewed a month before they end.

Why  a phone opens its camera, its position and its store for signed steps only on a secure page.
"""

import datetime as dt
import ipaddress
import os
import socket
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from shouwang.config.environment import Environment

AUTHORITY_DAYS = 3650
CERTIFICATE_DAYS = 397  # phones refuse longer ones
RENEW_DAYS = 30


def settings_for_tls(environment: Environment, *, for_phones: bool = True) -> dict[str, str]:
    """The variables that make this and all child processes serve over HTTPS, with our own certificate or the one given.

    for_phones  listen on all addresses of this machine, unless one was set
    """
    variables = {}
    if environment.tls_certificate:
        names = names_in(Path(environment.tls_certificate))
        variables["SHOUWANG_HOSTS"] = ",".join(dict.fromkeys([*environment.hosts, *names]))
    else:
        names = local_addresses()
        certificate, key = own_certificate(environment.var, [*names, *environment.hosts])
        variables |= {"SHOUWANG_TLS_CERTIFICATE": str(certificate), "SHOUWANG_TLS_KEY": str(key)}
    if for_phones and "SHOUWANG_HOST" not in os.environ:
        variables["SHOUWANG_HOST"] = "0.0.0.0"
    if names and not environment.address:
        variables["SHOUWANG_ADDRESS"] = f"https://{names[0]}:{environment.port}".removesuffix(":443")
    return variables


def names_in(certificate: Path) -> list[str]:
    """Under which names, then addresses, this machine can be asked for by that certificate: no pattern, no loopback."""
    try:
        made = x509.load_pem_x509_certificate(certificate.read_bytes())
        covered = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, x509.ExtensionNotFound):
        return []
    names = [name for name in covered.get_values_for_type(x509.DNSName) if "*" not in name and name != "localhost"]
    addresses = [one for one in covered.get_values_for_type(x509.IPAddress) if not one.is_loopback]
    return names + [f"[{one}]" if one.version == 6 else str(one) for one in addresses]


def own_certificate(var: Path, names: list[str]) -> tuple[Path, Path]:
    """(certificate, key) for these names and this machine; the authority's certificate is authority.crt beside them."""
    folder = var / "secrets" / "tls"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    certificate, key = folder / "server.crt", folder / "server.key"
    wanted = _alternative_names(names)
    if not _still_good(certificate, wanted):
        authority, authority_key = _authority(folder)
        made_key = ec.generate_private_key(ec.SECP256R1())
        made = (
            _builder("Shouwang 守望", authority.subject, CERTIFICATE_DAYS)
            .public_key(made_key.public_key())
            .add_extension(x509.SubjectAlternativeName(wanted), critical=False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .sign(authority_key, hashes.SHA256())
        )
        _write(key, _private(made_key))
        _write(certificate, made.public_bytes(serialization.Encoding.PEM))
    return certificate, key


def local_addresses() -> list[str]:
    """This machine's address as its neighbours see it, and its loopback. No packet is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))
            return [asking.getsockname()[0], "127.0.0.1"]
        except OSError:
            return ["127.0.0.1"]


def qr_in_terminal(text: str) -> str:
    """The text as a QR code of block characters, readable on dark and light terminals."""
    import io

    import segno

    drawn = io.StringIO()
    segno.make(text, error="m").terminal(drawn, compact=True)
    return drawn.getvalue()


def _authority(folder: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    certificate, key = folder / "authority.crt", folder / "authority.key"
    if certificate.exists() and key.exists():
        loaded = serialization.load_pem_private_key(key.read_bytes(), None)
        assert isinstance(loaded, ec.EllipticCurvePrivateKey)
        return x509.load_pem_x509_certificate(certificate.read_bytes()), loaded
    made_key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Shouwang 守望 {socket.gethostname()}"[:64])
    made = (
        _builder(None, name, AUTHORITY_DAYS, subject=name)
        .public_key(made_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(made_key, hashes.SHA256())
    )
    _write(key, _private(made_key))
    _write(certificate, made.public_bytes(serialization.Encoding.PEM))
    return made, made_key


def _builder(
    common_name: str | None, issuer: x509.Name, days: int, *, subject: x509.Name | None = None
) -> x509.CertificateBuilder:
    today = dt.datetime.now(dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject or _name(common_name or ""))
        .issuer_name(issuer)
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - dt.timedelta(days=1))
        .not_valid_after(today + dt.timedelta(days=days))
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _alternative_names(names: list[str]) -> list[x509.GeneralName]:
    result: list[x509.GeneralName] = []
    for name in dict.fromkeys([*names, "localhost", "127.0.0.1"]):
        try:
            result.append(x509.IPAddress(ipaddress.ip_address(name)))
        except ValueError:
            result.append(x509.DNSName(name))
    return result


def _still_good(certificate: Path, names: list[x509.GeneralName]) -> bool:
    if not certificate.exists():
        return False
    made = x509.load_pem_x509_certificate(certificate.read_bytes())
    lasting = made.not_valid_after_utc > dt.datetime.now(dt.UTC) + dt.timedelta(days=RENEW_DAYS)
    covered = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return lasting and set(names) <= set(covered)


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes) -> None:
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    draft.replace(path)
