/** What editors are told of <pay-desk> is what the source has: nothing missing, nothing made up. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';

const widget = fileURLToPath(new URL('../../widget/', import.meta.url));
const read = (name: string) => readFileSync(join(widget, name), 'utf8');
const told = JSON.parse(read('custom-elements.json')).modules[0].declarations[0];
const names = (list: { name: string }[]) => list.map(({ name }) => name).sort();
const found = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))].sort();

const drawing = readdirSync(widget, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !/^(\.types|embed)/.test(name))
  .map(read)
  .join('\n');

it('has every property, and the attribute of each', () => {
  const table = read('element/properties.ts').match(/properties = \{(.*?)\n {2}\} satisfies/s)?.[1] ?? '';
  const rows = [...table.matchAll(/^ {4}(\w+): \{(.*)\},$/gm)].map(([, name = '', options = '']) => ({ name, options }));
  const attributes = rows
    .filter(({ options }) => !options.includes('attribute: false'))
    .map(({ name, options }) => options.match(/attribute: '([\w-]+)'/)?.[1] ?? name);
  assert.ok(rows.length > 10);
  assert.deepEqual(names(told.attributes), attributes.sort());
  for (const { name } of rows) assert.ok(names(told.members).includes(name), name);
});

it('has every event', () => assert.deepEqual(names(told.events), found(read('events.ts'), /^ {4}'(pay-[\w-]+)': /gm)));

it('has every slot', () => assert.deepEqual(names(told.slots), found(drawing, /<slot name="([\w-]+)"/g)));

it('has every token', () => {
  const tokens = found(read('element/theme.ts'), /^ {2}'([\w-]+)': /gm).map((name) => `--pay-${name}`);
  assert.ok(tokens.length > 30);
  assert.deepEqual(names(told.cssProperties), tokens);
});

it('has every part', () => {
  const literal = found(drawing, /\bpart="([\w-]+)"/g);
  for (const name of literal) assert.ok(names(told.cssParts).includes(name), name);
  for (const name of names(told.cssParts)) assert.match(drawing, new RegExp(`part="${name}"|'${name}'`), name);
});
