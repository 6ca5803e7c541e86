/** Starts everything, prints addresses and keys, stops on Ctrl-C. */
import { demoKeys } from '../server/demo-keys.ts';
import { readArguments, usageOf } from './read-arguments.ts';
import { startDemo } from './start-demo.ts';

/** @param command what the user has typed before the arguments */
export async function runDemo(command: string): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usageOf(command));
    return;
  }
  try {
    const { origins, webhookTo, ...options } = readArguments(args, process.env, command);
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
  Pay Desk, for trying: the payment services are simulated, and no money moves.

  QA page     ${qa}
  Shop        ${shop}
  BFF         ${bff}      API: ${bff}/docs
  Operators   ${operate}      anna: ${demoKeys.operators.anna}
              ${' '.repeat(operate.length)}      ben: ${demoKeys.operators.ben}
  PayCodes    ${paycodes}      ledger: ${paycodes}/_/ledger
  Paykassma   ${paykassma}      ledger: ${paykassma}/_/ledger
  Payme       ${payme}      ledger: ${payme}/_/ledger

  Keys for the server of a shop, which work here only; paste them into its terminal:

export PAY_DESK_ORIGIN=${bff}
export PAY_DESK_API_KEY=${demoKeys.apiKey}
export PAY_DESK_WEBHOOK_SECRET=${demoKeys.webhookSecret}
export PAY_DESK_LINK_KEY=${demoKeys.linkKey.key}

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
}
