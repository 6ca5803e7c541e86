<?php
// Calls functions of pay_desk.php: reads [[name, arguments…], …] as JSON, prints [{"value"} or {"error", "problem"}, …].
require __DIR__ . '/../../../server/links/examples/pay_desk.php';

$results = [];
foreach (json_decode(stream_get_contents(STDIN), true) as [$name, $arguments]) {
    try {
        $results[] = ['value' => $name(...$arguments)];
    } catch (PayDeskError $error) {
        $results[] = ['error' => $error->getMessage(), 'problem' => $error->problem];
    }
}
echo json_encode($results, JSON_THROW_ON_ERROR);
