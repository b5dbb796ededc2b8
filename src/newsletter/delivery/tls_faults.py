"""Why a mail server and this program do not agree on encryption, and what to do: in the same words for each server."""

from __future__ import annotations

import ssl

from newsletter.delivery.servers import Server

# What OpenSSL says if the other side has begun with words; the second since its version 3.5.
_PLAIN_TEXT = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE")
_OWN_AUTHORITY = (
    "No authority that this computer knows vouches for it. Ask the host for a certificate of a public authority. If "
    "the server is your own, name the file of its certificate, or of its authority, in the environment variable "
    "SSL_CERT_FILE."
)
_PERIOD = "Look whether the date of this computer is right. If it is, the host has to renew the certificate."
_CERTIFICATE_HINTS = {9: _PERIOD, 10: _PERIOD, 18: _OWN_AUTHORITY, 19: _OWN_AUTHORITY, 20: _OWN_AUTHORITY}
"""What to do, by the codes of OpenSSL (x509_vfy.h): not yet valid, expired, self-signed, of an unknown authority."""
_OTHER_CERTIFICATE = "Write the name of the host as its certificate has it."


def certificate_fault(server: Server, error: ssl.SSLCertVerificationError) -> tuple[str, str]:
    """Return why the certificate of a server is not valid, and what to do: two sentences or more."""
    # OpenSSL ends some of its messages with a full stop.
    why = f"The certificate of {server} is not valid: {error.verify_message.rstrip('.')}."
    return why, f"{_CERTIFICATE_HINTS.get(error.verify_code, _OTHER_CERTIFICATE)} Do not go on without encryption."


def tls_fault(who: str, error: ssl.SSLError) -> str:
    """Return why there is no encryption with somebody, who is the subject of the sentence."""
    return f"{who} and this program cannot agree on TLS: {(error.reason or 'no reason').replace('_', ' ').lower()}."


def tls_hint(server: Server, error: ssl.SSLError, tls_port: int) -> str:
    """Return what to correct if there is no encryption.

    Args:
        server: the server.
        error: what OpenSSL says.
        tls_port: the usual port of such servers for TLS.
    """
    if server.security == "tls" and error.reason in _PLAIN_TEXT:
        return f'This port begins unencrypted: write “security = "starttls"”, or the port for TLS, such as {tls_port}.'
    return "Correct “port” and “security” in pyproject.toml, as your host says."
