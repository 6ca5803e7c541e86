<?php
/**
 * Plugin Name: Pay Desk for WooCommerce
 * Description: Customers pay their orders on the page of Pay Desk: by pay code, wallet or card.
 * Version: 0.1.0
 * Requires at least: 6.5
 * Requires PHP: 8.1
 * Requires Plugins: woocommerce
 * License: MIT
 * Text Domain: pay-desk-for-woocommerce
 *
 * The order creates a payment at Pay Desk, the customer is sent to its page, and the webhook of Pay Desk, never the customer's
 * return, makes the order paid. README.md beside this file says how it is installed and what it does not do.
 */
declare(strict_types=1);

namespace PayDesk\WooCommerce;

if (!defined('ABSPATH')) {
    exit;
}

/** The id of the payment method, and the name of its settings and of its webhook address. */
const GATEWAY = 'pay_desk';

/** Meta data of an order. The payment that the customer was sent to last: */
const CURRENT_PAYMENT = '_pay_desk_payment_id';
/** followed by a payment's id: the sequence of the last webhook that was applied. Its presence makes a payment one of the order. */
const SEQUENCE_OF = '_pay_desk_sequence_';
/** how often a payment was created for the order, and the hash of what was sent last: */
const TRY_NUMBER = '_pay_desk_try';
const REQUEST_HASH = '_pay_desk_request';

add_action('plugins_loaded', define_gateway(...));
add_filter('woocommerce_payment_gateways', static fn (array $gateways): array => [...$gateways, Gateway::class]);
add_action('woocommerce_api_' . GATEWAY, serve_webhook(...));
add_action('init', static function (): void {
    load_plugin_textdomain('pay-desk-for-woocommerce', false, dirname(plugin_basename(__FILE__)) . '/languages');
});
add_action('before_woocommerce_init', static function (): void {
    if (class_exists(\Automattic\WooCommerce\Utilities\FeaturesUtil::class)) {
        \Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility('custom_order_tables', __FILE__, true);
        \Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility('cart_checkout_blocks', __FILE__, false);
    }
});

/** Pay Desk did not do what was asked. `problem` is its problem code, empty where nothing answered. */
final class Refusal extends \RuntimeException
{
    public function __construct(public readonly string $problem, public readonly int $status, string $message = '')
    {
        parent::__construct($message);
    }
}

/**
 * Digits after the point of a currency by ISO 4217, where they are not two. The shop's number of decimals is only what it shows, so
 * it is not used.
 */
const MINOR_UNIT_DIGITS = [
    'BIF' => 0, 'CLP' => 0, 'DJF' => 0, 'GNF' => 0, 'ISK' => 0, 'JPY' => 0, 'KMF' => 0, 'KRW' => 0, 'PYG' => 0, 'RWF' => 0,
    'UGX' => 0, 'UYI' => 0, 'VND' => 0, 'VUV' => 0, 'XAF' => 0, 'XOF' => 0, 'XPF' => 0,
    'BHD' => 3, 'IQD' => 3, 'JOD' => 3, 'KWD' => 3, 'LYD' => 3, 'OMR' => 3, 'TND' => 3,
    'CLF' => 4, 'UYW' => 4,
];

/**
 * The total of an order as Pay Desk wants it, by its digits and without floating point: 25.5 PLN is 2550.
 *
 * @return ?int null for what cannot be paid exactly: zero, less than zero, or a part of the smallest unit
 */
function minor_units(string $total, string $currency): ?int
{
    $digits = MINOR_UNIT_DIGITS[$currency] ?? 2;
    if (!preg_match('/^(\d{1,12})(?:\.(\d+))?$/D', $total, $found)) {
        return null;
    }
    $fraction = str_pad($found[2] ?? '', $digits, '0');
    if (trim(substr($fraction, $digits), '0') !== '') {
        return null;
    }
    $amount = (int) ($found[1] . substr($fraction, 0, $digits));
    return $amount > 0 ? $amount : null;
}

/** An amount in minor units for people: 2550 is "25.50 PLN". */
function money(int $amount, string $currency): string
{
    $digits = MINOR_UNIT_DIGITS[$currency] ?? 2;
    $text = str_pad((string) $amount, $digits + 1, '0', STR_PAD_LEFT);
    return ($digits === 0 ? $text : substr($text, 0, -$digits) . '.' . substr($text, -$digits)) . " $currency";
}

