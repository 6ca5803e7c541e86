<?php
/**
 * As much of WordPress and WooCommerce as the plugin calls. Orders and settings are JSON files in the folder SITE_STATE, and each
 * thing that the plugin does is a line of `journal.jsonl` there. Orders behave as those of WooCommerce where the plugin depends on it.
 */
declare(strict_types=1);

const DB_NAME = 'shop';
define('ABSPATH', __DIR__);

function state(string $name): string
{
    return getenv('SITE_STATE') . "/$name";
}

function read_state(string $name): array
{
    return is_file(state($name)) ? json_decode((string) file_get_contents(state($name)), true) : [];
}

function journal(string $what, mixed ...$details): void
{
    file_put_contents(state('journal.jsonl'), json_encode([$what, ...$details]) . "\n", FILE_APPEND | LOCK_EX);
}

$hooks = [];
function add_filter(string $name, callable $run): void
{
    $GLOBALS['hooks'][$name][] = $run;
}
function add_action(string $name, callable $run): void
{
    add_filter($name, $run);
}
function apply_filters(string $name, mixed $value = null): mixed
{
    foreach ($GLOBALS['hooks'][$name] ?? [] as $run) {
        $value = $run($value);
    }
    return $value;
}
function do_action(string $name): void
{
    foreach ($GLOBALS['hooks'][$name] ?? [] as $run) {
        $run();
    }
}

function __(string $text, string $domain): string
{
    $domain === 'pay-desk-for-woocommerce' || throw new Exception("the text domain $domain");
    return $text;
}
function esc_html(string $text): string
{
    return htmlspecialchars($text, ENT_QUOTES);
}
function esc_attr(string $text): string
{
    return esc_html($text);
}
function esc_html__(string $text, string $domain): string
{
    return esc_html(__($text, $domain));
}
function wp_kses_post(string $text): string
{
    return $text;
}
function wp_unslash(string $text): string
{
    return stripslashes($text);
}
function plugin_basename(string $file): string
{
    return basename(dirname($file)) . '/' . basename($file);
}
function load_plugin_textdomain(string $domain, bool $deprecated, string $path): bool
{
    return $domain === 'pay-desk-for-woocommerce' && $path === 'woocommerce/languages';
}
function wp_json_encode(mixed $value): string|false
{
    return json_encode($value);
}
function determine_locale(): string
{
    return 'en_US';
}
function get_current_user_id(): int
{
    return (int) ($_GET['user'] ?? 0);
}
function status_header(int $status): void
{
    http_response_code($status);
}
function nocache_headers(): void
{
    header('Cache-Control: no-store');
}

final class WP_Error
{
}
function is_wp_error(mixed $value): bool
{
    return $value instanceof WP_Error;
}
function wp_remote_post(string $url, array $request): array|WP_Error
{
    $headers = array_map(fn (string $name, string $value): string => "$name: $value", array_keys($request['headers']), $request['headers']);
    $http = ['method' => 'POST', 'header' => $headers, 'content' => $request['body'], 'timeout' => $request['timeout']];
    $context = stream_context_create(['http' => $http + ['follow_location' => $request['redirection'], 'ignore_errors' => true]]);
    $body = @file_get_contents($url, false, $context);
    journal('http', parse_url($url, PHP_URL_PATH), $request['headers']['Idempotency-Key'], json_decode($request['body'], true));
    if ($body === false) {
        return new WP_Error();
    }
    return ['body' => $body, 'response' => ['code' => (int) substr($http_response_header[0], 9, 3)]];
}
function wp_remote_retrieve_response_code(array $response): int
{
    return $response['response']['code'];
}
function wp_remote_retrieve_body(array $response): string
{
    return $response['body'];
}

/** The named locks of MySQL, by the locks of files. */
$wpdb = new class {
    public string $prefix = 'wp_';
    private array $locks = [];

    public function prepare(string $query, mixed ...$values): string
    {
        return vsprintf(str_replace('%s', "'%s'", $query), $values);
    }
    public function get_var(string $query): ?string
    {
        preg_match("/^SELECT (GET|RELEASE)_LOCK\('(\w{1,64})'(?:, (\d+))?\)$/", $query, $found) || throw new Exception("the query $query");
        [, $what, $name] = $found;
        if ($what === 'RELEASE') {
            unset($this->locks[$name]);
            return '1';
        }
        if (is_file(state('locked'))) {
            return '0';
        }
        $this->locks[$name] = fopen(state($name), 'c');
        return flock($this->locks[$name], LOCK_EX) ? '1' : '0';
    }
};

function wc_get_logger(): object
{
    return new class {
        public function warning(string $text, array $context): void
        {
            journal('log', $text, $context['source']);
        }
    };
}
function wc_add_notice(string $text, string $type): void
{
    journal('notice', $text, $type);
}
function wc_get_order(mixed $id): WC_Order|false
{
    return is_file(state("order-$id.json")) ? new WC_Order((int) $id) : false;
}

class WC_Order
{
    private array $stored;
    private array $changes = [];
    private array $meta = [];

