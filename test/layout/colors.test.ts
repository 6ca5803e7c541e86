/**
 * The widget, the pages around it, the console and the demo have the same colours, though none of them may read another's style
 * sheet: the frames and the modal are there before the widget is, and the console imports the contract alone.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { theme } from '../../widget/element/theme.ts';

type Pair = readonly [light: string, dark: string];

/** `--pay-color-…` of the widget, by the names that the other sheets use. */
const tokens: Readonly<Record<string, string>> = {
  surface: 'surface',
  sunken: 'sunken',
  text: 'text',
  muted: 'text-muted',
  border: 'border',
  edge: 'border',
  'border-strong': 'border-strong',
  accent: 'accent',
  'on-accent': 'on-accent',
  'accent-soft': 'accent-soft',
  danger: 'danger',
  warning: 'warning',
  'warning-soft': 'warning-soft',
};

/** Colours that only the pages have. The warning of the console is a little darker than the one of the widget. */
const own: Readonly<Record<string, Pair>> = {
  bg: ['#f3f5f4', '#0c1210'],
  'on-danger': ['#ffffff', '#3a0905'],
  'danger-soft': ['#fbeae8', '#3a1d1a'],
};
const consoleWarning: Pair = ['#805300', '#f0c060'];

const source = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The widget's colour by the name of a page's token. */
function expected(name: string): Pair | undefined {
  const value = new RegExp(`--_color-${tokens[name]}: [^;]*light-dark\\((#\\w+), (#\\w+)\\)`).exec(theme.cssText);
  return value?.[1] && value[2] ? [value[1], value[2]] : own[name];
}

const pairsIn = (css: string): [name: string, Pair][] =>
  [...css.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\);/g)].map(([, name = '', light = '', dark = '']) => [
    name,
    [light, dark],
  ]);

it('the demo has the colours of the widget', () => {
  const pairs = pairsIn(source('demo/page/tokens.css'));
  assert.ok(pairs.length >= 12, 'its tokens were found');
  for (const [name, pair] of pairs) assert.deepEqual(pair, expected(name), name);
});

it('the console has the colours of the widget', () => {
  const pairs = pairsIn(source('server/operate/console/styles/base.css'));
  assert.ok(pairs.length >= 12, 'its tokens were found');
  for (const [name, pair] of pairs) assert.deepEqual(pair, name === 'warning' ? consoleWarning : expected(name), name);
});

it('the framed pages have the colours of the widget, in light, in dark by the system, and in dark by choice', () => {
  const blocks = source('widget/embed/plugin/plugin.css').match(/:root[^{]*\{[^}]*--bg:[^}]*\}/g) ?? [];
  assert.equal(blocks.length, 3);
  for (const [at, block] of blocks.entries()) {
    const values = [...block.matchAll(/--([\w-]+): (#\w+);/g)];
    // Its edge in the light is a shadow, so it is no colour of the widget's.
    assert.equal(values.length, at === 0 ? 7 : 8);
    for (const [, name = '', value] of values) assert.equal(value, expected(name)?.[at === 0 ? 0 : 1], `${name} in block ${at}`);
  }
});

it('the window over the page has no colour that the widget does not have', () => {
  const known = new Set([...Object.keys(tokens), ...Object.keys(own)].flatMap((name) => expected(name) ?? []));
  const used = source('widget/embed/window/modal.styles.ts').match(/#[0-9a-f]{6}\b/g) ?? [];
  assert.ok(used.length > 0);
  for (const color of used) assert.ok(known.has(color), color);
});