/** Writes to WooCommerce's log. Give it codes and ids only, and never a key, a secret, or an address that opens a payment. */
function log_warning(string $text): void
{
    wc_get_logger()->warning($text, ['source' => GATEWAY]);
}

/** WooCommerce is loaded after the plugins, so its class can be extended only then. */
function define_gateway(): void
{
    if (!class_exists(\WC_Payment_Gateway::class)) {
        return;
    }

    final class Gateway extends \WC_Payment_Gateway
    {
        public function __construct()
        {
            $this->id = GATEWAY;
            $this->has_fields = false;
            $this->supports = ['products'];
            $this->method_title = __('Pay Desk', 'pay-desk-for-woocommerce');
            $this->method_description = __('The customer pays on the page of Pay Desk.', 'pay-desk-for-woocommerce');
            $this->init_form_fields();
            $this->init_settings();
            $this->title = (string) $this->get_option('title');
            $this->description = (string) $this->get_option('description');
            add_action('woocommerce_update_options_payment_gateways_' . $this->id, [$this, 'process_admin_options']);
        }

        public function init_form_fields(): void
        {
            $webhook = esc_html(WC()->api_request_url(GATEWAY));
            $this->form_fields = [
                'enabled' => [
                    'title' => __('Enable', 'pay-desk-for-woocommerce'),
                    'label' => __('Offer Pay Desk at the checkout', 'pay-desk-for-woocommerce'),
                    'type' => 'checkbox',
                    'default' => 'no',
                ],
                'title' => [
                    'title' => __('Title', 'pay-desk-for-woocommerce'),
                    'type' => 'text',
                    'default' => __('Pay code, wallet or card', 'pay-desk-for-woocommerce'),
                ],
                'description' => [
                    'title' => __('Description', 'pay-desk-for-woocommerce'),
                    'type' => 'textarea',
                    'default' => __('You pay on the next page.', 'pay-desk-for-woocommerce'),
                ],
                'address' => [
                    'title' => __('Address of Pay Desk', 'pay-desk-for-woocommerce'),
                    'type' => 'pay_desk_address',
                    'description' => __('For example https://pay.example', 'pay-desk-for-woocommerce'),
                    'default' => '',
                ],
                'api_key' => [
                    'title' => __('API key', 'pay-desk-for-woocommerce'),
                    'type' => 'pay_desk_secret',
                    'description' => __('It begins with sk_ and needs the scope payments only.', 'pay-desk-for-woocommerce'),
                    'default' => '',
                ],
                'webhook_secrets' => [
                    'title' => __('Webhook secret', 'pay-desk-for-woocommerce'),
                    'type' => 'pay_desk_secret',
                    'description' => sprintf(
                        /* translators: %s: the address of this shop that gets the webhooks */
                        __('It begins with whsec_. While it is being replaced, write both with a space between. The webhooks must be sent to %s', 'pay-desk-for-woocommerce'),
                        '<code>' . $webhook . '</code>',
                    ),
                    'default' => '',
                ],
            ];
        }

        /** Without all three no order could be paid, or none would ever learn that it was. */
        public function is_available(): bool
        {
            $configured = $this->get_option('address') && $this->get_option('api_key') && webhook_secrets($this);
            return $configured && parent::is_available();
        }

        /** An ordinary text field. It has a type of its own only so that its input is validated below. */
        public function generate_pay_desk_address_html($key, $data): string
        {
            return $this->generate_text_html($key, ['type' => 'url'] + $data);
        }

        /** The API key is sent to this address, so it must not travel in the clear. */
        public function validate_pay_desk_address_field($key, $value): string
        {
            $address = rtrim(trim((string) $value), '/');
            if ($address !== '' && !preg_match('~^(https://[^/?#\s@]+|http://(127\.0\.0\.1|localhost)(:\d+)?)$~D', $address)) {
                throw new \Exception(esc_html__('The address of Pay Desk begins with https:// and has no path.', 'pay-desk-for-woocommerce'));
            }
            return $address;
        }

        /** A field for a secret that never shows the stored one, unlike WooCommerce's field for passwords. */
        public function generate_pay_desk_secret_html($key, $data): string
        {
            $stored = $this->get_option($key) !== '';
            $hint = $stored ? __('Stored. Leave this empty to keep it.', 'pay-desk-for-woocommerce') : '';
            $field = esc_attr($this->get_field_key($key));
            return '<tr valign="top"><th scope="row" class="titledesc"><label for="' . $field . '">' . esc_html($data['title'])
                . '</label></th><td class="forminp"><input type="password" class="input-text regular-input" autocomplete="new-password" id="'
                . $field . '" name="' . $field . '" value="" placeholder="' . esc_attr($hint) . '" /><p class="description">'
                . wp_kses_post($data['description']) . '</p></td></tr>';
        }

        public function validate_pay_desk_secret_field($key, $value): string
        {
            $secret = trim((string) wp_unslash($value ?? ''));
            if ($secret === '') {
                return (string) $this->get_option($key);
            }
            $form = $key === 'api_key' ? '/^sk_\S+$/D' : '~^whsec_[A-Za-z0-9+/]{32,}=*(\s+whsec_[A-Za-z0-9+/]{32,}=*)*$~D';
            if (!preg_match($form, $secret)) {
                throw new \Exception(esc_html($key === 'api_key'
                    ? __('An API key of Pay Desk begins with sk_.', 'pay-desk-for-woocommerce')
                    : __('A webhook secret is whsec_ and base64 of 24 to 64 bytes.', 'pay-desk-for-woocommerce')));
            }
            return $secret;
        }

        /** Sends the customer to the page of Pay Desk. The order stays pending until the webhook. */
        public function process_payment($order_id): array
        {
            $order = wc_get_order($order_id);
            try {
                return ['result' => 'success', 'redirect' => open_payment($this, $order)];
            } catch (Refusal $refusal) {
                log_warning("Order $order_id: no payment, {$refusal->status} {$refusal->problem} {$refusal->getMessage()}");
                wc_add_notice(esc_html(refusal_text($refusal)), 'error');
                return ['result' => 'failure', 'redirect' => ''];
            }
        }
    }
}

