/** `npm run demo`: starts everything, prints the addresses, stops on Ctrl-C. `PORT_BASE=n` moves the ports. */
import { demoKeys } from '../server/demo-keys.ts';
import { startDemo } from './start-demo.ts';

const portBase = Number(process.env.PORT_BASE || 4400);
if (!Number.isInteger(portBase) || portBase < 1 || portBase > 65_445) {
  console.error('PORT_BASE: expected a whole number from 1 to 65445.');
  process.exit(1);
}

try {
  const demo = await startDemo({ portBase });
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
  Ctrl-C stops it.
`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
