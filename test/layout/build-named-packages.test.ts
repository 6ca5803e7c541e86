/** `npm run build:packages -- <name>` knows every package, and says which there are. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { packageNames } from '../support/packed-package.ts';

const command = fileURLToPath(new URL('../../widget/build/build-named-packages.ts', import.meta.url));

it('refuses a name that is no package, and lists those that are', () => {
  const { status, stderr } = spawnSync(process.execPath, [command, 'server', 'nothing'], { encoding: 'utf8' });
  assert.equal(status, 1);
  assert.equal(stderr, `There is no package nothing: expected some of ${Object.keys(packageNames).join(', ')}.\n`);
});