function refusal_text(Refusal $refusal): string
{
    if ($refusal->problem === 'payment_processing') {
        return __('The outcome of a payment of this order is not known here yet. Please do not pay again before it is.', 'pay-desk-for-woocommerce');
    }
    return __('The payment cannot be started just now. Please try again in a minute.', 'pay-desk-for-woocommerce');
}

/**
 * Creates the payment of the order, or finds the one that it has, and returns the address of its page.
 *
 * The Idempotency-Key is made of the order and a stored number, so that a double click or a repetition after a lost answer makes no
 * second payment. The number grows when the order has changed or when its payment is over.
 *
 * @throws Refusal
 */
function open_payment(\WC_Payment_Gateway $gateway, \WC_Order $order): string
{
    $request = payment_request($gateway, $order);
    $hash = hash('sha256', (string) wp_json_encode($request));
    $new = $order->get_meta(REQUEST_HASH) !== $hash;
    for ($left = 3; $left > 0; $left -= 1) {
        if ($new) {
            $order->update_meta_data(REQUEST_HASH, $hash);
            $order->update_meta_data(TRY_NUMBER, (string) ((int) $order->get_meta(TRY_NUMBER) + 1));
            $order->save();
        }
        $new = true;
        // The order's own key tells apart two shops, or one that was installed again, that number their orders alike.
        $shop = substr(hash('sha256', $order->get_order_key()), 0, 12);
        $key = "woocommerce-$shop-{$order->get_id()}-{$order->get_meta(TRY_NUMBER)}";
        try {
            $answer = call_api($gateway, '/v1/payments', $request, $key);
        } catch (Refusal $refusal) {
            if ($refusal->problem === 'order_conflict') {
                cancel_current_payment($gateway, $order);
                continue;
            }
            throw $refusal;
        }
        $payment = $answer['payment'] ?? [];
        if (!is_string($payment['id'] ?? null) || !preg_match('~^https?://~', $answer['pluginUrl'] ?? '')) {
            throw new Refusal('', 0, 'the answer cannot be read');
        }
        if (in_array($payment['status'] ?? '', ['canceled', 'expired', 'refunded'], true)) {
            continue;
        }
        $order->update_meta_data(CURRENT_PAYMENT, $payment['id']);
        if ($order->get_meta(SEQUENCE_OF . $payment['id']) === '') {
            $order->update_meta_data(SEQUENCE_OF . $payment['id'], '0');
        }
        $order->save();
        return $answer['pluginUrl'];
    }
    throw new Refusal('order_conflict', 409);
}

