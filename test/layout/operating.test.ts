/** Every command of the operator's handbook exists and has the options that are named with it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { scaledTimeout } from '../support/load-factor.ts';
import { runCommand } from '../support/pay-desk-command.ts';

const handbook = readFileSync(new URL('../../server/OPERATING.md', import.meta.url), 'utf8');

/** The commands as they are written: in code, up to its end or the end of the line. */
const written = [...handbook.matchAll(/pay-desk ((?:[a-z][a-z-]*)(?: [^`\n]*)?)[`\n]/g)]
  .map(([, text = '']) => text.replace(/\$\([^)]*\)|"[^"]*"| #.*$/g, 'x'))
  .filter((text) =>
    /^(init|config|keys|seal|links|db|queue|status|payments|postbacks|webhooks|export|approvals|flags|reconcile|audit)\b/.test(
      text,
    ),
  );

it('the handbook names commands that there are, with their options', { timeout: scaledTimeout(120_000) }, async () => {
  assert.ok(written.length > 30);
  const helps = new Map<string, string>();
  for (const text of written) {
    const [group = '', second = ''] = text.split(' ');
    const words = ['init', 'queue', 'status', 'export', 'reconcile'].includes(group) ? [group] : [group, second];
    const command = words.join(' ');
    if (!helps.has(command)) {
      const { code, stdout, stderr } = await runCommand([...words, '--help']);
      assert.equal(code, 0, `pay-desk ${command}: ${stderr}`);
      assert.match(stdout, new RegExp(`^Usage: pay-desk ${command} `), `there is no pay-desk ${command}`);
      helps.set(command, stdout);
    }
    for (const [option] of text.matchAll(/(?<= )--[a-z-]+/g))
      assert.ok(helps.get(command)?.includes(`${option}`), `pay-desk ${command} has no ${option}`);
  }
});
