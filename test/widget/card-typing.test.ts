/** Typing a card: grouped digits, a stable caret, and nothing sent before the submit. */
import { expect } from '@open-wc/testing';
import { CardHarness } from './support/card-harness.ts';
import { FakeBff } from './support/fake-bff.ts';
import { cardCode, cardPayment } from './support/payment-view.ts';

describe('typing a card number', () => {
  let bff: FakeBff;
  let customer: CardHarness;
  const field = () => customer.input('card-number');
  beforeEach(async () => {
    bff = new FakeBff(cardPayment());
    customer = await CardHarness.open(bff);
  });

  it('groups the digits by four, as on the card', async () => {
    await customer.typeIn('card-number', '86000691');
    expect(field().value).to.equal('8600 0691');
    await customer.typeOn('9540631');
    expect(field().value).to.equal('8600 0691 9540 631');
    expect(field().selectionStart).to.equal(18);
    expect(bff.posts).to.have.length(0);
  });

  it('keeps the caret when a digit is inserted in the middle, and when one is deleted', async () => {
    await customer.typeIn('card-number', '860006919540');
    field().setSelectionRange(2, 2);
    await customer.typeOn('7');
    expect(field().value).to.equal('8670 0069 1954 0');
    expect(field().selectionStart).to.equal(3);
    await customer.press('Backspace');
    expect(field().value).to.equal('8600 0691 9540');
    expect(field().selectionStart).to.equal(2);
  });

  it('deletes the digit beside a gap, and not only the gap', async () => {
    await customer.typeIn('card-number', '860006919');
    field().setSelectionRange(5, 5);
    await customer.press('Backspace');
    expect(field().value).to.equal('8600 6919');
    expect(field().selectionStart).to.equal(3);
    await customer.press('Delete');
    expect(field().value).to.equal('8606 919');
  });

  it('is pasted by the button in the field, which is gone then', async () => {
    const readText = navigator.clipboard.readText;
    navigator.clipboard.readText = async () => ' 8600069195406311\n';
    try {
      const button = () => customer.root.querySelector<HTMLElement>('.box:has(#card-number) .paste');
      expect(button()?.getAttribute('aria-label')).to.equal('Paste');
      button()?.click();
      await customer.until(() => field().value === '8600 0691 9540 6311', 'the number');
      await customer.checkout.updateComplete;
      expect(button()).to.equal(null);
      expect(bff.posts).to.have.length(0);
    } finally {
      navigator.clipboard.readText = readText;
    }
  });

  for (const pasted of [
    '8600 0691 9540 6311',
    '8600-0691–9540.6311',
    '\u200e8600\u00a00691 95406311\n',
    'Karta: 8600069195406311',
  ])
    it(`takes a paste: ${JSON.stringify(pasted)}`, async () => {
      await customer.pasteIn('card-number', pasted);
      expect(field().value).to.equal('8600 0691 9540 6311');
    });

  for (const [pasted, expire] of [
    ['8600 0691 9540 6311 03/99', '03/99'],
    ['8600069195406311 2099-03', '03/99'],
    ['Karta 8600 0691 9540 6311, 0399', '03/99'],
    ['8600 0691 9540 6311 31.12.2026', ''],
  ] as const)
    it(`puts the expiry of a paste into its own field: ${pasted}`, async () => {
      await customer.pasteIn('card-number', pasted);
      expect(field().value).to.equal('8600 0691 9540 6311');
      expect(customer.input('card-expire').value).to.equal(expire);
    });

  it('takes no more digits than the system of the card has', async () => {
    await customer.typeIn('card-number', '86000691954063110399');
    expect(field().value).to.equal('8600 0691 9540 6311');
  });

  it('reads the Burmese letters that are typed for 0 and 7', async () => {
    await customer.typeIn('card-number', '၈၆ဝဝ၀၆၉၁၉၅၄ဝ၆၃၁ရ');
    expect(field().value).to.equal('8600 0691 9540 6317');
  });

  for (const [script, typed] of [
    ['Burmese', '၈၆၀၀၀၆၉၁၉၅၄၀၆၃၁၁'],
    ['Arabic', '٨٦٠٠٠٦٩١٩٥٤٠٦٣١١'],
    ['full-width', '８６０００６９１９５４０６３１１'],
  ] as const)
    it(`reads ${script} digits`, async () => {
      await customer.pasteIn('card-number', typed);
      expect(field().value).to.equal('8600 0691 9540 6311');
    });

  for (const [typed, system] of [
    ['8600', 'Uzcard'],
    ['5614', 'Uzcard'],
    ['6262', 'Uzcard'],
    ['9860', 'Humo'],
    ['860', 'Uzcard or Humo'],
    ['4444', 'Uzcard or Humo'],
  ] as const)
    it(`recognises ${typed} as ${system}`, async () => {
      await customer.typeIn('card-number', typed);
      expect(customer.under('card-number')).to.equal(system);
    });

  it('warns of a wrong check digit, in place of the hint and in the live region, and still sends the card', async () => {
    await customer.typeIn('card-number', '8600069195406312');
    expect(customer.under('card-number')).to.contain('one of them may be mistyped');
    expect(field().getAttribute('aria-invalid')).to.equal('false');
    await customer.until(() => customer.polite.includes('one of them may be mistyped'), 'the announcement');
    await customer.typeIn('card-expire', '0399');
    await customer.press('Enter');
    await customer.until(() => bff.posts.length === 1, 'the request');
  });

  it('shows no such warning for a number whose check digit fits', async () => {
    await customer.typeIn('card-number', '8600069195406311');
    expect(customer.under('card-number')).to.equal('Uzcard');
  });

  it('dispatches to the page that the card is complete, and never its digits', async () => {
    const changes: [boolean, string][] = [];
    customer.checkout.addEventListener('pay-change', (event) =>
      changes.push([event.complete, JSON.stringify({ ...event, method: event.method })]),
    );
    await customer.typeIn('card-number', '8600069195406311');
    await customer.typeIn('card-expire', '0399');
    expect(changes.at(-1)?.[0]).to.equal(true);
    expect(changes.at(-2)?.[0]).to.equal(false);
    for (const [, all] of changes) expect(all).to.not.match(/8600|6311|0399/);
  });

  it('asks only for what Payme needs, and allows autofill: no CVC, no name attributes, no action on the form', () => {
    expect(customer.text).to.contain('No CVC needed');
    const inputs = [...customer.root.querySelectorAll<HTMLInputElement>('pay-card-form input')];
    expect(inputs.map(({ autocomplete, inputMode, name }) => [autocomplete, inputMode, name])).to.deep.equal([
      ['cc-number', 'numeric', ''],
      ['cc-exp', 'numeric', ''],
    ]);
    expect(customer.root.querySelector('pay-card-form form')?.hasAttribute('action')).to.equal(false);
  });
});

