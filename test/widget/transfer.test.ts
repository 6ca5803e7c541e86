/** Paying by wallet: where to transfer to, the number of the transfer, and every answer that can follow. */
import { expect } from '@open-wc/testing';
import { HttpResponse } from 'msw';
import type { PaymentView } from '#contract';
import { FakeBff } from './support/fake-bff.ts';
import { PayDeskHarness } from './support/pay-desk-harness.ts';
import { transferAttempt, transferring, walletPayment, wallets } from './support/payment-view.ts';

/** One pixel. */
const png = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (sign) => sign.charCodeAt(0),
);

const seenIn = ({ due, currency }: { due: number; currency: string }) => ({ due, currency });

describe('paying by wallet', () => {
  let bff: FakeBff;
  let customer: PayDeskHarness;
  const open = async (view: PaymentView, locale = 'en') => {
    sessionStorage.clear();
    bff = new FakeBff(view);
    customer = await PayDeskHarness.open(bff, { locale });
  };
  const moved = (view: Partial<PaymentView>) => () => HttpResponse.json(bff.move(view));
  const number = () =>
    customer.root.querySelector<HTMLInputElement>('#transaction-number') ?? expect.fail('no field for the number');
  const copies = () => [...customer.root.querySelectorAll<HTMLButtonElement>('.requisite .copy')];

  describe('choosing a wallet', () => {
    beforeEach(() => open(walletPayment()));

    it('requests the chosen wallet once', async () => {
      bff.replies.push(moved(transferring()));
      const wallets = [...customer.root.querySelectorAll<HTMLButtonElement>('button.method')];
      expect(wallets.map(({ textContent }) => textContent?.replace(/\s+/g, ' ').trim())).to.deep.equal(['WWave Pay', 'KKBZPay']);
      wallets[1]?.click();
      wallets[1]?.click();
      await customer.until(() => customer.has('requisites'), 'where to transfer to');
      expect(bff.posts.map(({ path, body }) => [path, body])).to.deep.equal([
        ['/checkout/wallet', { walletType: 'kbzpay_manual' }],
      ]);
    });

    it('preselects the wallet that the page prefers', async () => {
      await open(walletPayment());
      customer.checkout.noSubmitButton = true;
      customer.checkout.walletType = 'kbzpay_manual';
      await customer.checkout.updateComplete;
      await customer.until(() => customer.root.querySelector<HTMLInputElement>('[value=kbzpay_manual]')?.checked, 'the choice');
    });

    it('says that no wallet is available, and looks again with the button', async () => {
      await open(walletPayment({ nextAction: { kind: 'choose_wallet', wallets: [] } }));
      await customer.until(() => customer.heading === 'No wallet is available right now', 'the title');
      expect(customer.text).to.contain('Nothing was charged').and.contain('Back to Nova Books');
      expect(customer.text).to.not.contain('pay another way');
      bff.move(walletPayment());
      customer.button.click();
      await customer.until(() => customer.text.includes('KBZPay'), 'the wallets');
      expect(bff.posts).to.have.length(0);
    });

    it('offers another way where no wallet is available only if there is one', async () => {
      await open(
        walletPayment({
          methods: ['wallet', 'pay_code'],
          nextAction: { kind: 'choose', options: [{ kind: 'choose_wallet', wallets: [] }, { kind: 'enter_code' }] },
        }),
      );
      await customer.until(() => customer.text.includes('or pay another way'), 'the words');
    });

    it('tells of the one wallet what comes next, and asks for nothing before the click', async () => {
      await open(walletPayment({ nextAction: { kind: 'choose_wallet', wallets: wallets.slice(0, 1), fixed: true } }));
      const steps = () => [...customer.root.querySelectorAll('.ahead li')].map(({ textContent }) => textContent);
      await customer.until(() => steps().length > 0, 'the steps');
      expect(steps()).to.deep.equal([
        'See the account and the amount here',
        'Transfer from your Wave Pay app',
        'Then type the transaction number',
      ]);
      expect(bff.posts).to.have.length(0);
    });

    it('shows why a wallet is not available, and the other one can be tried', async () => {
      bff.replies.push(() => bff.refuse(409, { code: 'no_requisites', field: 'walletType', reference: 'req-1' }, {}));
      customer.root.querySelector<HTMLButtonElement>('button.method')?.click();
      await customer.until(() => customer.assertive.includes('can’t take a transfer right now'), 'the reason');
      const rows = () =>
        [...customer.root.querySelectorAll('button.method:enabled')].map(({ textContent }) =>
          textContent?.includes('Not available'),
        );
      await customer.until(() => String(rows()) === 'true,false', 'the mark of that wallet, and of no other');
      expect(customer.root.querySelector('.problem')?.textContent).to.contain('Nothing was charged');
    });
  });

  describe('transferring', () => {
    beforeEach(() => open(transferring()));

    it('shows number and amount, each to be copied as the app wants it', async () => {
      expect(customer.text).to.contain('09 324 342 342').and.contain('6,000 MMK');
      const written: string[] = [];
      Object.defineProperty(navigator, 'clipboard', {
        configurable: true,
        value: { writeText: async (text: string) => void written.push(text) },
      });
      for (const button of copies()) button.click();
      await customer.until(() => written.length === 2, 'the copies');
      expect(written).to.deep.equal(['09324342342', '6000']);
      await customer.until(() => customer.polite === 'Copied', 'the word');
      expect(copies().map((button) => button.getAttribute('aria-label'))).to.deep.equal(['Copied', 'Copied']);
    });

    it('sends the number as typed, and shows the receipt', async () => {
      bff.replies.push(
        moved({ status: 'succeeded', amountPaid: 600_000, attempt: transferAttempt('paid'), nextAction: { kind: 'none' } }),
      );
      await customer.pay('1394646476');
      await customer.until(() => customer.has('receipt'), 'the receipt');
      expect(bff.posts.map(({ path, body }) => [path, body])).to.deep.equal([
        ['/checkout/wallet/transaction', { transactionNumber: '1394646476' }],
      ]);
      for (const fact of ['6,000 MMK', 'Wave Pay', '09 324 342 342', '1394646476', 'PD-7Q4K-19TZ'])
        expect(customer.text).to.contain(fact);
    });

    it('sends a number whose small and capital letters differ as typed, and no keyboard changes them', async () => {
      const mixed = { pattern: '[0-9A-Za-z]{20,28}', maxLength: 28, inputMode: 'text', mixedCase: true } as const;
      await open(transferring({}, { number: mixed }));
      expect(number().getAttribute('autocapitalize')).to.equal('none');
      bff.replies.push(moved({ status: 'succeeded', amountPaid: 600_000, attempt: transferAttempt('paid') }));
      await customer.pay('aBcDeFgHiJkLmNoPqRsT12');
      await customer.until(() => bff.posts.length === 1, 'the number');
      expect(bff.posts[0]?.body).to.deep.equal({ transactionNumber: 'aBcDeFgHiJkLmNoPqRsT12' });
    });

    it('finds the number in a pasted SMS and shows what it found', async () => {
      number().focus();
      number().value = 'You sent 6,000.00 MMK to 09324342342. Transaction ID ၁၃၉၄၆၄၆၄၇၆.';
      number().dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
      await customer.checkout.updateComplete;
      expect(number().value).to.equal('1394646476');
    });

    it('shows and announces what is wrong with a text that is no number, and sends nothing', async () => {
      customer.button.click();
      await customer.until(() => customer.assertive !== '', 'the announcement');
      expect(customer.assertive).to.equal('Type the transaction number first.');
      await customer.pay('I have paid');
      await customer.until(
        () => customer.assertive.startsWith('We can’t find a Wave Pay transaction number'),
        'the announcement',
      );
      expect(customer.focused).to.equal(number());
      expect(number().getAttribute('aria-invalid')).to.equal('true');
      expect(customer.note).to.contain('We can’t find a Wave Pay transaction number');
      expect(bff.posts).to.have.length(0);
    });

    for (const [code, words, label] of [
      ['transfer_not_found', 'We can’t find this transfer yet', 'Check again'],
      ['transfer_refused', 'The wallet doesn’t accept this number', 'I’ve sent the money'],
      ['transaction_number_used', 'This number has already paid for something', 'I’ve sent the money'],
      ['number_checking', 'We have this number and keep looking', 'Check again'],
      ['provider_unavailable', 'The wallet can’t be reached right now', 'I’ve sent the money'],
    ] as const)
      it(`keeps the number and where to transfer to after ${code}`, async () => {
        bff.replies.push(() => bff.refuse(409, { code, field: 'transactionNumber', reference: 'req-1' }, transferring()));
        await customer.pay('1394646476');
        await customer.until(() => customer.text.includes(words), words);
        // Not found yet is no error: the number may be right.
        expect(number().ariaInvalid).to.equal(String(label !== 'Check again'));
        expect(number().value).to.equal('1394646476');
        expect(customer.focused).to.equal(number());
        expect(customer.text).to.contain('09 324 342 342');
        expect(customer.button.querySelector('.idle')?.textContent).to.equal(label);
        // A reference to quote is shown only where the words do not say what to do.
        expect(customer.text.includes('req-1')).to.equal(code === 'provider_unavailable');
      });

    it('counts down after too many wrong numbers, and takes the number after that', async () => {
      const retryAt = new Date(Date.now() + 4_000).toISOString();
      bff.replies.push(() => bff.refuse(429, { code: 'too_many_attempts', retryAt, reference: 'req-1' }));
      await customer.pay('1394646476');
      await customer.until(() => customer.text.includes('Too many wrong numbers. If you have sent the money'), 'the words');
      expect(customer.text).to.contain('Try again in').and.not.contain('That was the last number');
      expect(customer.button.disabled).to.equal(true);
      await customer.until(() => !customer.button.disabled, 'the end of the wait');
      await customer.until(() => customer.polite === 'You can try again now.', 'the announcement');
      expect(number().value).to.equal('1394646476');
    });

    it('says after the last number of a payment that the shop helps, without a field, and names the payment', async () => {
      bff.replies.push(() => bff.refuse(429, { code: 'too_many_attempts', reference: 'req-1' }));
      await customer.pay('1394646476');
      await customer.until(() => customer.text.includes('That was the last number'), 'the words');
      expect(customer.text).to.contain('PD-7Q4K-19TZ').and.contain('Back to Nova Books').and.not.contain('Try again in');
      expect(customer.root.querySelector('#transaction-number')).to.equal(null);
      // Nothing is waited for, and nobody says that they have not paid.
      expect(customer.root.querySelector<HTMLElement>('.chip')?.checkVisibility()).to.not.equal(true);
      expect(customer.text).to.contain('Pay another way').and.not.contain('I haven’t paid');
    });

    it('explains after a lost answer that a number counts once, with the text for transfers', async () => {
      bff.replies.push(
        () => HttpResponse.error(),
        () => HttpResponse.error(),
      );
      bff.unreachable = true;
      await customer.pay('1394646476');
      await customer.until(() => customer.note.includes('it counts only once'), 'the words');
      bff.unreachable = false;
    });

    for (const [reason, title] of [
      ['transfer_accepted', 'Your transfer was found'],
      ['transfer_pending', 'Your transfer is being checked'],
    ] as const)
      it(`shows for ${reason} what is known, and where the transfer went`, async () => {
        bff.replies.push(
          moved({
            status: 'processing',
            attempt: transferAttempt('processing'),
            nextAction: { kind: 'wait', reason, since: new Date().toISOString() },
          }),
        );
        await customer.pay('1394646476');
        await customer.until(() => customer.heading === title, title);
        expect(customer.text).to.contain('09 324 342 342').and.contain('1394646476');
      });

    it('lets the customer choose again when nothing was paid', async () => {
      bff.replies.push(moved(walletPayment()));
      [...customer.root.querySelectorAll<HTMLButtonElement>('.secondary')]
        .find((button) => button.textContent?.includes('I haven’t paid'))
        ?.click();
      await customer.until(() => customer.root.querySelector('button.method'), 'the wallets');
      expect(bff.posts.map(({ path }) => path)).to.deep.equal(['/checkout/abandon']);
    });

    it('keeps the field and the focus while the number is on its way, and shows no other screen before its answer', async () => {
      await customer.until(() => bff.polls.length > 0, 'the long poll');
      let answer: () => void = () => {};
      const wait = new Promise<void>((resolve) => {
        answer = resolve;
      });
      bff.replies.push(async () => {
        await wait;
        return bff.refuse(409, { code: 'transfer_not_found', field: 'transactionNumber', reference: 'req-1' }, transferring());
      });
      await customer.pay('1394646476');
      await customer.until(() => bff.posts.length === 1, 'the request');
      // The server has begun to look, which the long poll reports at once.
      bff.move({ status: 'processing', nextAction: { kind: 'wait', reason: 'checking', since: new Date().toISOString() } });
      await customer.nothingMore();
      expect(number().value).to.equal('1394646476');
      expect(customer.focused).to.equal(number());
      answer();
      await customer.until(() => customer.text.includes('We can’t find this transfer yet'), 'the answer');
      expect(customer.focused).to.equal(number());
    });

    it('shows the payment without a click', async () => {
      await customer.until(() => bff.polls.length > 0, 'the long poll');
      bff.move({ status: 'succeeded', amountPaid: 600_000, attempt: transferAttempt('paid'), nextAction: { kind: 'none' } });
      await customer.until(() => customer.heading === 'Paid', 'success');
    });

    it('focuses the number when the customer comes back from the app', async () => {
      customer.root.querySelector<HTMLElement>('.requisite .copy')?.focus();
      document.dispatchEvent(new Event('visibilitychange'));
      await customer.until(() => customer.focused === number(), 'the field');
    });

    for (const [what, element] of [
      ['a field of the shop', Object.assign(document.createElement('input'), { value: '' })],
      ['a button of the shop', document.createElement('button')],
      ['a text of the shop that is being edited', Object.assign(document.createElement('div'), { contentEditable: 'true' })],
    ] as const)
      it(`leaves the focus in ${what} when the customer comes back`, async () => {
        document.body.append(element);
        element.focus();
        document.dispatchEvent(new Event('visibilitychange'));
        expect(document.activeElement).to.equal(element);
        element.remove();
        document.dispatchEvent(new Event('visibilitychange'));
        await customer.until(() => customer.focused === number(), 'the field, when the focus is nowhere');
      });

    it('still accepts a number when the time is up, and shows that', async () => {
      await customer.until(() => bff.polls.length > 0, 'the long poll');
      bff.move({ status: 'expired', nextAction: bff.view.nextAction });
      await customer.until(() => customer.heading === 'The time to pay is up', 'the end');
      expect(customer.text).to.contain('it still counts');
      expect(customer.text).to.not.contain('Nothing was charged');
      bff.replies.push(
        moved({
          status: 'succeeded',
          paidLate: true,
          amountPaid: 600_000,
          attempt: transferAttempt('paid'),
          nextAction: { kind: 'none' },
        }),
      );
      await customer.pay('1394646476');
      await customer.until(() => customer.heading === 'Paid', 'success');
    });

    it('never states that nothing was charged where a transfer may have been made', async () => {
      bff.move({
        status: 'expired',
        attempt: transferAttempt('abandoned', { submittedReference: null }),
        nextAction: { kind: 'none' },
      });
      await customer.until(() => customer.heading === 'The time to pay is up', 'the end');
      await customer.until(() => customer.text.includes('09 324 342 342'), 'where the transfer went');
      expect(customer.text).to.contain('Already paid?').and.to.not.contain('Nothing was charged');
    });

    it('keeps what was typed when the language changes', async () => {
      await customer.type('13946');
      customer.checkout.locale = 'my';
      await customer.until(() => customer.text.replaceAll('\u2060', '').includes('ငွေလွှဲ'), 'Burmese');
      expect(number().value).to.equal('13946');
    });
  });

  describe('with a picture', () => {
    beforeEach(() =>
      open(
        transferring(
          {},
          { walletType: 'kbzpay_manual', walletName: 'KBZPay', screenshot: true, number: { maxLength: 190, inputMode: 'text' } },
        ),
      ),
    );

    const give = (bytes: Uint8Array<ArrayBuffer>, type = 'image/png', how: 'drop' | 'paste' | 'change' = 'change') => {
      const data = new DataTransfer();
      data.items.add(new File([bytes], 'transfer.png', { type }));
      const form = customer.root.querySelector('pay-wallet-form form');
      if (how === 'drop') form?.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
      else if (how === 'paste') form?.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, clipboardData: data }));
      else {
        const input = customer.root.querySelector<HTMLInputElement>('input[type=file]');
        if (!input) return;
        input.files = data.files;
        input.dispatchEvent(new Event('change', { bubbles: true }));
      }
    };
    const preview = () => customer.root.querySelector('img.preview');

    for (const how of ['change', 'drop', 'paste'] as const)
      it(`shows the picture and sends it with the number, by ${how}`, async () => {
        give(png, 'image/png', how);
        await customer.until(preview, 'the preview');
        bff.replies.push(
          moved({
            status: 'processing',
            attempt: transferAttempt('processing'),
            nextAction: { kind: 'wait', reason: 'transfer_pending', since: new Date().toISOString() },
          }),
        );
        await customer.pay('KBZ1394646476');
        await customer.until(() => bff.posts.length === 1, 'the request');
        expect(bff.posts[0]?.path).to.equal('/checkout/wallet/screenshot');
        expect(bff.posts[0]?.body).to.deep.equal({
          transactionNumber: 'KBZ1394646476',
          screenshot: `image/png, ${png.length} bytes`,
        });
      });

    /** A picture that no compression makes small: noise, as PNG. */
    const noise = async (width: number, height: number): Promise<Uint8Array<ArrayBuffer>> => {
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const context = canvas.getContext('2d');
      const image = context?.createImageData(width, height);
      for (let at = 0; image && at < image.data.length; at += 4) image.data.set([Math.random() * 256, at / 7, at / 3, 255], at);
      if (image) context?.putImageData(image, 0, 0);
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
      return new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0));
    };
    const sent = () => Object(bff.posts.at(-1)?.body) as { transactionNumber: string; screenshot: string };
    const submit = async (posts = 1) => {
      await customer.pay('KBZ1394646476');
      await customer.until(() => bff.posts.length === posts, 'the request');
    };

    for (const [width, height] of [
      [1800, 900],
      [900, 3200],
      [2600, 1200],
    ] as const)
      it(`makes a large picture of ${width} × ${height} smaller: at most 2,000 px and less than a megabyte, as JPEG`, async () => {
        const bytes = await noise(width, height);
        expect(bytes.length).to.be.greaterThan(1024 * 1024);
        give(bytes);
        await customer.until(preview, 'the preview');
        await submit();
        const [, type, size] = /^(\S+), (\d+) bytes$/.exec(sent().screenshot) ?? [];
        expect([type, Number(size) < 1_000_000], sent().screenshot).to.deep.equal(['image/jpeg', true]);
        const shown = preview() as HTMLImageElement;
        await shown.decode();
        const scale = Math.min(1, 2000 / Math.max(width, height));
        expect([shown.naturalWidth, shown.naturalHeight]).to.deep.equal([Math.round(width * scale), Math.round(height * scale)]);
      });

    it('takes a picture of more than 5 MB that becomes small enough, and refuses one that does not', async () => {
      const bytes = await noise(2600, 1700);
      expect(bytes.length).to.be.greaterThan(5 * 1024 * 1024);
      give(bytes);
      await customer.until(preview, 'the preview');
      await submit();
      expect(sent().screenshot).to.match(/^image\/jpeg/);
      const broken = new Uint8Array(5 * 1024 * 1024 + 1);
      broken.set(png.slice(0, 8));
      give(broken);
      await customer.until(() => customer.text.includes('This is not a PNG, JPEG or WebP picture'), 'the words');
    });

    for (const [what, make] of [
      ['is small already', () => noise(300, 300)],
      [
        'cannot be decoded here',
        async () => Uint8Array.from({ length: 700_000 }, (_, at) => (at < 8 ? (png[at] ?? 0) : at % 251)),
      ],
    ] as const)
      it(`sends a picture as it is that ${what}`, async () => {
        const bytes = await make();
        give(bytes);
        await customer.until(preview, 'the preview');
        await submit();
        expect(sent().screenshot).to.equal(`image/png, ${bytes.length} bytes`);
      });

    it('that gets no answer may be too big: says so at the picture, in the customer’s language, and can be sent again', async () => {
      give(png);
      await customer.until(preview, 'the preview');
      bff.replies.push(HttpResponse.error, HttpResponse.error);
      await customer.pay('KBZ1394646476');
      await customer.until(() => customer.text.includes('The picture didn’t get through. It may be too big'), 'the words');
      expect(customer.text).not.to.contain('The connection was lost');
      expect(customer.assertive).to.contain('It may be too big');
      expect(customer.root.querySelector('#transfer-picture')?.getAttribute('data-invalid')).to.equal('true');
      expect(number().getAttribute('aria-invalid')).to.equal('false');
      const [first, second] = bff.posts;
      expect(first?.key).to.equal(second?.key);
      give(png);
      await customer.pay('KBZ1394646476');
      await customer.until(() => bff.posts.length === 3, 'the request');
      expect(bff.posts[2]?.key).to.equal(first?.key);
    });

    it('without a picture a lost answer is a lost connection', async () => {
      await open(transferring());
      bff.replies.push(HttpResponse.error, HttpResponse.error);
      await customer.pay('1394646476');
      await customer.until(() => customer.text.includes('The connection was lost'), 'the words');
    });

    it('shows the picture from an address that every policy of a page allows', async () => {
      give(png);
      const shown = () => customer.root.querySelector<HTMLImageElement>('img.preview');
      await customer.until(() => shown()?.complete && shown()?.naturalWidth, 'the picture');
      expect(shown()?.src).to.match(/^data:image\/png;base64,/);
      expect(shown()?.alt).to.equal('Your screenshot: transfer.png');
    });

    it('asks for the picture where it is missing', async () => {
      await customer.pay('1394646476');
      await customer.until(() => customer.assertive === 'Add a screenshot of the transfer first.', 'the announcement');
      expect(customer.focused?.id).to.equal('transfer-picture');
      expect(bff.posts).to.have.length(0);
    });

    it('refuses a file that is no picture, whatever its name', async () => {
      give(new TextEncoder().encode('<html>not a picture</html>'));
      await customer.until(() => customer.text.includes('This is not a PNG, JPEG or WebP picture'), 'the words');
      expect(preview()).to.equal(null);
    });
  });

  describe('a second payment', () => {
    beforeEach(() =>
      open(
        walletPayment({
          methods: ['wallet', 'pay_code'],
          attempt: transferAttempt('abandoned'),
          nextAction: {
            kind: 'confirm',
            reason: 'second_payment',
            options: [{ kind: 'choose_wallet', wallets }, { kind: 'enter_code' }],
          },
        }),
      ),
    );

    it('needs the customer’s consent first; going back leads to the same transfer', async () => {
      expect(customer.heading).to.equal('We’re still looking for your transfer');
      expect(customer.root.querySelector('input[type=radio]')).to.equal(null);
      bff.replies.push(moved(transferring()));
      customer.button.click();
      await customer.until(() => customer.has('requisites'), 'the transfer');
      expect(bff.posts[0]?.body).to.deep.equal({ walletType: 'wavepay' });
    });

    it('goes on with the customer’s consent, which is sent to the server', async () => {
      customer.root.querySelector<HTMLButtonElement>('.secondary')?.click();
      await customer.until(() => customer.root.querySelector('[value=pay_code]'), 'the methods');
      customer.root.querySelector<HTMLInputElement>('[value=pay_code]')?.click();
      await customer.checkout.updateComplete;
      await customer.pay('GOOD0001');
      await customer.until(() => bff.posts.length === 1, 'the request');
      expect(bff.posts[0]?.body).to.deep.equal({ code: 'GOOD0001', seen: seenIn(bff.view), acknowledge: true });
    });
  });

  it('an order that an earlier payment may still pay needs the customer’s consent first, and is then paid', async () => {
    await open(
      walletPayment({
        methods: ['wallet', 'pay_code'],
        nextAction: {
          kind: 'confirm',
          reason: 'earlier_payment',
          options: [{ kind: 'choose_wallet', wallets }, { kind: 'enter_code' }],
        },
      }),
    );
    expect(customer.heading).to.equal('Already paid for this order?');
    expect(customer.text).to.contain('you could pay twice');
    const back = customer.root.querySelector<HTMLAnchorElement>('a.submit');
    expect(back?.href, 'the way back, before the way on').to.equal('https://shop.example/cart');
    customer.root.querySelector<HTMLButtonElement>('.secondary')?.click();
    await customer.until(() => customer.root.querySelector('[value=pay_code]'), 'the methods');
    customer.root.querySelector<HTMLInputElement>('[value=pay_code]')?.click();
    await customer.checkout.updateComplete;
    await customer.pay('GOOD0001');
    await customer.until(() => bff.posts.length === 1, 'the request');
    expect(bff.posts[0]?.body).to.deep.equal({ code: 'GOOD0001', seen: seenIn(bff.view), acknowledge: true });
  });
});