/** @return array<string, mixed> the body of `POST /v1/payments` @throws Refusal */
function payment_request(\WC_Payment_Gateway $gateway, \WC_Order $order): array
{
    $amount = minor_units((string) $order->get_total(), $order->get_currency());
    if ($amount === null) {
        throw new Refusal('', 0, 'the total is no whole number of the smallest units of the currency');
    }
    // Saved cards belong to the label, so only a customer who is logged in may have one that lasts.
    $customer = $order->get_customer_id();
    $isKnown = $customer > 0 && $customer === get_current_user_id();
    $back = $gateway->get_return_url($order);
    return [
        'amount' => $amount,
        'currency' => $order->get_currency(),
        'orderId' => (string) $order->get_id(),
        'label' => $isKnown ? "customer-$customer" : "guest-of-order-{$order->get_id()}",
        'locale' => determine_locale(),
        'returnUrls' => ['success' => $back, 'pending' => $back, 'fail' => $order->get_checkout_payment_url()],
    ];
}

/**
 * The order was changed, and its payment is of another amount or customer: it has to end before there can be a new one.
 *
 * @throws Refusal `payment_processing` where the customer is paying it or has paid it
 */
function cancel_current_payment(\WC_Payment_Gateway $gateway, \WC_Order $order): void
{
    $id = $order->get_meta(CURRENT_PAYMENT);
    if (!is_string($id) || $id === '') {
        throw new Refusal('order_conflict', 409);
    }
    // The webhook of this end may come before the new payment is stored, and must not end the order.
    $order->update_meta_data(CURRENT_PAYMENT, '');
    $order->save();
    try {
        call_api($gateway, '/v1/payments/' . rawurlencode($id) . '/cancel', null, "cancel-$id");
    } catch (Refusal $refusal) {
        $order->update_meta_data(CURRENT_PAYMENT, $id);
        $order->save();
        throw $refusal;
    }
}

/**
 * @param ?array<string, mixed> $body
 * @return array<string, mixed>
 * @throws Refusal
 */
function call_api(\WC_Payment_Gateway $gateway, string $path, ?array $body, string $key): array
{
    $headers = ['Authorization' => 'Bearer ' . $gateway->get_option('api_key'), 'Idempotency-Key' => $key];
    $response = wp_remote_post($gateway->get_option('address') . $path, [
        'headers' => $body === null ? $headers : $headers + ['Content-Type' => 'application/json'],
        'body' => $body === null ? '' : wp_json_encode($body),
        'timeout' => 20,
        'redirection' => 0,
    ]);
    if (is_wp_error($response)) {
        throw new Refusal('', 0, "Pay Desk does not answer at {$gateway->get_option('address')}");
    }
    $status = (int) wp_remote_retrieve_response_code($response);
    $answer = json_decode(wp_remote_retrieve_body($response), true);
    if ($status >= 200 && $status <= 299 && is_array($answer)) {
        return $answer;
    }
    $text = static fn (string $name): string => is_string($answer[$name] ?? null) ? $answer[$name] : '';
    throw new Refusal($text('code'), $status, trim($text('field') . ' ' . ($text('detail') ?: $text('title'))));
}

/** @return list<string> */
function webhook_secrets(\WC_Payment_Gateway $gateway): array
{
    return preg_split('/\s+/', (string) $gateway->get_option('webhook_secrets'), -1, PREG_SPLIT_NO_EMPTY) ?: [];
}

/** The address of the webhook. WordPress adds slashes to $_SERVER, and PHP has the body as it came only here. */
function serve_webhook(): never
{
    $header = static fn (string $name): string => is_string($_SERVER[$name] ?? null) ? wp_unslash($_SERVER[$name]) : '';
    $body = (string) file_get_contents('php://input', false, null, 0, 1_048_577);
    $gateway = WC()->payment_gateways()->payment_gateways()[GATEWAY] ?? null;
    $secrets = $gateway instanceof Gateway ? webhook_secrets($gateway) : [];
    $refused = why_refused($body, $header('HTTP_WEBHOOK_ID'), $header('HTTP_WEBHOOK_TIMESTAMP'), $header('HTTP_WEBHOOK_SIGNATURE'), $secrets);
    $webhook = $refused === '' ? json_decode($body, true) : null;
    if ($refused !== '') {
        log_warning("Webhook refused: $refused");
    }
    status_header(is_array($webhook) ? take_webhook($webhook) : 400);
    nocache_headers();
    exit;
}

