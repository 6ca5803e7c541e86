"""Pay Desk for Python 3.9 and later, in one file and without any library: sign a link, create a payment, verify a webhook.

Copy it beside your code. Keys belong in the environment of the server and never in a page.
"""

import base64
import hashlib
import hmac
import json
import re
import time
import urllib.error
import urllib.request
from typing import Any, Mapping, Optional, Sequence
from urllib.parse import quote, urlencode


class PayDeskError(Exception):
    """`problem` is the problem code of Pay Desk, e.g. `order_conflict`; empty where nothing answered."""

    def __init__(self, message: str, problem: str = "", status: int = 0) -> None:
        super().__init__(message)
        self.problem = problem
        self.status = status


def pay_desk_link(origin: str, key: str, parameters: Mapping[str, str]) -> str:
    """A link that opens one payment. Needs no call of your server to Pay Desk.

    `origin` is e.g. https://pay.example, `key` the link key of the merchants file, and `parameters` are merchant, kid, label,
    custom_transaction_id, fixed_amount, currency_code, exp and so on, all as text.
    """
    signed = sorted((name, value) for name, value in parameters.items() if name not in ("lang", "theme"))
    text = "&".join(f"{name}={quote(value, safe='')}" for name, value in signed)
    digest = hmac.new(key.encode(), f"pay-desk-link-v1\n{text}".encode(), hashlib.sha256).digest()
    signature = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return f"{origin}/plugin/?{urlencode({**parameters, 'signature': signature})}"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the key to another address."""

    def redirect_request(self, *_: Any) -> None:
        return None


def pay_desk_create_payment(origin: str, api_key: str, payment: Mapping[str, Any], idempotency_key: str) -> dict:
    """Creates a payment and returns `clientSecret`, `pluginUrl` and `payment`.

    `payment` holds amount (an integer in minor units: 2500 is 25.00 PLN), currency, orderId, label and so on. `idempotency_key` is the
    same for every try of one order, so that a repetition makes no second payment. Raises PayDeskError.
    """
    if not re.match("https?://", origin):
        raise PayDeskError("The origin of Pay Desk is missing: an address such as https://pay.example. Is PAY_DESK_ORIGIN set?")
    # A line break would begin another header.
    if re.search(r"[\x00-\x1f\x7f]", api_key + idempotency_key):
        raise PayDeskError("The API key or the Idempotency-Key has a sign that a header cannot hold.")
    request = urllib.request.Request(
        f"{origin}/v1/payments",
        data=json.dumps(payment).encode(),
        headers={
            "Authorization": f"Bearer {api_key}",
            # As UTF-8, which is what the other languages send; by itself Python knows only Latin-1 there.
            "Idempotency-Key": idempotency_key.encode().decode("latin-1"),
            "Content-Type": "application/json",
        },
    )
    try:
        with urllib.request.build_opener(_NoRedirect).open(request, timeout=20) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        raise _refusal(error) from None
    except OSError:
        raise PayDeskError(f"Pay Desk does not answer at {origin}. Try again with the same Idempotency-Key.") from None


def _refusal(error: urllib.error.HTTPError) -> PayDeskError:
    try:
        answer = json.load(error)
    except ValueError:
        answer = {}
    # Where there is no detail, the title and the page that explains the code.
    explained = answer.get("detail") or (f"{answer['title']} (see PROBLEMS.md)" if answer.get("title") else "")
    what = " ".join(part for part in (answer.get("code"), answer.get("field"), explained) if part)
    return PayDeskError(f"Pay Desk refuses the payment ({error.code}): {what}", answer.get("code", ""), error.code)


def pay_desk_verify_webhook(
    body: bytes, headers: Mapping[str, str], secrets: Sequence[str], now: Optional[float] = None
) -> dict:
    """Verifies a webhook (https://www.standardwebhooks.com) and returns it.

    `body` are the bytes as they came, `headers` are by lower-case name, and `secrets` are `whsec_…`, several while you replace one by
    another. Answer with 2xx once you have stored it, and with 400 if this raises PayDeskError.
    """
    identity = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    signatures = headers.get("webhook-signature", "").split(" ")
    if not identity or not re.fullmatch(r"[0-9]{1,12}", timestamp):
        raise PayDeskError("The webhook has no id or no timestamp.")
    # A recorded webhook must not be accepted later.
    if abs((time.time() if now is None else now) - int(timestamp)) > 300:
        raise PayDeskError("The webhook is older than five minutes, or the clock of this server is wrong.")
    signed = f"{identity}.{timestamp}.".encode() + body
    for secret in secrets:
        expected = b"v1," + base64.b64encode(hmac.new(_key_of(secret), signed, hashlib.sha256).digest())
        if any(hmac.compare_digest(expected, signature.encode()) for signature in signatures):
            return json.loads(body)
    raise PayDeskError("The signature of the webhook is wrong.")


def _key_of(secret: str) -> bytes:
    try:
        key = base64.b64decode(re.sub("^whsec_", "", secret), validate=True)
    except ValueError:
        key = b""
    if len(key) < 24:
        raise PayDeskError("A webhook secret is whsec_ and base64 of 24 to 64 bytes.")
    return key
