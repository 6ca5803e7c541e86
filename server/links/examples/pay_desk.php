<?php
/**
 * Pay Desk for PHP 8.1 and later, in one file and without any library: sign a link, create a payment, verify a webhook. Copy it
 * beside your code. Keys belong in the environment of the server and never in a page.
 */
declare(strict_types=1);

final class PayDeskError extends RuntimeException
{
    /** The problem code of Pay Desk, e.g. `order_conflict`; empty where nothing answered. */
    public function __construct(string $message, public readonly string $problem = '', public readonly int $status = 0)
    {
        parent::__construct($message);
    }
}

/**
 * A link that opens one payment. Needs no call of your server to Pay Desk.
 *
 * @param string $origin e.g. https://pay.example
 * @param string $key the link key of the merchants file
 * @param array<string, string> $parameters merchant, kid, label, custom_transaction_id, fixed_amount, currency_code, exp …
 */
function pay_desk_link(string $origin, #[SensitiveParameter] string $key, array $parameters): string
{
    $signed = array_diff_key($parameters, ['lang' => 1, 'theme' => 1]);
    ksort($signed, SORT_STRING);
    $text = "pay-desk-link-v1\n" . http_build_query($signed, '', '&', PHP_QUERY_RFC3986);
    $signature = rtrim(strtr(base64_encode(hash_hmac('sha256', $text, $key, true)), '+/', '-_'), '=');
    return "$origin/plugin/?" . http_build_query($parameters + ['signature' => $signature]);
}

/**
 * Creates a payment.
 *
 * @param array<string, mixed> $payment amount (an integer in minor units: 2500 is 25.00 PLN), currency, orderId, label …
 * @param string $idempotencyKey the same for every try of one order, so that a repetition makes no second payment
 * @return array{clientSecret: string, pluginUrl: string, payment: array<string, mixed>}
 * @throws PayDeskError
 */
function pay_desk_create_payment(string $origin, #[SensitiveParameter] string $apiKey, array $payment, string $idempotencyKey): array
{
    if (!preg_match('~^https?://~', $origin)) {
        throw new PayDeskError('The origin of Pay Desk is missing: an address such as https://pay.example. Is PAY_DESK_ORIGIN set?');
    }
    // A line break would begin another header.
    if (preg_match('/[\x00-\x1f\x7f]/', $apiKey . $idempotencyKey)) {
        throw new PayDeskError('The API key or the Idempotency-Key has a sign that a header cannot hold.');
    }
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => [
            "Authorization: Bearer $apiKey",
            "Idempotency-Key: $idempotencyKey",
            'Content-Type: application/json',
        ],
        'content' => json_encode($payment, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES),
        'timeout' => 20,
        'follow_location' => 0,
        'ignore_errors' => true,
    ]]);
    $body = @file_get_contents("$origin/v1/payments", false, $context);
    if ($body === false) {
        throw new PayDeskError("Pay Desk does not answer at $origin. Try again with the same Idempotency-Key.");
    }
    $status = preg_match('~^HTTP/\S+ (\d{3})~', $http_response_header[0] ?? '', $found) ? (int) $found[1] : 0;
    $answer = json_decode($body, true);
    if ($status === 201 || $status === 200) {
        return $answer;
    }
    $problem = $answer['code'] ?? '';
    // Where there is no detail, the title and the page that explains the code.
    $explained = $answer['detail'] ?? (isset($answer['title']) ? "{$answer['title']} (see PROBLEMS.md)" : '');
    $what = implode(' ', array_filter([$problem, $answer['field'] ?? '', $explained]));
    throw new PayDeskError("Pay Desk refuses the payment ($status): $what", $problem, $status);
}

/**
 * Verifies a webhook (https://www.standardwebhooks.com) and returns it. Answer with 2xx once you have stored it, and with 400 if this
 * throws.
 *
 * @param string $body the body as it came: file_get_contents('php://input')
 * @param array<string, string> $headers by lower-case name, e.g. array_change_key_case(getallheaders())
 * @param list<string> $secrets `whsec_…`; several while you replace one by another
 * @return array{type: string, sequence: int, data: array{payment: array<string, mixed>}}
 * @throws PayDeskError
 */
function pay_desk_verify_webhook(string $body, array $headers, #[SensitiveParameter] array $secrets, ?int $now = null): array
{
    $id = $headers['webhook-id'] ?? '';
    $timestamp = $headers['webhook-timestamp'] ?? '';
    $signatures = explode(' ', $headers['webhook-signature'] ?? '');
    if ($id === '' || !preg_match('/^\d{1,12}$/', $timestamp)) {
        throw new PayDeskError('The webhook has no id or no timestamp.');
    }
    // A recorded webhook must not be accepted later.
    if (abs(($now ?? time()) - (int) $timestamp) > 300) {
        throw new PayDeskError('The webhook is older than five minutes, or the clock of this server is wrong.');
    }
    foreach ($secrets as $secret) {
        $key = base64_decode(preg_replace('/^whsec_/', '', $secret), true);
        if ($key === false || strlen($key) < 24) {
            throw new PayDeskError('A webhook secret is whsec_ and base64 of 24 to 64 bytes.');
        }
        $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
        foreach ($signatures as $signature) {
            if (hash_equals($expected, $signature)) {
                return json_decode($body, true, 512, JSON_THROW_ON_ERROR);
            }
        }
    }
    throw new PayDeskError('The signature of the webhook is wrong.');
}
