"""What closes one box: made before its content is known, and good for one content.

Owns the form of a closed box. Knows nothing of sheets. PyNaCl is imported where it is used, so that commands which only
read do not pay for it.
"""

from __future__ import annotations

import os

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
            self._key: bytes | None = crypto_box_beforenm(public_key, private)
        except (CryptoError, TypeError, ValueError) as error:
            raise WorkspaceError(
                "The round's public key is damaged, so nobody can answer any more and nothing was stored; close the "
                "round if enough have answered, else abandon it."
            ) from error
        self.public_key = public_key
        self.process = os.getpid()
        """In which it was made: a copy of a process has a copy of it."""
        self._sender = sender

    def close(self, plain: bytes) -> bytes:
        """A box with that content, `SEAL_BYTES` longer.

        Args:
            plain: Any number of bytes.

        Raises:
            ValueError: It has closed a box before; another content under the same key would betray both.
        """
        from hashlib import blake2b

        from nacl.bindings import crypto_box_easy_afternm, crypto_box_NONCEBYTES

        key, self._key = self._key, None
        if key is None:
            raise ValueError("a padlock closes one box")
        # The nonce of libsodium's crypto_box_seal: whoever opens the box makes it from what lies in it.
        nonce = blake2b(self._sender + self.public_key, digest_size=crypto_box_NONCEBYTES).digest()
        return self._sender + crypto_box_easy_afternm(plain, nonce, key)
