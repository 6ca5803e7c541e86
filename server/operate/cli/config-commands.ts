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
    .description('name everything that would stop the server from starting')
    .option('--env-file <file>', 'variables, as node --env-file reads them; those of the environment count more')
    .addHelpText('after', '\nExample:\n  $ pay-desk config check --env-file pay-desk.env')
    .action(check);
}

async function check({ envFile }: { envFile?: string }): Promise<void> {
  const config = await configOf(envFile);
  print(`The configuration is in order: ${config.merchants.map(({ id }) => id).join(', ')}.`);
}

/**
 * The configuration as the server would read it, of the environment and this file.
 * @throws {CommandFailure} with everything that is wrong with it
 */
export async function configOf(envFile: string | undefined): Promise<Config> {
  const { readConfig } = await import('../../config.ts');
  const { config, mistakes } = readConfig({ ...readEnvFile(envFile), ...process.env });
  if (!config) throw new CommandFailure(exitCodes.refused, mistakes.join('\n'));
  return config;
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
