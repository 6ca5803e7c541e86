/** Special circumstances: no connection, a slow one, an expired client secret, a second tab, blocked storage, printing. */
import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { HttpResponse } from 'msw';
import { TabSync } from '../../widget/session/tab-sync.ts';
import { FakeBff, problemResponse } from './support/fake-bff.ts';
import { PayDeskHarness } from './support/pay-desk-harness.ts';
import { allStates, checking, fiscalUrl, openPayment, paid } from './support/payment-view.ts';
import { waitFor } from './support/wait-for.ts';

const gone = () => problemResponse(404, { code: 'not_found', reference: 'req-404' });

describe('offline', () => {
  it('is shown and announced once, and disappears when the BFF answers again', async () => {
    const bff = new FakeBff(openPayment());
    const customer = await PayDeskHarness.open(bff);
    await customer.type('GOOD0001');
    bff.unreachable = true;
    window.dispatchEvent(new Event('online'));
    await customer.until(() => customer.text.includes('No connection'), 'the banner');
    expect(customer.polite).to.contain('No connection');
    bff.unreachable = false;
    await customer.until(() => !customer.root.querySelector('.notice'), 'the end of it');
    expect(customer.field.value).to.equal('GOOD 0001');
  });

  it('is shown at once when the browser reports it', async () => {
    const customer = await PayDeskHarness.open(new FakeBff());
    window.dispatchEvent(new Event('offline'));
    await customer.until(() => customer.text.includes('No connection'), 'the banner');
  });

  it('is shown while a payment is checked, and the check continues when the connection is back', async () => {
    const bff = new FakeBff(openPayment(checking()));
    const customer = await PayDeskHarness.open(bff);
    await customer.until(() => bff.polls.length === 1, 'a long poll');
    bff.unreachable = true;
    bff.move(paid());
    await customer.until(() => customer.text.includes('No connection'), 'the banner');
    expect(customer.heading).to.equal('We are checking your payment');
    bff.unreachable = false;
    await customer.until(() => customer.heading === 'Paid', 'the end');
    expect(customer.text).to.not.contain('No connection');
  });

  it('is not shown for a lost submit, which the form reports itself', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    bff.replies.push(
      () => HttpResponse.error(),
      () => HttpResponse.error(),
    );
    await customer.pay('GOOD0001');
    await customer.until(() => customer.has('error'), 'the form');
    expect(customer.root.querySelector('.notice')).to.equal(null);
  });
});

describe('a payment that could not be opened', () => {
  const open = async () => {
    const bff = new FakeBff();
    bff.unreachable = true;
    const customer = await PayDeskHarness.open(bff);
    const errors: string[] = [];
    customer.checkout.addEventListener('pay-load-error', ({ problem }) => errors.push(problem.code));
    return { bff, customer, errors };
  };

  it('is tried again when the browser is online again: quietly, until it opens', async () => {
    const { bff, customer, errors } = await open();
    customer.button.focus();
    const { button } = customer;
    window.dispatchEvent(new Event('online'));
    await customer.until(() => bff.reads.length > 1, 'another try');
    await customer.nothingMore();
    expect(customer.heading).to.equal('We can’t open this payment');
    expect(customer.focused).to.equal(button);
    expect(errors).to.be.empty;
    bff.unreachable = false;
    window.dispatchEvent(new Event('online'));
    await customer.until(() => customer.has('input'), 'the field');
  });

  it('is tried again by itself', async () => {
    const { bff, customer } = await open();
    bff.unreachable = false;
    await customer.until(() => customer.has('input'), 'the field');
  });

  it('is tried again by the button, and shows when that fails too', async () => {
    const { bff, customer, errors } = await open();
    await customer.click();
    await customer.until(() => errors.length === 1, 'the event');
    bff.unreachable = false;
    await customer.until(() => customer.heading !== '', 'the words');
    await customer.click();
    await customer.until(() => customer.has('input'), 'the field');
  });

  it('is not tried again where its client secret is not accepted', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff, { clientSecret: 'cs_of_another' });
    const before = bff.requests.length;
    window.dispatchEvent(new Event('online'));
    await customer.nothingMore();
    expect(bff.requests).to.have.length(before);
  });
});

describe('a slow connection', () => {
  it('is mentioned after a few seconds', async () => {
    const bff = new FakeBff();
    let open = () => {};
    bff.gate = new Promise((resolve) => {
      open = resolve;
    });
    const customer = await PayDeskHarness.place(bff);
    await customer.until(() => customer.text.includes('Still working on it'), 'the words');
    open();
    await customer.until(() => customer.has('input'), 'the field');
    await customer.until(() => !customer.text.includes('Still working on it'), 'the end of it');
  });
});

