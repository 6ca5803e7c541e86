/** No text is translated five times for nobody: every key of the words is read somewhere in the widget. */
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

/** Read by a code that comes from the server, or by the name of a screen. */
it('the texts of screens, methods and problems are found by their names', () => {
  assert.match(source, /texts\.titles\[/);
  assert.match(source, /texts\.problems\b/);
  assert.match(source, /texts\.methods\[/);
});
