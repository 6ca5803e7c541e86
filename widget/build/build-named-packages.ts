/**
 * `npm run build:packages`: builds what the npm packages are made of, and writes them to `dist/npm`. Whoever wants one package names it, as
 * in `npm run build:packages -- server`, and waits for nothing that only the others need.
 */
import { execFileSync } from 'node:child_process';

/** By package: the scripts of package.json that it is made by, with their arguments. */
const madeBy: Readonly<Record<string, readonly string[][]>> = {
  'pay-desk': [['typecheck', '--', 'widget'], ['build:widget']],
  server: [['typecheck', '--', 'server/sdk']],
  cli: [],
  sandbox: [['build:widget']],
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(madeBy, name));
if (unknown.length > 0) {
  process.stderr.write(`There is no package ${unknown.join(', ')}: expected some of ${Object.keys(madeBy).join(', ')}.\n`);
  process.exit(1);
}
const scripts = names.length > 0 ? names.flatMap((name) => madeBy[name] ?? []) : [['build']];
for (const script of new Set(scripts.map((words) => words.join(' '))))
  execFileSync('npm', ['run', '--silent', ...script.split(' ')], { stdio: 'inherit' });
execFileSync(process.execPath, ['widget/build/build-packages.ts', ...names], { stdio: 'inherit' });
process.stdout.write(`Written to dist/npm: ${(names.length > 0 ? names : Object.keys(madeBy)).join(', ')}.\n`);
