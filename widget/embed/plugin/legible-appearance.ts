/**
 * The appearance that a page may give the plugin window. Tokens that would hide amount, merchant, order or the mark of test mode are
 * left out with a warning: the window is where the customer can trust these, whatever the page around it has become.
 */
import type { PayDesk } from '../../element/pay-desk.ts';
import { type AppearanceStore, createAppearanceStore } from './appearance-store.ts';

/** @param shown Returns the checkout on the page; null while there is none. */
export const createLegibleAppearance = (shown: () => PayDesk | null): AppearanceStore =>
  createAppearanceStore(shown, legibleTokens);

type Tokens = Readonly<Record<string, string>>;

/** By which property a token's value is measured, and the least and the most, in px or s, that still shows everything. */
const limits: readonly (readonly [names: RegExp, property: string, least: number, most: number])[] = [
  [/^--pay-font-size/, 'font-size', 10, 80],
  // Of a text of 16px.
  [/^--pay-line-height/, 'line-height', 16, 64],
  [/^--pay-space-/, 'padding-top', 0, 64],
  [/^--pay-focus-ring-width$/, 'padding-top', 0, 12],
  // Each screen appears out of nothing.
  [/^--pay-motion-duration$/, 'transition-duration', 0, 2],
];

/** Texts on what they are drawn on: a token, or the ground of the window. */
const texts: readonly (readonly [text: string, ground: string])[] = [
  ['--pay-color-text', '--surface'],
  ['--pay-color-text-muted', '--surface'],
  ['--pay-color-warning', '--pay-color-warning-soft'],
];
/** WCAG 2.2 demands this much of large text. */
const leastContrast = 3;

/** Fonts that draw a picture for each letter, or nothing. */
const pictures = /dings|symbol|blank|icons/i;

/** Those of the tokens that leave everything legible under the colour scheme that is in effect. */
function legibleTokens(tokens: Tokens): Tokens {
  const probe = document.createElement('div');
  probe.style.cssText = 'all: initial; color-scheme: inherit; position: absolute; visibility: hidden; font-size: 16px';
  document.body.append(probe);
  const hiding = [...outOfLimits(probe, tokens), ...withoutContrast(probe, tokens)];
  probe.remove();
  if (hiding.length > 0) console.warn(`Pay Desk: these tokens would hide what is paid, and were ignored: ${hiding.join(', ')}.`);
  return Object.fromEntries(Object.entries(tokens).filter(([name]) => !hiding.includes(name)));
}

const outOfLimits = (probe: HTMLElement, tokens: Tokens): string[] =>
  Object.entries(tokens).flatMap(([name, value]) => {
    if (name === '--pay-font-family') return pictures.test(value) ? [name] : [];
    const limit = limits.find(([names]) => names.test(name));
    if (!limit || value === '') return [];
    const [, property, least, most] = limit;
    const measured = Number.parseFloat(measure(probe, property, value));
    return measured < least || measured > most ? [name] : [];
  });

function withoutContrast(probe: HTMLElement, tokens: Tokens): string[] {
  const window = getComputedStyle(document.documentElement);
  const paper = window.getPropertyValue('--surface');
  return texts.flatMap(([text, ground]) => {
    const set = [text, ground].filter((name) => tokens[name]);
    if (set.length === 0) return [];
    // Our own colours that stand for a token which is not set: close to it in both colour schemes.
    const under = [paper, measure(probe, 'color', tokens[ground] || paper)];
    const over = [...under, measure(probe, 'color', tokens[text] || window.getPropertyValue('--muted'))];
    return contrast(luminance(under), luminance(over)) < leastContrast ? set : [];
  });
}

/** The computed value; '' for a value that the property does not take, which browsers ignore. */
function measure(probe: HTMLElement, property: string, value: string): string {
  probe.style.removeProperty(property);
  probe.style.setProperty(property, value);
  return probe.style.getPropertyValue(property) && getComputedStyle(probe).getPropertyValue(property);
}

/** Of colours that are painted one over the other, as WCAG 2.2 defines it: 0 black, 1 white. */
function luminance(colors: readonly string[]): number {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d');
  if (!canvas) return 0;
  for (const color of colors) {
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
  }
  const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const contrast = (one: number, other: number): number => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
