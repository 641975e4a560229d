"""What closes one box: made before its content is known, and good for one content.

Owns the form of a closed box. Knows nothing of sheets. PyNaCl is imported where it is used, so that commands which only
read do not pay for it.
"""

from __future__ import annotations

from tuiretro.errors import WorkspaceError

SEAL_BYTES = 48
"""What closing adds: a public key of 32 bytes and a tag of 16 (libsodium, crypto_box_SEALBYTES)."""


class Padlock:
    """Closes one box for good; only the round's private key opens it, and nothing in it tells whose hand closed it.

    What comes out is a sealed box of libsodium. Almost all of its work needs no content, so that it can be done while
    somebody is still answering, and not while others wait for a lock.

    Args:
        public_key: The round's, 32 bytes.

    Raises:
        WorkspaceError: The public key is damaged.
    """

    def __init__(self, public_key: bytes) -> None:
        from nacl.bindings import crypto_box_beforenm, crypto_box_keypair
        from nacl.exceptions import CryptoError

        try:
            sender, private = crypto_box_keypair()
            self._keys = [crypto_box_beforenm(public_key, private)]
        except (CryptoError, TypeError, ValueError) as error:
            raise WorkspaceError(
                "The round's public key is damaged, so nothing was stored; the round can only be abandoned."
            ) from error
        self.public_key = public_key
        self._sender = sender

    def close(self, plain: bytes) -> bytes:
        """A box with that content, `SEAL_BYTES` longer.

        Raises:
            IndexError: It has closed a box before; another content under the same key would betray both.
        """
        from hashlib import blake2b

        from nacl.bindings import crypto_box_easy_afternm, crypto_box_NONCEBYTES

        key = self._keys.pop()
        # The nonce of libsodium's crypto_box_seal: whoever opens the box makes it from what lies in it.
        nonce = blake2b(self._sender + self.public_key, digest_size=crypto_box_NONCEBYTES).digest()
        return self._sender + crypto_box_easy_afternm(plain, nonce, key)
