<?php
// Makes vectors.json, which the server has to agree with: `php make-vectors.php > vectors.json`. Written without a look at
// the server's code, from the description of the signature alone; a merchant's PHP would sign like this.

function sign(array $parameters, string $key): string
{
    unset($parameters['lang'], $parameters['theme'], $parameters['signature']);
    ksort($parameters, SORT_STRING);
    $signed = "pay-desk-link-v1\n" . http_build_query($parameters, '', '&', PHP_QUERY_RFC3986);
    return rtrim(strtr(base64_encode(hash_hmac('sha256', $signed, $key, true)), '+/', '-_'), '=');
}

$key = 'a-link-key-of-32-signs-at-the-least-0001';
$least = [
    'label' => 'customer-7',
    'currency_code' => 'PLN',
    'custom_transaction_id' => 'order-1',
    'fixed_amount' => '25',
    'merchant' => 'shop',
    'exp' => '1900000000',
    'kid' => '2026',
];
$cases = [
    'the least a link can say' => $least,
    'language and theme are not signed' => $least + ['lang' => 'my', 'theme' => 'dark'],
    'every parameter' => $least + [
        'lang' => 'en',
        'theme' => 'light',
        'wallet_type' => 'wavepay',
        'methods' => 'pay_code,card',
        'payment_url_success_id' => 'thanks',
        'payment_url_fail_id' => '1',
        'payment_url_pending_id' => '3',
        'success_url' => 'https://shop.example/thanks?order=1&from=desk',
        'fail_url' => 'https://shop.example/fail#basket',
        'pending_url' => 'https://shop.example/wait',
    ],
    'signs that RFC 3986 reserves and others forget' => ['label' => "!'()*~-._ +/?#[]@:;=,$&%20%"] + $least,
    'letters of other scripts' => ['label' => 'မောင်မောင် 🛒 Żółć', 'custom_transaction_id' => 'заказ №7'] + $least,
    'an empty value is signed too' => $least + ['wallet_type' => ''],
];

$vectors = [];
foreach ($cases as $name => $parameters) {
    $signature = sign($parameters, $key);
    $all = $parameters + ['signature' => $signature];
    $vectors[] = [
        'name' => $name,
        'parameters' => $parameters,
        'signature' => $signature,
        // As PHP's forms write it, with + for a space, and as RFC 3986 does: both spell the same link.
        'queries' => [http_build_query($all), http_build_query($all, '', '&', PHP_QUERY_RFC3986)],
    ];
}
echo json_encode(['key' => $key, 'vectors' => $vectors], JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE), "\n";