    public function __construct(private readonly int $id)
    {
        $this->stored = read_state("order-$id.json");
    }
    private function get(string $name): mixed
    {
        return $this->changes[$name] ?? $this->stored[$name] ?? null;
    }
    public function get_id(): int
    {
        return $this->id;
    }
    public function get_total(): string
    {
        return $this->get('total');
    }
    public function get_currency(): string
    {
        return $this->get('currency');
    }
    public function get_order_key(): string
    {
        return "wc_order_{$this->id}";
    }
    public function get_customer_id(): int
    {
        return $this->get('customer') ?? 0;
    }
    public function get_payment_method(): string
    {
        return $this->get('method') ?? 'pay_desk';
    }
    public function get_transaction_id(): string
    {
        return $this->get('transaction') ?? '';
    }
    public function get_date_paid(): ?DateTime
    {
        return $this->get('paid') === null ? null : new DateTime($this->get('paid'));
    }
    public function get_checkout_payment_url(): string
    {
        return "http://{$_SERVER['HTTP_HOST']}/order-pay/{$this->id}?key={$this->get_order_key()}";
    }
    public function has_status(string|array $status): bool
    {
        return in_array($this->get('status'), (array) $status, true);
    }
    public function is_paid(): bool
    {
        return $this->has_status(['processing', 'completed']);
    }
    public function get_meta(string $name): mixed
    {
        return $this->meta[$name] ?? $this->stored['meta'][$name] ?? '';
    }
    public function update_meta_data(string $name, mixed $value): void
    {
        $this->meta[$name] = $value;
    }
    public function save(): void
    {
        $now = read_state("order-$this->id.json");
        $this->stored = array_replace($now, $this->changes, ['meta' => array_replace($now['meta'] ?? [], $this->meta)]);
        $this->changes = $this->meta = [];
        // Nobody reads a half-written order.
        $fresh = tempnam((string) getenv('SITE_STATE'), 'order');
        file_put_contents($fresh, json_encode($this->stored));
        rename($fresh, state("order-$this->id.json"));
    }
    public function add_order_note(string $text): void
    {
        journal('note', $this->id, $text);
    }
    public function update_status(string $status, string $note): bool
    {
        $this->add_order_note($note);
        $this->changes['status'] = $status;
        $this->save();
        return true;
    }
    public function payment_complete(string $transaction): bool
    {
        if (is_file(state('broken'))) {
            return false;
        }
        journal('payment_complete', $this->id, $transaction);
        // Whoever works on the same order at this moment still reads it as unpaid.
        usleep(100_000);
        if ($this->has_status(['on-hold', 'pending', 'failed', 'cancelled'])) {
            $this->changes = ['status' => 'processing', 'transaction' => $transaction, 'paid' => gmdate('c')] + $this->changes;
            $this->save();
        }
        return true;
    }
}

abstract class WC_Payment_Gateway
{
    public $id;
    public $has_fields;
    public $supports;
    public $title;
    public $description;
    public $method_title;
    public $method_description;
    public $form_fields = [];
    private array $settings = [];

    public function init_settings(): void
    {
        $this->settings = read_state('settings.json');
    }
    public function get_option($name): mixed
    {
        return $this->settings[$name] ?? $this->form_fields[$name]['default'];
    }
    public function get_field_key($name): string
    {
        return "woocommerce_{$this->id}_$name";
    }
    public function is_available(): bool
    {
        return $this->get_option('enabled') === 'yes';
    }
    public function get_return_url($order): string
    {
        return "http://{$_SERVER['HTTP_HOST']}/order-received/{$order->get_id()}?key={$order->get_order_key()}";
    }
    public function generate_text_html($name, $data): string
    {
        $value = esc_attr((string) $this->get_option($name));
        return "<input type=\"{$data['type']}\" name=\"{$this->get_field_key($name)}\" value=\"$value\">";
    }
    public function generate_settings_html(): string
    {
        $html = '';
        foreach ($this->form_fields as $name => $data) {
            $draw = "generate_{$data['type']}_html";
            $html .= method_exists($this, $draw) ? $this->$draw($name, $data) : $this->generate_text_html($name, $data);
        }
        return $html;
    }
    public function process_admin_options(): void
    {
        foreach ($this->form_fields as $name => $data) {
            $value = $_POST[$this->get_field_key($name)] ?? null;
            $validate = "validate_{$data['type']}_field";
            try {
                $this->settings[$name] = method_exists($this, $validate) ? $this->$validate($name, $value) : (string) $value;
            } catch (Exception $error) {
                journal('settings error', $error->getMessage());
            }
        }
        file_put_contents(state('settings.json'), json_encode($this->settings));
    }
}

function WC(): WooCommerce
{
    static $shop = null;
    $shop ??= new WooCommerce();
    return $shop;
}

final class WooCommerce
{
    private ?array $gateways = null;

    public function api_request_url(string $name): string
    {
        return "http://{$_SERVER['HTTP_HOST']}/wc-api/$name/";
    }
    /** WooCommerce has an object here, whose method of the same name returns the list. */
    public function payment_gateways(): object
    {
        $this->gateways ??= array_map(static fn (string $class): object => new $class(), apply_filters('woocommerce_payment_gateways', []));
        return new class ($this->gateways) {
            public function __construct(private readonly array $gateways)
            {
            }
            public function payment_gateways(): array
            {
                return array_column($this->gateways, null, 'id');
            }
        };
    }
}
