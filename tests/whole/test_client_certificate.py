"""A centre that wants to see a certificate: ours is taken, none or a stranger's is said."""

import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from console.base.clock import SystemClock
from console.base.errors import Unreachable
from console.gateways.central import CentralApi
from console.wire import HEAD_TIME, Hello, pack
from tests.console.gateways.test_central import People


class Authority:
    """Signs certificates, each with its key in a file of its own."""

    def __init__(self, folder, name: str) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.cert, _ = self._signed(name, self._key, ca=True)

    def issue(self, name: str) -> tuple[str, str]:
        return self._signed(name, ec.generate_private_key(ec.SECP256R1()), ca=False)

    def _signed(self, name: str, key, *, ca: bool) -> tuple[str, str]:
        now = datetime.now(UTC)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(hours=1))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(
                x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]),
                critical=False,
            )
            .sign(self._key, hashes.SHA256())
        )
        cert, place = self._folder / f"{name}.crt", self._folder / f"{name}.key"
        cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
        place.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        return str(cert), str(place)


class Says(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = pack(Hello(node="C", epoch="e", head=1, time=1))
        self.send_response(200)
        for name, value in (("Content-Type", "application/json"), (HEAD_TIME, "1"),
                            ("Content-Length", str(len(body)))):  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: object) -> None:
        return


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path, "ca")


@pytest.fixture
def url(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*authority.issue("centre"))
    context.load_verify_locations(authority.cert)
    context.verify_mode = ssl.CERT_REQUIRED
    server = ThreadingHTTPServer(("127.0.0.1", 0), Says)
    server.socket = context.wrap_socket(server.socket, server_side=True,
                                        do_handshake_on_connect=False)  # fmt: skip
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def hello(url, authority, identity):
    api = CentralApi(url, People(), SystemClock(), ca=authority.cert, identity=identity)
    try:
        return api.hello()
    finally:
        api.close()


def test_a_seat_shows_its_certificate(url, authority):
    assert hello(url, authority, authority.issue("seat")).node == "C"


def test_without_one_or_with_a_strangers_it_is_said_why(url, authority, tmp_path):
    (tmp_path / "other").mkdir()
    stranger = Authority(tmp_path / "other", "other").issue("seat")
    for identity in (None, stranger):
        with pytest.raises(Unreachable) as caught:
            hello(url, authority, identity)
        assert caught.value.why == "sync.why.identity"


def test_a_centre_that_somebody_else_has_signed_is_not_trusted(url, authority, tmp_path):
    (tmp_path / "other").mkdir()
    other = Authority(tmp_path / "other", "other")
    with pytest.raises(Unreachable) as caught:
        hello(url, other, authority.issue("seat"))
    assert caught.value.why == "sync.why.tls"
