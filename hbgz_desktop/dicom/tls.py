"""TLS for associations we ask for (PS3.15 annex B), and why a handshake failed."""

from __future__ import annotations

import ssl
from dataclasses import dataclass

from typing_extensions import override

from hbgz_desktop.model.errors import DicomError


@dataclass(frozen=True, slots=True)
class TlsOptions:
    """How to secure the connection to one peer.

    Attributes:
        ca_file: PEM of who signs the peer's certificate, "" = those the system trusts.
        is_verified: Whether the peer must prove who it is.
        certificate_file: PEM of our own certificate, "" when the peer asks for none.
        key_file: PEM of its key, "" when it stands in the same file; not protected by a password.
    """

    ca_file: str = ""
    is_verified: bool = True
    certificate_file: str = ""
    key_file: str = ""


class _NotingSocket(ssl.SSLSocket):
    """pynetdicom only says that it could not connect: keeps what the handshake failed of."""

    @override
    def do_handshake(self, block: bool = False) -> None:
        try:
            super().do_handshake(block)
        except ssl.SSLError as exc:
            if isinstance(self.context, TlsContext):
                self.context.failure = exc.reason or "handshake"
            raise


class TlsContext(ssl.SSLContext):
    """Settings of one connection; ``failure`` is set when its handshake failed."""

    sslsocket_class = _NotingSocket
    failure = ""


def tls_context(options: TlsOptions) -> TlsContext:
    """Return a fresh context for one connection.

    Raises:
        DicomError: ``tls_file_unusable``: a certificate or key cannot be read.
    """
    context = TlsContext(ssl.PROTOCOL_TLS_CLIENT)
    if not options.is_verified:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    try:
        if options.ca_file:
            context.load_verify_locations(options.ca_file)
        else:
            context.load_default_certs()
        if options.certificate_file:
            # an empty password: never ask for one on the console
            context.load_cert_chain(
                options.certificate_file, options.key_file or None, password=str
            )
    except (OSError, ValueError) as exc:
        raise DicomError("tls_file_unusable") from exc
    return context
