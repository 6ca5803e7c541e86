/**
 * The command that starts the demo for a page of one's own. The simulators of the payment services must never be where real money moves, so
 * they are a package of their own, which this only finds and runs.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { CommandFailure, exitCodes } from './exit-codes.ts';

const name = '@pay-desk/sandbox';

export function addSandboxCommand(program: Command): void {
  program
    .command('sandbox')
    .description('a Pay Desk to try, with simulated payment services and keys of its own, for a page on this machine')
    .option('--origin <origin…>', 'origin of your page, e.g. http://localhost:3000; may be repeated')
    .option('--webhook <url>', 'where your server gets the signed webhooks')
    .addHelpText(
      'after',
      '\nExample:\n  $ pay-desk sandbox --origin http://localhost:3000 --webhook http://localhost:3000/webhooks',
    )
    .allowExcessArguments()
    .allowUnknownOption()
    .action((_options, command: Command) => sandbox(argumentsAfter(command)));
}

/** As they were typed: the sandbox reads them itself, and explains what it cannot use. */
function argumentsAfter(command: Command): string[] {
  const all = process.argv.slice(2);
  return all.slice(all.indexOf(command.name()) + 1);
}

async function sandbox(args: readonly string[]): Promise<void> {
  const program = findSandbox();
  if (program === null) {
    throw new CommandFailure(
      exitCodes.refused,
      `The sandbox is not installed, because its simulators must never be where real money moves. Run it by: npx ${[name, ...args].join(' ')}`,
    );
  }
  const child = spawn(process.execPath, [program, ...args], { stdio: 'inherit' });
  // Whoever stops the command stops the sandbox, which ends by itself once its requests have ended.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.removeAllListeners(signal);
    process.on(signal, () => child.kill(signal));
  }
  const [code] = (await once(child, 'exit')) as [number | null];
  process.exitCode = code ?? exitCodes.refused;
}

/** Where it was installed: in the project of the working folder, or beside this command. */
function findSandbox(): string | null {
  for (const from of [join(process.cwd(), 'package.json'), import.meta.url]) {
    try {
      const manifest = createRequire(from).resolve(`${name}/package.json`);
      return join(dirname(manifest), 'demo/sandbox.js');
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw cause;
    }
  }
  return null;
}
