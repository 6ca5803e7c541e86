/**
 * Prints a receipt without the page around it, which usually is the shop's. It is rendered into a hidden frame and styled by an
 * adopted style sheet, because a content security policy may forbid inline styles. The frame is removed after printing.
 */
import { html, render } from 'lit';
import { directionOf } from '#contract';
import { ofDocument } from '../browser.ts';

export interface Receipt {
  lang: string;
  title: string;
  /** The word that it is paid, and when, with the time zone; '' where that is not known. */
  paid: string;
  when: string;
  /** Formatted, with its currency. */
  amount: string;
  rows: readonly (readonly [name: string, value: string])[];
}

export function printReceipt({ lang, title, paid, when, amount, rows }: Receipt): void {
  const frame = ofDocument('createElement')('iframe');
  frame.hidden = true;
  frame.title = title;
  ofDocument('body').append(frame);
  const { contentWindow: page, contentDocument: receipt } = frame;
  if (!page || !receipt) {
    frame.remove();
    return;
  }
  receipt.documentElement.lang = lang;
  receipt.documentElement.dir = directionOf(lang);
  receipt.title = title;
  const sheet = new (page as typeof window & Pick<typeof globalThis, 'CSSStyleSheet'>).CSSStyleSheet();
  sheet.replaceSync(printStyles);
  receipt.adoptedStyleSheets = [sheet];
  render(
    html`<h1>${title}</h1>
      <p><strong>${paid}</strong> <bdi>${when}</bdi></p>
      <p class="amount">${amount}</p>
      <dl>${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd><bdi>${value}</bdi></dd></div>`)}</dl>`,
    receipt.body,
  );
  page.addEventListener('afterprint', () => frame.remove(), { once: true });
  page.print();
}

const printStyles = `
  body { margin: 24mm auto; max-inline-size: 120mm; color: #000; font: 12pt/1.6 system-ui, "Noto Sans Myanmar", "Myanmar Text", sans-serif; }
  h1 { margin: 0; font-size: 16pt; }
  p { margin: 2mm 0 0; }
  strong { margin-inline-end: 2mm; padding: 0.5mm 2mm; border: 1px solid; border-radius: 1.5mm; }
  .amount { margin: 4mm 0; font-size: 22pt; font-weight: 600; }
  dl { margin: 0; }
  div { display: flex; justify-content: space-between; gap: 8mm; padding-block: 2mm; border-block-end: 1px solid #999; }
  dd { margin: 0; font-weight: 600; text-align: end; overflow-wrap: anywhere; }
`;
