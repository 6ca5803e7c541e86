/**
 * The public design tokens: every `--pay-*` property with its default for light and dark. A merchant sets tokens on `<pay-desk>`
 * or on any ancestor. Our style sheets read a private copy, `--_*`, so that an inherited token wins over our default.
 * `theme="auto"` follows the `color-scheme` of the page and not only the system: a dark checkout on a page that stays white could
 * not be read.
 */
import { css, unsafeCSS } from 'lit';

/** By the name without `--pay-`: the value on a light background and on a dark one. */
const colors: Record<string, readonly [light: string, dark: string]> = {
  'color-surface': ['#ffffff', '#151d1a'],
  'color-sunken': ['#f6f8f7', '#1b2521'],
  'color-text': ['#12211d', '#eaf1ee'],
  'color-text-muted': ['#55635e', '#a3b2ac'],
  'color-border': ['#dbe2df', '#2b3833'],
  'color-border-strong': ['#84938d', '#71827b'],
  'color-accent': ['#0a6a56', '#4fcfab'],
  'color-on-accent': ['#ffffff', '#04231a'],
  'color-accent-soft': ['#e4f2ee', '#17352c'],
  'color-danger': ['#b3261e', '#ff8f86'],
  'color-warning': ['#8a5a00', '#f0c060'],
  'color-warning-soft': ['#fdf3dd', '#352a12'],
  'color-focus-ring': ['rgb(10 106 86 / 0.22)', 'rgb(79 207 171 / 0.28)'],
};

const measures: Record<string, string> = {
  'font-family': 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Myanmar", "Myanmar Text", "Pyidaungsu", sans-serif',
  'font-size': '16px',
  'font-size-small': '14px',
  'font-size-title': '22px',
  'font-size-amount': '34px',
  'font-weight-strong': '650',
  'line-height': '1.45',
  'line-height-tall': '1.7',
  'code-tracking': '0.04em',
  'radius-group': '14px',
  'radius-control': '12px',
  'space-1': '4px',
  'space-2': '8px',
  'space-3': '12px',
  'space-4': '16px',
  'space-5': '20px',
  'control-height': '52px',
  'control-height-secondary': '44px',
  'focus-ring-width': '3px',
  'motion-duration': '150ms',
  'motion-easing': 'ease-out',
};

const declarations = (values: (readonly [name: string, value: string])[]) =>
  unsafeCSS(values.map(([name, value]) => `--_${name}: var(--pay-${name}, ${value});`).join('\n'));
const colorDeclarations = (pick: (pair: readonly [string, string]) => string) =>
  declarations(Object.entries(colors).map(([name, pair]) => [name, pick(pair)]));

/** Browsers without `light-dark()` show the light colours. */
export const theme = css`
  :host {
    ${declarations(Object.entries(measures))}
    ${colorDeclarations(([light]) => light)}
  }
  @supports (color: light-dark(red, red)) {
    :host {
      ${colorDeclarations((pair) => `light-dark(${pair.join(', ')})`)}
    }
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
`;
