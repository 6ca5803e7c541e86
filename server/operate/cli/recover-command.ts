/** The command that enters a payment again that a restored backup does not know, from a webhook that the shop has kept. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { paymentReference } from '#contract';
import { type ActResult, type KeptPayment, keptPayment } from '#contract/operate';
import { noteOption } from './act-bodies.ts';
import { formatAmount } from './amounts.ts';
import { usageError } from './exit-codes.ts';
import { type ActOptions, connect, withAct } from './operator-api.ts';
import { report } from './payment-acts.ts';
import { confirm, printable, say } from './terminal.ts';

interface RecoverOptions extends ActOptions {
  merchant: string;
  note: string;
}

export function addRecoverCommand(payments: Command): void {
  withAct(
    payments
      .command('recover')
      .argument('<file>', 'the body of a webhook, or of an answer about the payment; - reads it from standard input'),
  )
    .description('after a restore: enter a payment again that the shop knows and the backup does not')
    .requiredOption('--merchant <id>', 'whose payment it is')
    .addOption(noteOption().makeOptionMandatory())
    .addHelpText(
      'after',
      '\nExample:\n  $ pay-desk payments recover webhook.json --merchant nova --note "from the shop\'s log, lost by the restore"',
    )
    .action(recover);
}

async function recover(file: string, { merchant, note, ...options }: RecoverOptions): Promise<void> {
  const payment = readPayment(file);
  const { id, orderId, amount, currency } = payment;
  const reference = paymentReference(id);
  say(`${reference}  order ${printable(orderId)}  ${formatAmount(amount, currency)}\n`);
  say('  The payment is entered again as far as it is missing, and waits for a person. Its money counts once you say so:');
  say(`  pay-desk payments resolve ${reference} --outcome paid …\n`);
  if (!options.yes) await confirm(reference);
  const body = { merchantId: merchant, payment, note };
  report(await connect(options).post<ActResult>('/operate/payments/recover', body, options.idempotencyKey), options);
}

/** @throws {CommandFailure} if the file cannot be read, or is no payment */
function readPayment(file: string): KeptPayment {
  const payment = keptPayment(readJson(file));
  if (!payment)
    throw usageError(`${printable(file)}: expected a webhook of ours about a payment, or the payment itself, as JSON.`);
  return payment;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'));
  } catch (cause) {
    const reason =
      cause instanceof SyntaxError ? 'it is no JSON' : ((cause as NodeJS.ErrnoException).code ?? 'it cannot be read');
    throw usageError(`${printable(file)}: expected the body of a webhook, but ${reason}.`);
  }
}
