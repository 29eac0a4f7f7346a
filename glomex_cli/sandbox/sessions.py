"""The second step of a sign-in: codes by TOTP, each good once, and few tries per challenge."""

import hmac
import threading
from dataclasses import dataclass, field
from datetime import datetime

from pyotp.totp import TOTP

from glomex_cli.sandbox.errors import Refusal, RefusedError
from glomex_cli.sandbox.tokens import Claims

MAX_ATTEMPTS = 5
_STEP_S = 30
# Clocks of phones go wrong by a little: RFC 6238, section 5.2, allows one step of 30 s.
_WINDOW = (-1, 0, 1)


@dataclass(slots=True)
class CodeChecker:
    """Checks codes, and remembers as long as this process lives which ones are used up."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _used_codes: set[tuple[str, int]] = field(default_factory=set[tuple[str, int]])
    _attempts: dict[Claims, int] = field(default_factory=dict[Claims, int])
    _done: set[Claims] = field(default_factory=set[Claims])

    def redeem(self, challenge: Claims, code: str, *, seed: str, now: datetime) -> None:
        """Use up `challenge` with a right code, or raise RefusedError and count the attempt."""
        with self._lock:
            self._forget_expired(now)
            self._refuse_dead(challenge, now)
            self._attempts[challenge] = self._attempts.get(challenge, 0) + 1
            self._use_code(challenge.login, _timecode(code, seed=seed, now=now))
            self._done.add(challenge)

    def _refuse_dead(self, challenge: Claims, now: datetime) -> None:
        if challenge.is_expired(now):
            raise RefusedError(Refusal.CHALLENGE_EXPIRED, "The challenge has expired.")
        if challenge in self._done:
            raise RefusedError(Refusal.CHALLENGE_USED, "The challenge has been used already.")
        if self._attempts.get(challenge, 0) >= MAX_ATTEMPTS:
            raise RefusedError(
                Refusal.TOO_MANY_ATTEMPTS,
                "Too many wrong codes; sign in again for a new challenge.",
            )

    def _use_code(self, login: str, timecode: int | None) -> None:
        if timecode is None:
            raise RefusedError(Refusal.MFA_CODE_WRONG, "The MFA code is wrong.")
        if (login, timecode) in self._used_codes:
            raise RefusedError(
                Refusal.MFA_CODE_REUSED,
                "The MFA code has been used already; wait for the next one.",
            )
        self._used_codes.add((login, timecode))

    def _forget_expired(self, now: datetime) -> None:
        self._attempts = {c: n for c, n in self._attempts.items() if not c.is_expired(now)}
        self._done = {c for c in self._done if not c.is_expired(now)}
        oldest = int(now.timestamp()) // _STEP_S + min(_WINDOW)
        self._used_codes = {used for used in self._used_codes if used[1] >= oldest}


def _timecode(code: str, *, seed: str, now: datetime) -> int | None:
    """Find the step of time a code belongs to; None when it is no code of this time."""
    totp = TOTP(seed, interval=_STEP_S)
    given = code.encode("utf-8", "surrogatepass")
    current = int(now.timestamp()) // _STEP_S
    for timecode in (current + step for step in _WINDOW):
        # pyotp refuses to count before 1970, where the first step of that year would look.
        if timecode >= 0 and hmac.compare_digest(given, totp.generate_otp(timecode).encode()):
            return timecode
    return None
