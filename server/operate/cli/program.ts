/** All commands, and how each of them ends. */
import { Command, CommanderError } from 'commander';
import manifest from '../../../package.json' with { type: 'json' };
import { addAuditCommands } from './audit-commands.ts';
import { addConfigCommands } from './config-commands.ts';
import { addDbCommands } from './db-commands.ts';
import { CommandFailure, exitCodes } from './exit-codes.ts';
import { addExportCommand } from './export-command.ts';
import { addInitCommand } from './init.ts';
import { addKeyCommands } from './key-commands.ts';
import { addLinkCommands } from './link-commands.ts';
import { addOtherActCommands } from './other-acts.ts';
import { addPaymentActCommands } from './payment-acts.ts';
import { addPaymentReadCommands, addReadCommands } from './read-commands.ts';
import { addReconcileCommand } from './reconcile-command.ts';
import { addRecoverCommand } from './recover-command.ts';
import { addRetentionCommands } from './retention-commands.ts';
import { addSandboxCommand } from './sandbox-command.ts';
import { addSealCommands } from './seal-commands.ts';
import { endQuietly, say, withoutKeys } from './terminal.ts';
import { addWebhookCommands } from './webhook-commands.ts';

/** @param argv as Node's: the command begins at the third */
export async function run(argv: readonly string[]): Promise<void> {
  endQuietly();
  try {
    await createProgram().parseAsync(argv);
  } catch (cause) {
    process.exitCode = exitCodeOf(cause);
  }
}

export function createProgram(): Command {
  const program = new Command('pay-desk')
    .description('The command line of Pay Desk: set it up, see what waits, decide, and send again.')
    .version(manifest.version)
    // So that an option of a command, such as --version, may have the name of one of the program.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(withoutKeys(text)) })
    .showHelpAfterError('Add --help to see how it is used.')
    .addHelpText('after', `\n${exitCodeHelp}`);
  addInitCommand(program);
  addSandboxCommand(program);
  addKeyCommands(program);
  addConfigCommands(program);
  addReadCommands(program);
  const payments = program.command('payments').description('find payments, see what happened, decide');
  addPaymentReadCommands(payments);
  addPaymentActCommands(payments);
  addRecoverCommand(payments);
  addOtherActCommands(program);
  addWebhookCommands(program);
  addReconcileCommand(program);
  addExportCommand(program);
  addLinkCommands(program);
  addDbCommands(program);
  addRetentionCommands(program);
  addSealCommands(program);
  addAuditCommands(program);
  return program;
}

const exitCodeHelp = `Exit codes:
  0  done
  1  refused by the server
  2  wrong usage, or not confirmed
  3  the server cannot be reached
  4  the key is wrong or does not allow this
  5  the payment has moved meanwhile`;

/** Prints what went wrong, unless it was printed already. */
function exitCodeOf(cause: unknown): number {
  // Commander has printed its own errors, and help that was requested.
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (cause instanceof CommandFailure) {
    if (cause.message) say(withoutKeys(cause.message));
    return cause.exitCode;
  }
  throw cause;
}