/** Empty where one of the secrets has signed the webhook in the last five minutes (https://www.standardwebhooks.com), else the reason. */
function why_refused(string $body, string $id, string $timestamp, string $signatures, array $secrets): string
{
    if ($id === '' || !preg_match('/^\d{1,12}$/D', $timestamp)) {
        return 'it has no id or no timestamp.';
    }
    if (abs(time() - (int) $timestamp) > 300) {
        return 'it is older than five minutes, or the clock of this server is wrong.';
    }
    foreach ($secrets as $secret) {
        $key = base64_decode((string) preg_replace('/^whsec_/', '', $secret), true);
        if ($key === false || strlen($key) < 24) {
            continue;
        }
        $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
        foreach (explode(' ', $signatures) as $signature) {
            if (hash_equals($expected, $signature)) {
                return '';
            }
        }
    }
    return 'no webhook secret of the settings has signed it.';
}

/**
 * Applies a webhook to its order, one at a time for each order.
 *
 * @param array<string, mixed> $webhook
 * @return int the HTTP status: 200 where it is stored or is of no interest here, 503 where it has to come again
 */
function take_webhook(array $webhook): int
{
    $payment = $webhook['data']['payment'] ?? null;
    // The test webhook has no payment.
    if (!is_array($payment) || !is_int($webhook['sequence'] ?? null)) {
        return 200;
    }
    $orderId = (string) ($payment['orderId'] ?? '');
    if (!preg_match('/^\d{1,18}$/D', $orderId)) {
        return 200;
    }
    global $wpdb;
    // Names of locks are common to all databases of the server.
    $lock = 'pay_desk_' . substr(hash('sha256', DB_NAME . $wpdb->prefix . $orderId), 0, 32);
    if ((string) $wpdb->get_var($wpdb->prepare('SELECT GET_LOCK(%s, 5)', $lock)) !== '1') {
        return 503;
    }
    try {
        // The order is read after the lock, so that it is as the webhook before has left it.
        $order = wc_get_order((int) $orderId);
        $id = (string) ($payment['id'] ?? '');
        $sequenceName = SEQUENCE_OF . $id;
        if (!$order instanceof \WC_Order || $order->get_meta($sequenceName) === '') {
            log_warning("A webhook of the payment $id, which is of no order here.");
            return 200;
        }
        if ($webhook['sequence'] <= (int) $order->get_meta($sequenceName)) {
            return 200;
        }
        if (!apply_webhook($order, (string) ($webhook['type'] ?? ''), $payment)) {
            return 503;
        }
        $order->update_meta_data($sequenceName, (string) $webhook['sequence']);
        $order->save();
        return 200;
    } finally {
        $wpdb->get_var($wpdb->prepare('SELECT RELEASE_LOCK(%s)', $lock));
    }
}

