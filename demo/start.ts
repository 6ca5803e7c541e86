/** `npm run demo`: starts everything, prints the addresses, stops on Ctrl-C. `read-arguments.ts` lists its arguments. */
import { demoKeys } from '../server/demo-keys.ts';
import { readArguments } from './read-arguments.ts';
import { startDemo } from './start-demo.ts';

try {
  const { origins, webhookTo, ...options } = readArguments(process.argv.slice(2), process.env);
  const demo = await startDemo({ ...options, origins, ...(webhookTo !== undefined && { webhookTo }) });
  const { qa, shop, bff, operate, paycodes, paykassma, payme } = demo.urls;
  // Before it is announced that it can be stopped: who reads that may stop it at once.
  let stopping = false;
  const stop = async () => {
    // A second signal ends the process without waiting.
    if (stopping) process.exit(1);
    stopping = true;
    await demo.close();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);

  console.log(`
  Pay Desk demo

  QA page     ${qa}
  Shop        ${shop}
  BFF         ${bff}      API: ${bff}/docs
  Operators   ${operate}      anna: ${demoKeys.operators.anna}
              ${' '.repeat(operate.length)}      ben: ${demoKeys.operators.ben}
  PayCodes    ${paycodes}      ledger: ${paycodes}/_/ledger
  Paykassma   ${paykassma}      ledger: ${paykassma}/_/ledger
  Payme       ${payme}      ledger: ${payme}/_/ledger

  API key ${demoKeys.apiKey}, webhook secret ${demoKeys.webhookSecret}
  Pay with GOOD0001, or by SMS with the phone on the QA page; 5.00 off 30.00 PLN: DISC5PLN. By wallet on the QA page, in MMK.
  Pay by card, in UZS: 8600 0691 9540 6311, 03/99, SMS code 666666.  ${shop}?currency=UZS
${
  origins.length || webhookTo
    ? `
  Pages of ${origins.join(', ') || 'the demo only'} may show payments.
  Webhooks go to ${webhookTo ?? 'the demo’s shop only: --webhook names a server of yours'}.
`
    : ''
}  Ctrl-C stops it.
`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
