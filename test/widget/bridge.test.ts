/** What a merchant's page sends to a frame of ours arrives whole, and a slip in one option loses nothing else. */
import { expect } from '@open-wc/testing';
import { readPage } from '../../widget/bridge/from-page.ts';
import { showPart } from '../../widget/bridge/make-frame.ts';
import { readMessage } from '../../widget/bridge/read-message.ts';
import { translationMessages } from '../../widget/bridge/translation-messages.ts';
import { createAppearanceStore, unflattenTranslations } from '../../widget/embed/plugin/appearance-store.ts';
import { createLegibleAppearance } from '../../widget/embed/plugin/legible-appearance.ts';
import { en } from '../../widget/messages/en.ts';
import { my } from '../../widget/messages/my.ts';

/** The warnings of the console while something runs. */
function warningsOf(run: () => void): string[] {
  const { warn } = console;
  const warnings: string[] = [];
  console.warn = (text: string) => warnings.push(text);
  try {
    run();
  } finally {
    console.warn = warn;
  }
  return warnings;
}

/** Every text by its path. */
const pathsOf = (texts: object, path = ''): [path: string, text: string][] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : pathsOf(value, `${path}${key}.`),
  );

describe('a merchant’s own texts', () => {
  for (const [what, texts] of [
    ['every text of ours', en],
    ['every text, for one language', { my }],
    ['texts of the SMS form', { sms: { get: 'Get it', problems: { code_invalid: 'No' } } }],
    [
      'captions and steps of a transfer',
      { transfer: { step1: 'Pay', step2: 'Tell', captions: { upi_id: 'UPI' }, how: en.transfer.how } },
    ],
  ] as const)
    it(`reach a frame whole: ${what}`, () => {
      const arrived: Record<string, string> = {};
      for (const words of translationMessages(texts)) {
        const message = readPage({ v: 1, type: 'set', words });
        Object.assign(arrived, message?.type === 'set' && message.words);
      }
      const paths = new Map(pathsOf(unflattenTranslations(arrived)));
      const lost = pathsOf(texts).filter(([path, text]) => paths.get(path) !== text);
      expect(lost.map(([path]) => path)).to.deep.equal([]);
    });
});

describe('a wrong option', () => {
  const init = { v: 1, type: 'init', clientSecret: 'cs_1', locale: 'my', tokens: { '--pay-color-accent': 'green' } };
  for (const [what, wrong, without] of [
    ['a theme that does not exist', { theme: 'blue' }, 'theme'],
    ['a method that does not exist', { method: 'cash' }, 'method'],
    ['methods as a list', { methods: ['card'] }, 'methods'],
    ['disabled as a text', { disabled: 'yes' }, 'disabled'],
    ['an option of nobody', { colour: 'red' }, 'colour'],
    ['tokens as a text', { tokens: '--pay-color-accent: red' }, 'tokens'],
  ] as const)
    it(`is left out alone: ${what}`, () => {
      let read: unknown;
      const warnings = warningsOf(() => {
        read = readPage({ ...init, ...wrong });
      });
      const { [without as 'tokens']: _, ...rest } = init;
      expect(read).to.deep.equal(rest);
      expect(warnings).to.have.length(1);
      expect(warnings[0]).to.contain(without);
    });

  for (const [name, value] of [
    ['--pay-color-text', 'url(https://evil.example/)'],
    ['--pay-space-1', '1px; display: none'],
    ['--shop-color', 'red'],
    ['--pay-font-size', 17],
  ] as const)
    it(`is left out alone among the tokens: ${name}: ${value}`, () => {
      let read: unknown;
      const warnings = warningsOf(() => {
        read = readPage({ ...init, tokens: { ...init.tokens, [name]: value } });
      });
      expect(read).to.deep.equal(init);
      expect(warnings[0]).to.contain(name).and.not.contain(`: ${value}`);
    });

  for (const [what, message] of [
    ['no secret that could be one', { ...init, clientSecret: 7 }],
    ['another version', { ...init, v: 2 }],
    ['an unknown kind', { ...init, type: 'pay' }],
    ['no object', 'init'],
  ] as const)
    it(`loses the message where that is worth nothing without it: ${what}`, () => expect(readPage(message)).to.equal(null));
});