/** @param array<string, mixed> $payment @return bool false where the order could not be stored */
function apply_webhook(\WC_Order $order, string $type, array $payment): bool
{
    $reference = (string) $payment['reference'];
    $paid = money((int) $payment['amountPaid'], (string) $payment['currency']);
    $refunded = money((int) $payment['amountRefunded'], (string) $payment['currency']);
    switch ($type) {
        case 'payment.succeeded':
            return complete($order, $payment);
        case 'payment.underpaid':
            /* translators: 1: the reference of a payment, 2: an amount with its currency, 3: the same */
            hold($order, $payment, sprintf(__('Pay Desk %1$s: too little was paid, %2$s of %3$s.', 'pay-desk-for-woocommerce'), $reference, $paid, money((int) $payment['due'], (string) $payment['currency'])));
            return true;
        case 'payment.needs_review':
            /* translators: %s: the reference of a payment */
            hold($order, $payment, sprintf(__('Pay Desk %s: a person has to find out there what became of the money.', 'pay-desk-for-woocommerce'), $reference));
            return true;
        case 'payment.reversed':
            /* translators: %s: the reference of a payment */
            hold($order, $payment, sprintf(__('Pay Desk %s: the payment service has taken the money back. Do not ship before somebody has looked.', 'pay-desk-for-woocommerce'), $reference));
            return true;
        case 'payment.canceled':
        case 'payment.expired':
            end_order($order, $type, $payment);
            return true;
        case 'payment.overpaid':
            /* translators: 1: the reference of a payment, 2: an amount with its currency */
            note($order, sprintf(__('Pay Desk %1$s: more was paid than was due, %2$s in all.', 'pay-desk-for-woocommerce'), $reference, $paid));
            return true;
        case 'payment.updated':
            /* translators: 1: the reference of a payment, 2: an amount with its currency, 3: the same */
            note($order, sprintf(__('Pay Desk %1$s: its sums have changed. Paid: %2$s, returned: %3$s.', 'pay-desk-for-woocommerce'), $reference, $paid, $refunded));
            return true;
        case 'payment.refunded':
            /* translators: 1: the reference of a payment, 2: an amount with its currency */
            note($order, sprintf(__('Pay Desk %1$s: %2$s was returned to the customer. Refund the order here if that is not done yet.', 'pay-desk-for-woocommerce'), $reference, $refunded));
            return true;
    }
    return true;
}

/** @param array<string, mixed> $payment */
function complete(\WC_Order $order, array $payment): bool
{
    $reference = (string) $payment['reference'];
    if ($order->get_date_paid() !== null || $order->is_paid()) {
        if ($order->get_transaction_id() !== $payment['id']) {
            /* translators: %s: the reference of a payment */
            note($order, sprintf(__('Pay Desk %s: this order had been paid before. The money of this payment has to be returned.', 'pay-desk-for-woocommerce'), $reference));
        } elseif ($order->has_status('on-hold')) {
            /* translators: %s: the reference of a payment */
            note($order, sprintf(__('Pay Desk %s: the payment is confirmed again. The order can be taken off hold.', 'pay-desk-for-woocommerce'), $reference));
        }
        return true;
    }
    $amount = minor_units((string) $order->get_total(), $order->get_currency());
    if ($payment['amount'] !== $amount || $payment['currency'] !== $order->get_currency()) {
        /* translators: 1: the reference of a payment, 2: an amount with its currency */
        hold($order, $payment, sprintf(__('Pay Desk %1$s: paid, but the payment was for %2$s and the order is of another amount now.', 'pay-desk-for-woocommerce'), $reference, money((int) $payment['amount'], (string) $payment['currency'])));
        return true;
    }
    if ($order->has_status(['cancelled', 'failed'])) {
        /* translators: %s: the reference of a payment */
        note($order, sprintf(__('Pay Desk %s: the money came after the order had ended. See whether it can still be delivered.', 'pay-desk-for-woocommerce'), $reference));
    }
    return (bool) $order->payment_complete((string) $payment['id']);
}

/** The customer may pay a failed order again, and not a cancelled one; so both ends of a payment make it failed. */
function end_order(\WC_Order $order, string $type, array $payment): void
{
    $isOfThisPayment = $order->get_payment_method() === GATEWAY && $order->get_meta(CURRENT_PAYMENT) === $payment['id'];
    if (!$isOfThisPayment || !$order->has_status('pending')) {
        return;
    }
    /* translators: %s: the reference of a payment */
    $expired = __('Pay Desk %s: the time to pay is over.', 'pay-desk-for-woocommerce');
    /* translators: %s: the reference of a payment */
    $canceled = __('Pay Desk %s: the payment was canceled.', 'pay-desk-for-woocommerce');
    $order->update_status('failed', esc_html(sprintf($type === 'payment.expired' ? $expired : $canceled, (string) $payment['reference'])));
}

/** Puts an order on hold, unless it is delivered or returned already, or was paid in another way. */
function hold(\WC_Order $order, array $payment, string $text): void
{
    $isPaidOtherwise = $order->is_paid() && $order->get_transaction_id() !== $payment['id'];
    if ($isPaidOtherwise || $order->has_status(['completed', 'refunded', 'on-hold'])) {
        note($order, $text);
    } else {
        $order->update_status('on-hold', esc_html($text));
    }
}

function note(\WC_Order $order, string $text): void
{
    $order->add_order_note(esc_html($text));
}
