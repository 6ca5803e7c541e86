<?php
/**
 * A shop for PHP's own web server that runs the hooks of the plugin: `/wc-api/pay_desk/`, `/pay?order=…` (what the checkout does),
 * `/settings`, and `/call`, which calls functions of the plugin.
 */
declare(strict_types=1);

namespace Automattic\WooCommerce\Utilities {
    final class FeaturesUtil
    {
        public static function declare_compatibility(string $feature, string $file, bool $isCompatible): void
        {
            $GLOBALS['features'][$feature] = $isCompatible;
        }
    }
}

namespace {
    require __DIR__ . '/woocommerce-stubs.php';
    require __DIR__ . '/../../../server/links/examples/woocommerce/pay-desk-for-woocommerce.php';

    // WordPress adds slashes to what comes in.
    $_SERVER = array_map(static fn (mixed $value): mixed => is_string($value) ? addslashes($value) : $value, $_SERVER);
    $_POST = array_map('addslashes', $_POST);
    foreach (['plugins_loaded', 'before_woocommerce_init', 'init'] as $moment) {
        do_action($moment);
    }
    $gateway = static fn (): object => WC()->payment_gateways()->payment_gateways()['pay_desk'];
    $answer = static function (mixed $value): void {
        header('Content-Type: application/json');
        echo json_encode($value, JSON_THROW_ON_ERROR);
    };
    switch (parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) {
        case '/wc-api/pay_desk/':
            ob_start();
            status_header(200);
            do_action('woocommerce_api_pay_desk');
            ob_end_clean();
            die('-1');
        case '/pay':
            $result = $gateway()->process_payment($_GET['order']);
            if (isset($_GET['redirect'])) {
                header("Location: {$result['redirect']}", true, 302);
                break;
            }
            $answer($result);
            break;
        case '/settings':
            if ($_SERVER['REQUEST_METHOD'] === 'POST') {
                $gateway();
                do_action('woocommerce_update_options_payment_gateways_pay_desk');
            }
            $answer([
                'html' => $gateway()->generate_settings_html(),
                'available' => $gateway()->is_available(),
                'features' => $features,
            ]);
            break;
        case '/call':
            $answer(array_map(
                static fn (array $call): mixed => ("PayDesk\\WooCommerce\\$call[0]")(...$call[1]),
                json_decode((string) file_get_contents('php://input'), true),
            ));
            break;
        default:
            echo '<h1>The shop</h1>';
    }
}
