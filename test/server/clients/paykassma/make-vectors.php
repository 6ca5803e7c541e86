<?php
// Makes vectors.json, which the reading of postbacks has to agree with: `php make-vectors.php > vectors.json`. Written from
// the description of the signature alone (PHP 8.2, serialize_precision -1), to go beyond the vectors that came with it.

const KEYS = ['access_key' => 'anAccessKey-1', 'private_key' => 'aPrivateKey-2'];
const UNESCAPED = JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE;

$values = [
    'floats' => [['transaction_id' => 'f', 'a' => 0.1, 'b' => 0.1 + 0.2, 'c' => 4.35, 'd' => 6008.39, 'e' => 500.0, 'f' => 1 / 3]],
    'exponents' => [['transaction_id' => 'e', 'a' => 1e25, 'b' => 1.5e-7, 'c' => 1e15, 'd' => 123456789012345678.0, 'e' => -2.5e300]],
    'minus zero and the greatest integers' => [['transaction_id' => 'i', 'a' => -0.0, 'b' => PHP_INT_MAX, 'c' => PHP_INT_MIN, 'd' => 9007199254740993]],
    'ends of lines, signs of control and DEL' => [['transaction_id' => "a\u{2028}b\u{2029}c", 'b' => "\x00\x01\x08\x09\x0a\x0b\x0c\x0d\x1f\x7f", 'c' => "\u{80}\u{9f}\u{a0}\u{feff}"]],
    'Burmese, Bengali, Urdu, Hindi and a sign beyond the first plane' => [['transaction_id' => '၁၂၃၄၅၆၇၈၉၀', 'a' => 'ငွေပေးချေမှု', 'b' => 'নগদ', 'c' => 'ایزی پیسہ', 'd' => 'भुगतान', 'e' => '🛒𝒳']],
    'slashes and quotes, in keys too' => [['transaction_id' => 'shop/2024\\"1"', "it's/a\"key\\ключ" => '</script>&<>\'']],
    'keys like integers' => [['transaction_id' => 'k', '10' => 'a', '9' => 'b', '-1' => 'c', '' => 'd', '__proto__' => 'e', 'constructor' => 'f']],
    'empty lists and objects' => [['transaction_id' => 'l', 'a' => [], 'b' => new stdClass(), 'c' => [[], [new stdClass()]], 'd' => '', 'e' => null]],
    'nested objects' => [['transaction_id' => 'n', 'a' => ['b' => ['c' => ['d' => [1, 2.50, true, false, null, ['e' => 'f']]]]]]],
    'several transactions' => [['transaction_id' => '1', 'x' => 1], ['transaction_id' => '2', 'x' => 1.0], ['transaction_id' => '3', 'x' => '1']],
];

function sign(mixed $value, int $flags): array
{
    $json = json_encode($value, $flags | JSON_THROW_ON_ERROR);
    return [$json, sha1(KEYS['access_key'] . KEYS['private_key'] . md5($json))];
}

$vectors = [];
foreach ($values as $name => $value) {
    foreach (['additional_data', 'transactions', 'body'] as $path) {
        foreach ([UNESCAPED, 0] as $flags) {
            $list = $path === 'transactions' ? 'transactions' : 'additional_data';
            $body = ['wallet_type' => 'wavepay', 'amount' => 6000.5, 'currency_code' => 'MMK', $list => $value];
            [$json, $signature] = sign($path === 'body' ? $body : $value, $flags);
            $whole = ['signature' => $signature] + $body;
            $vectors[] = [
                'name' => "$name, in $path" . ($flags ? '' : ', signed without flags'),
                'signed_path' => $path,
                'signed_json' => $json,
                // However PHP spells the body, it means the same.
                'bodies' => array_map(fn ($spelling) => json_encode($whole, $spelling), [0, UNESCAPED, JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE]),
            ];
        }
    }
}
echo json_encode(KEYS + ['vectors' => $vectors], JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES), "\n";
