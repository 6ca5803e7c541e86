/** custom-elements.json, which editors read, describes <pay-desk> as the source does: nothing missing, nothing additional. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';

const widget = fileURLToPath(new URL('../../widget/', import.meta.url));
const read = (name: string) => readFileSync(join(widget, name), 'utf8');
const manifest = JSON.parse(read('custom-elements.json')).modules[0].declarations[0];
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
  assert.deepEqual(names(manifest.attributes), attributes.sort());
  for (const { name } of rows) assert.ok(names(manifest.members).includes(name), name);
});

/** Name and text of each public member's doc comment, as one line. */
function docComments(): Record<string, string> {
  const classes = read('element/pay-desk.ts') + read('element/properties.ts').split('\n}\n')[0];
  const comments = classes.matchAll(/\/\*\*((?:(?!\*\/).)*)\*\/\s*\n {2}(?:override |async |get )?(\w+)/gs);
  return Object.fromEntries([...comments].map(([, text = '', name = '']) => [name, text.replace(/\s*\n\s*\* ?/g, ' ').trim()]));
}

it('describes every member and attribute as its doc comment does', () => {
  const documented = docComments();
  for (const { name, description } of manifest.members) assert.equal(description, documented[name], name);
  for (const { fieldName, description } of manifest.attributes) assert.equal(description, documented[fieldName], fieldName);
});

it('describes every event and slot as the tags of the class do', () => {
  const tags = read('element/pay-desk.ts').matchAll(/@(?:fires \{\w+\}|slot) ([\w-]+) - (.*)/g);
  const documented = Object.fromEntries([...tags].map(([, name, text]) => [name, text]));
  for (const { name, description } of [...manifest.events, ...manifest.slots]) assert.equal(description, documented[name], name);
});

it('has every event', () => assert.deepEqual(names(manifest.events), found(read('events.ts'), /^ {2}'(pay-[\w-]+)': /gm)));

it('leaves each name without "pay-" to the shop, whose page has one registry with ours', () => {
  const registered = readdirSync(widget, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('.types') && name !== join('parts', 'elements.ts'))
    .flatMap((name) => [...read(name).matchAll(/\bdefine\(\s*(.*?),/g)].map(([, element = '']) => element));
  assert.ok(registered.includes("'pay-desk'") && registered.length > 6, String(registered));
  for (const name of registered) assert.match(name, /^'pay-[a-z-]+'$/);
});

it('has every slot', () => assert.deepEqual(names(manifest.slots), found(drawing, /<slot name="([\w-]+)"/g)));

it('has every token', () => {
  const tokens = found(read('element/theme.ts'), /^ {2}'([\w-]+)': /gm).map((name) => `--pay-${name}`);
  assert.ok(tokens.length > 30);
  assert.deepEqual(names(manifest.cssProperties), tokens);
});

it('has every part', () => {
  const literal = found(drawing, /\bpart="([\w-]+)"/g);
  for (const name of literal) assert.ok(names(manifest.cssParts).includes(name), name);
  for (const name of names(manifest.cssParts)) assert.match(drawing, new RegExp(`part="${name}"|'${name}'`), name);
});
