"""A key of DKIM, made once in each process of the tests."""

from __future__ import annotations

from base64 import b64encode
from functools import cache

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


@cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65_537, 2048)


def private_key() -> bytes:
    """Return the private key in PEM."""
    form = serialization.PrivateFormat.TraditionalOpenSSL
    return _key().private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())


def public_record() -> bytes:
    """Return what the DNS would say (RFC 6376, 3.6.1)."""
    public = (
        _key().public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return b"v=DKIM1; k=rsa; p=" + b64encode(public)