describe('a client secret that is no longer accepted', () => {
  it('leads to a screen with the reference and the link back, and not to a loop of requests', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    const problems: string[] = [];
    customer.checkout.addEventListener('pay-load-error', ({ problem }) => problems.push(problem.code));
    Object.assign(bff, { secret: 'cs_rotated' });
    await customer.checkout.refresh();
    await customer.until(() => customer.text.includes('open for too long'), 'the calm screen, whole');
    for (const words of ['Open this payment again', 'don’t pay again', 'PD-7Q4K-19TZ', 'Back to Nova Books'])
      expect(customer.text).to.contain(words);
    const before = bff.requests.length;
    await customer.nothingMore();
    expect(bff.requests).to.have.length(before);
    expect(problems).to.deep.equal(['not_found']);
    expect(customer.checkout.dataset.status).to.equal('load_error');
  });

  it('is fetched again once from the page, and the submit succeeds with the same Idempotency-Key', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    let minted = 0;
    customer.checkout.fetchClientSecret = async () => {
      minted += 1;
      return bff.secret;
    };
    await customer.until(() => bff.reads.length === 2 && customer.has('input'), 'the field');
    bff.replies.push(gone, () => HttpResponse.json(bff.move(paid())));
    await customer.pay('GOOD0001');
    await customer.until(() => customer.heading === 'Paid', 'success');
    expect(minted).to.equal(1);
    expect(new Set(bff.posts.map(({ key }) => key)).size).to.equal(1);
  });

  it('leaves the screen of a completed payment as it is', async () => {
    const bff = new FakeBff(openPayment(paid()));
    const customer = await PayDeskHarness.open(bff);
    Object.assign(bff, { secret: 'cs_rotated' });
    await customer.checkout.refresh();
    expect(customer.heading).to.equal('Paid');
  });
});

describe('two tabs', () => {
  it('stay in sync: what one tab pays the other shows', async () => {
    const bff = new FakeBff();
    const first = await PayDeskHarness.open(bff);
    const second = await PayDeskHarness.open(bff);
    let answer = () => {};
    bff.replies.push(
      () =>
        new Promise((resolve) => {
          answer = () => resolve(HttpResponse.json(bff.move(paid())));
        }),
    );
    await first.pay('GOOD0001');
    await second.until(() => second.text.includes('You are paying in another tab'), 'word of it');
    expect(second.button.disabled).to.be.true;
    await second.until(() => bff.posts.length === 1, 'the request');
    answer();
    await second.until(() => second.heading === 'Paid', 'the same end');
    expect(bff.posts).to.have.length(1);
  });

  it('that are opened while another tab submits show that', async () => {
    const bff = new FakeBff();
    const first = await PayDeskHarness.open(bff);
    bff.replies.push(() => new Promise(() => {}));
    await first.pay('GOOD0001');
    await first.until(() => bff.posts.length === 1, 'the request');
    const second = await PayDeskHarness.open(bff);
    await second.until(() => second.text.includes('You are paying in another tab'), 'word of it');
    expect(second.button.disabled).to.be.true;
  });

  it('can submit again when the other tab’s submit was declined', async () => {
    const bff = new FakeBff();
    const first = await PayDeskHarness.open(bff);
    const second = await PayDeskHarness.open(bff);
    bff.replies.push(() => bff.refuse(422, { code: 'code_invalid', reference: 'r' }));
    await first.pay('GOOD0001');
    await first.until(() => first.has('error'), 'the refusal');
    await second.until(() => !second.button.disabled && second.checkout.view?.version === 2, 'the same truth');
  });

  for (const [who, mine, theirs] of [
    ['the tab that joins', 2, 1],
    ['the tab that was there', 1, 2],
  ] as const)
    it(`are in step although ${who} has shown more already`, async () => {
      const heard: number[] = [];
      const there = new TabSync((version) => heard.push(version));
      there.join('pay_late', theirs);
      const joins = new TabSync((version) => heard.push(version));
      joins.join('pay_late', mine);
      await waitFor(() => heard.length > 0, 'the newer version');
      expect(heard).to.deep.equal([2]);
      there.leave();
      joins.leave();
    });

  it('work without BroadcastChannel', async () => {
    const channel = window.BroadcastChannel;
    Reflect.deleteProperty(window, 'BroadcastChannel');
    try {
      const customer = await PayDeskHarness.open(new FakeBff());
      expect(customer.has('input')).to.be.true;
    } finally {
      window.BroadcastChannel = channel;
    }
  });

  it('do not trust a forged message on the channel', async () => {
    const customer = await PayDeskHarness.open(new FakeBff());
    const forger = new BroadcastChannel('pay-desk:pay_7q4k19tz00000000');
    for (const news of [null, 'paid', { version: 99, status: 'succeeded' }, { version: 'x', busy: 'yes' }])
      forger.postMessage(news);
    await customer.nothingMore();
    forger.close();
    expect(customer.checkout.view?.status).to.equal('open');
    expect(customer.button.disabled).to.be.false;
  });
});

describe('a page that comes back', () => {
  // Nothing fades, so that no test waits for it.
  before(() => emulateMedia({ reducedMotion: 'reduce' }));
  after(() => emulateMedia({ reducedMotion: 'no-preference' }));

  it('from the back-forward cache reads the payment again, and its field is empty', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    await customer.type('GOOD0001');
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await customer.checkout.updateComplete;
    expect(customer.field.value).to.equal('');
    bff.move(paid());
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await customer.until(() => customer.heading === 'Paid', 'the truth');
  });

  for (const [name, view] of Object.entries(allStates))
    it(`after a reload shows the same screen: ${name}`, async () => {
      const bff = new FakeBff(view());
      const before = await PayDeskHarness.open(bff);
      await before.nothingMore(); // the countdown comes with the later screens
      const text = await before.everything();
      before.checkout.remove();
      const after = await PayDeskHarness.open(bff);
      await after.nothingMore();
      expect(await after.everything()).to.equal(text);
    });
});

