/** The command that checks the configuration as the server would read it, without starting anything. */
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { Command } from 'commander';
import type { Config } from '../../config.ts';
import { CommandFailure, exitCodes, usageError } from './exit-codes.ts';
import { print } from './terminal.ts';

export function addConfigCommands(program: Command): void {
  const config = program.command('config').description('check the configuration');
  config
    .command('check')
    .description('name everything that would stop the server from starting, and warn of what is dangerous')
    .option('--env-file <file>', 'variables, as node --env-file reads them; those of the environment count more')
    .option('--json', 'print JSON: {mistakes, warnings}')
    .addHelpText('after', '\nExample:\n  $ pay-desk config check --env-file pay-desk.env')
    .action(check);
}

/** Warnings are data too: a wrong configuration is still printed as JSON. */
async function check({ envFile, json }: { envFile?: string; json?: true }): Promise<void> {
  const { checkConfig } = await import('../../check-config.ts');
  const report = checkConfig({ ...readEnvFile(envFile), ...process.env });
  const { mistakes, warnings } = report;
  if (json) print(JSON.stringify(report));
  else for (const warning of warnings) print(`Warning: ${warning}`);
  if (mistakes.length > 0) throw new CommandFailure(exitCodes.refused, json ? '' : mistakes.join('\n'));
  if (!json) print('The server would start with this configuration.');
}

/**
 * The configuration as the server would read it, of the environment and this file, for a command that works on its database.
 * @throws {CommandFailure} with everything that is wrong with it, {CopyError} if there is no database
 */
export async function configOf(envFile: string | undefined): Promise<Config> {
  const { readConfig } = await import('../../config.ts');
  const { config, mistakes } = readConfig({ ...readEnvFile(envFile), ...process.env });
  if (!config) throw new CommandFailure(exitCodes.refused, mistakes.join('\n'));
  const { requireDatabase } = await import('../../storage/copies/copy-files.ts');
  requireDatabase(config.databaseUrl);
  // A server waits for its database; a person wants to know at once that it is away.
  return { ...config, databaseWaitMs: 0 };
}

/** The variables of the file; none without a file. */
export function readEnvFile(path: string | undefined): NodeJS.Dict<string> {
  if (path === undefined) return {};
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch {
    throw usageError('--env-file: expected the path of a file that can be read.');
  }
}
