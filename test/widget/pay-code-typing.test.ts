/** Typing a pay code: grouped characters, a stable caret, and nothing sent before the submit. */
import { expect } from '@open-wc/testing';
import type { PayChangeEvent } from '../../widget/index.ts';
import { FakeBff } from './support/fake-bff.ts';
import { PayDeskHarness } from './support/pay-desk-harness.ts';
import { openPayment } from './support/payment-view.ts';

const caret = ({ field }: PayDeskHarness) => field.selectionStart;

describe('typing a pay code', () => {
  let bff: FakeBff;
  let customer: PayDeskHarness;
  beforeEach(async () => {
    bff = new FakeBff();
    customer = await PayDeskHarness.open(bff);
  });

  it('groups by four from eight characters on, upper-case', async () => {
    await customer.type('good000');
    expect(customer.field.value).to.equal('GOOD000');
    await customer.type('1');
    expect(customer.field.value).to.equal('GOOD 0001');
    expect(caret(customer)).to.equal(9);
  });

  it('accepts a paste with any separators', async () => {
    await customer.paste('  good-00.01 \u200b');
    expect(customer.field.value).to.equal('GOOD 0001');
    expect(caret(customer)).to.equal(9);
  });

  it('keeps the caret when a character is inserted in the middle', async () => {
    await customer.type('GOOD0001');
    customer.field.setSelectionRange(2, 2);
    await customer.type('7');
    expect(customer.field.value).to.equal('GO7O D000 1');
    expect(caret(customer)).to.equal(3);
  });

  it('keeps the caret when a character is deleted from the middle', async () => {
    await customer.type('GOOD00012');
    customer.field.setSelectionRange(3, 3);
    await customer.press('Backspace');
    expect(customer.field.value).to.equal('GOD0 0012');
    expect(caret(customer)).to.equal(2);
  });

  it('deletes the character before a gap, and not only the gap', async () => {
    await customer.type('GOOD00012');
    customer.field.setSelectionRange(5, 5);
    await customer.press('Backspace');
    expect(customer.field.value).to.equal('GOO0 0012');
    expect(caret(customer)).to.equal(3);
  });

  it('deletes the character behind a gap, and not only the gap', async () => {
    await customer.type('GOOD00012');
    customer.field.setSelectionRange(4, 4);
    await customer.press('Delete');
    expect(customer.field.value).to.equal('GOOD 0012');
    expect(caret(customer)).to.equal(4);
  });

  it('does not change an unfinished composition of an input method', async () => {
    await customer.type('GOOD000');
    const { field } = customer;
    field.value = 'GOOD000ア';
    field.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
    await customer.checkout.updateComplete;
    expect(field.value).to.equal('GOOD000ア');
    field.value = 'GOOD0001';
    field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
    await customer.checkout.updateComplete;
    expect(field.value).to.equal('GOOD 0001');
  });

  it('may begin with "code" while it is typed', async () => {
    for (const sign of 'code 12345') await customer.type(sign);
    expect(customer.field.value).to.equal('CODE 1234 5');
  });

  it('sends nothing before the code is submitted', async () => {
    await customer.type('GOOD0001');
    await customer.nothingMore();
    expect(bff.requests).to.have.length(1); // opening the payment
  });

  it('reports to the page that something was typed, and never what', async () => {
    const changes: PayChangeEvent[] = [];
    const leaks: Event[] = [];
    document.addEventListener('pay-change', (event) => changes.push(event as PayChangeEvent), { once: true });
    const leak = (event: Event) => leaks.push(event);
    document.addEventListener('input', leak);
    await customer.type('G');
    document.removeEventListener('input', leak);
    expect(changes.map(({ method, complete }) => ({ method, complete }))).to.deep.equal([{ method: 'pay_code', complete: true }]);
    expect(JSON.stringify(Object.values(changes[0] ?? {}))).to.not.contain('G');
    expect(leaks.length).to.equal(0);
  });

  it('asks for a keyboard for codes, and for no autocompletion', () => {
    const { field } = customer;
    expect(field.autocomplete).to.equal('off');
    expect(field.inputMode).to.equal('text');
    expect(field.getAttribute('autocapitalize')).to.equal('characters');
    expect(field.spellcheck).to.be.false;
    expect(field.name).to.equal('');
  });

  it('empties the field on clear() and when the page is left', async () => {
    await customer.type('GOOD0001');
    customer.checkout.clear();
    await customer.checkout.updateComplete;
    await customer.until(() => customer.field.value === '', 'an empty field');
    await customer.type('GOOD0002');
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    await customer.until(() => customer.field.value === '', 'an empty field');
  });
});

describe('a code that cannot be one', () => {
  const strict = () =>
    new FakeBff(openPayment({ nextAction: { kind: 'enter_code', length: 8, alphabet: 'ABCDEFGHIJKLMNOPQRSTUWVZ0123456789' } }));

  for (const [typed, message] of [
    ['', 'Type your pay code'],
    ['GOOD1', 'has 8 letters and digits, this one has 5'],
    ['GOODX001', 'never contain X'],
  ] as const)
    it(`is not sent: ${typed || 'nothing'}`, async () => {
      const bff = strict();
      const customer = await PayDeskHarness.open(bff);
      customer.field.focus();
      await customer.pay(typed);
      expect(customer.note).to.contain(message);
      expect(customer.field.getAttribute('aria-invalid')).to.equal('true');
      expect(customer.focused).to.equal(customer.field);
      expect(bff.posts).to.be.empty;
    });

  for (const pasted of [
    'Your code: GCNE6LEW',
    'Twój kod to gcne6lew. 25,00 PLN',
    'GCNE6LEW - 5000 UZS',
    `${'x '.repeat(100)} kod GCNE6LEW`,
  ])
    it(`is found in a pasted message: ${pasted.slice(-40)}`, async () => {
      const customer = await PayDeskHarness.open(strict());
      await customer.paste(pasted);
      expect(customer.field.value).to.equal('GCNE 6LEW');
    });

  it('stays as it was pasted in a message with two, and is not sent', async () => {
    const bff = strict();
    const customer = await PayDeskHarness.open(bff);
    await customer.paste('GCNE6LEW or AB12CD34, thank you');
    expect(customer.field.value).to.equal('GCNE6LEW or AB12CD34, thank you');
    await customer.press('Enter');
    await customer.until(() => customer.field.getAttribute('aria-invalid') === 'true', 'the error');
    expect(bff.posts).to.be.empty;
  });

  it('shows no error while it is typed', async () => {
    const customer = await PayDeskHarness.open(strict());
    await customer.type('X');
    expect(customer.field.getAttribute('aria-invalid')).to.equal('false');
  });

  it('replaces a look-alike character only where the alphabet lacks it', async () => {
    const customer = await PayDeskHarness.open(
      new FakeBff(openPayment({ nextAction: { kind: 'enter_code', alphabet: 'ABCD0123456789' } })),
    );
    await customer.type('DCO1');
    expect(customer.field.value).to.equal('DC01');
    const sample = await PayDeskHarness.open(strict());
    await sample.type('O0I1');
    expect(sample.field.value).to.equal('O0I1');
  });
});
