/** Installs npm packages of ours into a consumer's project as npm would, but from what is built here and without a registry. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** By the folder in `dist/npm`: the name that a consumer installs. */
export const packageNames = {
  'pay-desk': 'pay-desk',
  server: '@pay-desk/server',
  cli: '@pay-desk/cli',
  sandbox: '@pay-desk/sandbox',
} as const;
export type PackageFolder = keyof typeof packageNames;

/**
 * Packs the package by `npm pack` and unpacks it. The dependencies that it names are linked beside it, and no others: an import
 * of anything else fails, as it would for the consumer. Run `npm run build:packages` before.
 * @returns The package's folder in the project.
 */
export function installPacked(project: string, folder: PackageFolder = 'pay-desk'): string {
  const installed = join(project, 'node_modules', packageNames[folder]);
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', pack(project, folder), '-C', installed, '--strip-components=1']);
  const { dependencies = {} } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  linkPackages(project, Object.keys(dependencies));
  if (!existsSync(join(project, 'package.json'))) writeFileSync(join(project, 'package.json'), '{"type": "module"}');
  return installed;
}

/** @returns Path of the tarball, in the given folder. */
export function pack(target: string, folder: PackageFolder): string {
  const command = ['pack', '--ignore-scripts', '--json', '--pack-destination', target];
  const output = execFileSync('npm', command, { cwd: join(root, 'dist/npm', folder), encoding: 'utf8' });
  const [{ filename }] = JSON.parse(output) as [{ filename: string }];
  return join(target, filename);
}

/** What the consumer has installed itself, or npm would install: links to our own copies. */
export function linkPackages(project: string, names: readonly string[]): void {
  for (const name of names) {
    const link = join(project, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    if (!existsSync(link)) symlinkSync(join(root, 'node_modules', name), link);
  }
}