describe('tokens for a plugin window', () => {
  const root = document.documentElement;
  const applied = (name: string) => root.style.getPropertyValue(name).trim();
  beforeEach(() => root.setAttribute('style', '--surface: #ffffff; --muted: #55635e; color-scheme: light'));
  afterEach(() => root.removeAttribute('style'));

  for (const [name, value] of [
    ['--pay-color-text', 'transparent'],
    ['--pay-color-text', '#fefefe'],
    ['--pay-color-text', 'rgb(0 0 0 / 0.05)'],
    ['--pay-color-text-muted', 'oklch(98% 0 0)'],
    ['--pay-color-warning', 'white'],
    ['--pay-font-size-amount', '0'],
    ['--pay-font-size-amount', '900px'],
    ['--pay-font-size', 'calc(1px * 2)'],
    ['--pay-font-size-small', '1%'],
    ['--pay-line-height', '0'],
    ['--pay-space-3', '4000px'],
    ['--pay-focus-ring-width', '2000px'],
    ['--pay-motion-duration', '86400s'],
    ['--pay-font-family', 'Wingdings'],
  ] as const)
    it(`that would hide the amount are ignored, with a warning: ${name}: ${value}`, () => {
      const warnings = warningsOf(() =>
        createLegibleAppearance(() => null).update({ tokens: { [name]: value, '--pay-color-accent': 'rebeccapurple' } }),
      );
      expect(applied(name)).to.equal('');
      expect(applied('--pay-color-accent')).to.equal('rebeccapurple');
      expect(warnings).to.have.length(1);
      expect(warnings[0]).to.contain(name);
    });

  it('that hide the mark of test mode together are ignored together', () => {
    warningsOf(() =>
      createLegibleAppearance(() => null).update({
        tokens: { '--pay-color-warning': '#202020', '--pay-color-warning-soft': '#101010' },
      }),
    );
    expect(applied('--pay-color-warning') + applied('--pay-color-warning-soft')).to.equal('');
  });

  it('are judged again under the other colour scheme', () => {
    const { update } = createLegibleAppearance(() => null);
    update({ tokens: { '--pay-color-text': '#101010' } });
    expect(applied('--pay-color-text')).to.equal('#101010');
    root.style.setProperty('--surface', '#151d1a');
    warningsOf(() => update({ theme: 'dark' }));
    expect(applied('--pay-color-text')).to.equal('');
    root.removeAttribute('data-theme');
  });

  it('of an ordinary brand are used as they are', () => {
    const tokens = {
      '--pay-color-text': 'light-dark(#222, #eee)',
      '--pay-color-text-muted': 'rgb(0 0 0 / 0.6)',
      '--pay-color-warning-soft': '#fff4d6',
      '--pay-font-family': 'Inter, sans-serif',
      '--pay-font-size': '1.125rem',
      '--pay-font-size-amount': '2.5em',
      '--pay-line-height': '1.5',
      '--pay-space-4': '20px',
      '--pay-motion-duration': '0s',
      '--pay-radius-group': '0',
    };
    const warnings = warningsOf(() => createLegibleAppearance(() => null).update({ tokens }));
    expect(warnings).to.deep.equal([]);
    for (const [name, value] of Object.entries(tokens)) expect(applied(name)).to.equal(value);
  });

  it('stay when a later message changes another one, and go when it removes them', () => {
    const { update } = createAppearanceStore(() => null);
    update({ tokens: { '--pay-color-accent': 'green' } });
    update({ tokens: { '--pay-radius-group': '4px' } });
    expect([applied('--pay-color-accent'), applied('--pay-radius-group')]).to.deep.equal(['green', '4px']);
    update({ tokens: { '--pay-color-accent': '' } });
    expect(applied('--pay-color-accent')).to.equal('');
  });
});

describe('words about a refusal in a tall frame', () => {
  it('come into view: what is scrolled around the frame moves, and only where they were out of sight', () => {
    const scroller = document.createElement('div');
    scroller.style.cssText = 'block-size:300px;overflow:auto';
    const frame = document.createElement('iframe');
    frame.style.cssText = 'display:block;block-size:1500px;border:0';
    scroller.append(frame);
    document.body.append(scroller);
    try {
      const seenAt = (place: number) => place - scroller.scrollTop;
      showPart(frame, { top: 900, bottom: 940 });
      expect(seenAt(900)).to.be.at.least(0);
      expect(seenAt(940)).to.be.at.most(300);
      const { scrollTop } = scroller;
      showPart(frame, { top: 900, bottom: 940 });
      expect(scroller.scrollTop).to.equal(scrollTop);
      showPart(frame, { top: 100, bottom: 140 });
      expect(seenAt(100)).to.be.at.least(0);
      expect(frame.style.scrollMargin).to.equal('');
    } finally {
      scroller.remove();
    }
  });

  it('are told by places only', () => {
    expect(readMessage({ v: 1, type: 'show', top: 3, bottom: 4 })).to.not.equal(null);
    for (const top of [-1, 1.5, '3', null, Number.NaN])
      expect(readMessage({ v: 1, type: 'show', top, bottom: 4 })).to.equal(null);
  });
});