describe('typing an expiry', () => {
  let customer: CardHarness;
  const field = () => customer.input('card-expire');
  beforeEach(async () => {
    customer = await CardHarness.open(new FakeBff(cardPayment()));
  });

  for (const [typed, shown] of [
    ['0', '0'],
    ['03', '03/'],
    ['0399', '03/99'],
    ['03/99', '03/99'],
    ['3', '03/'],
    ['399', '03/99'],
    ['3/99', '03/99'],
    ['1/28', '01/28'],
    ['1228', '12/28'],
    ['03/2099', '03/99'],
    ['032028', '03/28'],
    ['03991', '03/99'],
    ['203003', '03/30'],
    ['2030-03', '03/30'],
    ['2030/12', '12/30'],
    ['2/28', '02/28'],
    ['228', '02/28'],
    ['၀၃၂၈', '03/28'],
  ] as const)
    it(`${typed} is shown as ${shown}`, async () => {
      await customer.typeIn('card-expire', typed);
      expect(field().value).to.equal(shown);
      expect(field().selectionStart).to.equal(shown.length);
    });

  for (const pasted of ['03/99', '03 / 99', '03-2099', '0399', ' 3/99 '])
    it(`takes a paste: ${pasted}`, async () => {
      await customer.pasteIn('card-expire', pasted);
      expect(field().value).to.equal('03/99');
    });

  it('can be deleted character by character', async () => {
    await customer.typeIn('card-expire', '0399');
    for (const shown of ['03/9', '03/', '0', '']) {
      await customer.press('Backspace');
      expect(field().value).to.equal(shown);
    }
  });

  for (const [pasted, shown] of [
    ['2030-03', '03/30'],
    ['203003', '03/30'],
    ['30/03', '30/03'],
    ['3003', '30/03'],
    ['203013', '203013'],
  ] as const)
    it(`shows a paste of ${pasted} as ${shown}`, async () => {
      await customer.pasteIn('card-expire', pasted);
      expect(field().value).to.equal(shown);
    });

  for (const typed of ['1399', '00/28', '12', '2030', '203013', '02/03'])
    it(`shows at the field that ${typed} is not an expiry, and sends nothing`, async () => {
      await customer.enterCard('8600069195406311', typed);
      await customer.until(() => customer.under('card-expire').startsWith('Type month and year'), 'the words');
      expect(customer.focused).to.equal(field());
      expect(customer.assertive).to.contain('Type month and year');
    });
});

describe('typing the code of an SMS', () => {
  let customer: CardHarness;
  const field = () => customer.input('sms-code');
  beforeEach(async () => {
    customer = await CardHarness.open(new FakeBff(cardCode()));
  });

  it('is one field, which the phone can autofill', () => {
    expect([field().autocomplete, field().inputMode, field().name]).to.deep.equal(['one-time-code', 'numeric', '']);
    expect(customer.root.querySelectorAll('pay-card-form input')).to.have.length(1);
  });

  for (const [pasted, shown] of [
    ['666 666', '666666'],
    ['Payme: kod 123456. Summa 5000 UZS', '123456'],
    ['Karta 8600**6311. Kod: 666666', '666666'],
    ['To‘lov 5000 UZS, kod 666666', '666666'],
    ['Код 771204. Карта *6311, +998 90 123 45 67', '771204'],
    ['၆၆၆၆၆၆', '666666'],
  ] as const)
    it(`takes a paste: ${pasted}`, async () => {
      await customer.pasteIn('sms-code', pasted);
      expect(field().value).to.equal(shown);
    });

  it('keeps a message in which no number is certainly the code, says so, and sends nothing', async () => {
    for (const pasted of ['Karta 8600**6311, summa 500000', '+998 90 123 45 67: 1234 va 5678']) {
      await customer.pasteIn('sms-code', pasted);
      expect(field().value).to.equal(pasted);
      await customer.press('Enter');
      await customer.until(() => customer.under('sms-code').includes('4 to 8 digits'), 'the words');
      field().select();
    }
  });
});
