/**
 * The main states in the languages with other scripts than Latin and Burmese, and in Spanish, on the narrowest phones: accessible, nothing
 * beside the checkout or cut off, and every line high enough for its letters. `npm run screens` draws all states in all languages.
 */
import { expect } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { directionOf } from '#contract';
import { FakeBff } from './support/fake-bff.ts';
import { PayDeskHarness } from './support/pay-desk-harness.ts';
import { allStates, transferStates } from './support/payment-view.ts';

const languages = ['bn', 'ur', 'hi', 'ne', 'es', 'uz-Cyrl'] as const;
const states = { ...allStates, ...transferStates() };
const main = [
  'transferring, with captions of the wallet, a picture and an exact amount',
  'paid by wallet',
  'transfer not found yet',
  'no method fits',
  'checked by a person',
  'a card, with phone and saving',
  'a code by SMS, or an SMS instead',
  'an SMS to send',
];
/** Those that axe looks at: a form with everything, and a screen with rows to copy. */
const axe = main.slice(0, 2);
const rules = { ignoredRules: ['region', 'page-has-heading-one', 'landmark-one-main', 'color-contrast'] };

/** Boxes but the buttons of icons, which stand out on purpose, that end outside of the checkout, or hide a part of what is in them. */
function faults({ root, checkout }: PayDeskHarness): string[] {
  const { left, right } = checkout.getBoundingClientRect();
  return [
    ...root.querySelectorAll<HTMLElement>('*:not(.unseen, .unseen *, svg, svg *, .copy, .copy *, .copy-row, dd:has(.copy-row))'),
  ].flatMap((element) => {
    const box = element.getBoundingClientRect();
    const name = `${element.localName}.${element.className} “${element.textContent?.trim().slice(0, 30)}”`;
    const { overflowX, overflowY } = getComputedStyle(element);
    const isField = element.matches('input, select, option, iframe');
    const cut =
      !isField &&
      ((overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1) ||
        (overflowY !== 'visible' && !element.matches('.working') && element.scrollHeight > element.clientHeight + 1));
    return [
      ...(box.width && (box.right > right + 1 || box.left < left - 1) ? [`beside the checkout: ${name}`] : []),
      ...(cut ? [`cut off: ${name}`] : []),
    ];
  });
}

/** Texts whose letters are higher than their lines, so that lines run into each other. */
function crowded({ root, checkout }: PayDeskHarness): string[] {
  // Of Nastaliq the highest and the lowest letter of a text seldom stand above each other.
  const share = checkout.locale === 'ur' ? 1.35 : 1;
  const canvas = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
  return [...root.querySelectorAll<HTMLElement>('.title, .label, .note span, p.text, .submit .idle, .secondary, dt')].flatMap(
    (element) => {
      const style = getComputedStyle(element);
      canvas.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      const { actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = canvas.measureText(element.textContent ?? '');
      const line = Number.parseFloat(style.lineHeight);
      return up + down > line * share + 1
        ? [`${element.className || element.localName}: letters of ${Math.round(up + down)} px in lines of ${line}`]
        : [];
    },
  );
}

for (const width of [280, 320])
  for (const locale of languages)
    describe(`at ${width} px, ${locale}`, () => {
      before(async () => {
        await setViewport({ width, height: 640 });
        await emulateMedia({ reducedMotion: 'reduce' });
      });
      after(() => emulateMedia({ reducedMotion: 'no-preference' }));

      for (const name of main)
        it(name, async () => {
          const view = states[name]?.();
          if (!view) throw new Error(`there is no state “${name}”`);
          const customer = await PayDeskHarness.open(new FakeBff(view), { locale });
          await customer.rest();
          expect(customer.root.querySelector('[part=root]')?.getAttribute('dir')).to.equal(directionOf(locale));
          expect([...faults(customer), ...crowded(customer)].join('\n')).to.equal('');
          if (width === 320 && axe.includes(name)) await expect(customer.checkout.parentElement).to.be.accessible(rules);
        });
    });