describe('the receipt', () => {
  it('is printed alone, in a document of its own', async () => {
    const customer = await PayDeskHarness.open(new FakeBff(openPayment({ ...paid(), fiscalReceiptUrl: fiscalUrl })));
    const print = HTMLIFrameElement.prototype;
    const own = Object.getOwnPropertyDescriptor(print, 'contentWindow') as PropertyDescriptor;
    let paper = '';
    let styled = 0;
    Object.defineProperty(print, 'contentWindow', {
      configurable: true,
      get(this: HTMLIFrameElement) {
        const page = own.get?.call(this) as Window;
        page.print = () => {
          paper = page.document.body.innerText;
          styled = page.document.adoptedStyleSheets.length;
          page.dispatchEvent(new Event('afterprint'));
        };
        return page;
      },
    });
    try {
      [...customer.root.querySelectorAll<HTMLButtonElement>('[part=secondary]')]
        .find(({ textContent }) => textContent?.includes('Save receipt'))
        ?.click();
      const timeZone = new Date().toLocaleTimeString('en', { timeZoneName: 'short' }).split(' ').at(-1) ?? '';
      for (const fact of ['Receipt', 'Paid', timeZone, '25.00\u00a0PLN', 'Nova Books', '10482', 'PD-7Q4K-19TZ', fiscalUrl])
        expect(paper).to.contain(fact);
      expect(paper).to.not.contain('Back to');
      expect(styled).to.equal(1);
      expect(document.querySelectorAll('body > iframe[title=Receipt]')).to.have.length(0);
    } finally {
      Object.defineProperty(print, 'contentWindow', own);
    }
  });
});

describe('the way back to the shop', () => {
  const link = async (url: string) => {
    const view = openPayment({ ...paid(), returnUrls: { success: url } });
    return (await PayDeskHarness.open(new FakeBff(view))).root.querySelector('a');
  };

  it('is a link that shows its host and sends no referrer', async () => {
    const anchor = await link('https://shop.example/thanks?order=1');
    expect(anchor?.href).to.equal('https://shop.example/thanks?order=1');
    expect(anchor?.rel).to.equal('noopener noreferrer');
    expect(anchor?.nextElementSibling?.textContent).to.equal('shop.example');
  });

  for (const url of [
    'javascript:alert(1)',
    ' JAVASCRIPT:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//evil.example',
    'shop',
    'blob:https://a/b',
  ])
    it(`is none for ${url}`, async () => expect(await link(url)).to.equal(null));

  it('is shown on every final screen', async () => {
    const returnUrls = { success: 'https://shop.example/s', fail: 'https://shop.example/f', pending: 'https://shop.example/p' };
    for (const [name, end] of [
      ['paid', 's'],
      ['expired', 'f'],
      ['checking', 'p'],
    ] as const) {
      const view = { ...(allStates[name]?.() ?? openPayment()), returnUrls };
      const { root } = await PayDeskHarness.open(new FakeBff(view));
      expect(root.querySelector('a')?.href, name).to.equal(`https://shop.example/${end}`);
    }
  });
});

describe('a countdown', () => {
  it('is announced at its start, ten seconds before its end, and at its end; not in between', async () => {
    const retryAt = new Date(Date.now() + 18_400).toISOString();
    const bff = new FakeBff(openPayment({ problem: { code: 'too_many_attempts', retryAt, reference: 'r' } }));
    const customer = await PayDeskHarness.open(bff);
    const announcements: string[] = [];
    await new Promise<void>((done) => {
      const region = customer.root.querySelector('[aria-live=polite]') as Element;
      const record = () => {
        const words = customer.polite;
        if (words && announcements.at(-1) !== words) announcements.push(words);
        if (words.includes('now')) done();
      };
      record();
      new MutationObserver(record).observe(region, { childList: true, characterData: true, subtree: true });
    });
    expect(announcements).to.have.length(3);
    expect(announcements[0]).to.match(/^Try again in 0:1[1-9]$/);
    // A busy machine draws it a little later.
    expect(announcements[1]).to.match(/^Try again in 0:(10|0\d)$/);
    expect(announcements[2]).to.equal('You can try again now.');
  });
});

describe('the width', () => {
  it('is enough in a floated box, and never more than the box around has', async () => {
    const { checkout } = await PayDeskHarness.open(new FakeBff());
    const page = checkout.parentElement as HTMLElement;
    page.style.float = 'left';
    expect(checkout.offsetWidth).to.be.at.least(200);
    Object.assign(page.style, { float: '', display: 'flex', maxWidth: 'none', width: '150px', padding: '0' });
    checkout.style.flex = '1';
    expect(checkout.offsetWidth).to.be.at.most(150);
  });
});
