/** Every key of the messages is used somewhere in the widget, so that no text is translated five times for nothing. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { en } from '../../widget/messages/en.ts';

const widget = fileURLToPath(new URL('../../widget/', import.meta.url));
const source = readdirSync(widget, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.startsWith('.types') && !/^messages[/\\](..|messages)\.ts$/.test(name))
  .map((name) => readFileSync(join(widget, name), 'utf8'))
  .join('\n');

for (const key of Object.keys(en)) it(`the text "${key}" is used`, () => assert.match(source, new RegExp(`\\.${key}\\b`)));

/** These are read by a code from the server, or by the name of a screen. */
it('the texts of screens, methods and problems are found by their names', () => {
  assert.match(source, /texts\.titles\[/);
  assert.match(source, /texts\.problems\b/);
  assert.match(source, /texts\.methods\[/);
});
