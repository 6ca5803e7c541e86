/** The transaction number is found in every form that people type and paste, and other texts are rejected. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readTransactionNumber } from '../../../server/contract/index.ts';

const wave = { maxLength: 11, pattern: '[0-9A-Za-z]{1,11}' };
const free = { maxLength: 190 };
const upi = { maxLength: 12, pattern: '[0-9]{12}' };

describe('the number of a transfer', () => {
  for (const [what, typed, rule, expected] of [
    ['typed', '1394646476', wave, '1394646476'],
    ['with spaces around and between', '  1394 646 476 ', wave, '1394646476'],
    ['with hyphens', '1394-646-476', wave, '1394646476'],
    ['with zeros in front', '0012345678', wave, '0012345678'],
    ['in Burmese digits', '၁၃၉၄၆၄၆၄၇၆', wave, '1394646476'],
    ['in Bengali digits', '১৩৯৪৬৪৬৪৭৬', free, '1394646476'],
    ['in Devanagari digits', '१२३४५६७८९०१२', upi, '123456789012'],
    ['in full-width digits', '１３９４６４６４７６', wave, '1394646476'],
    ['of letters and digits', 'AGH7B2K9QL', free, 'AGH7B2K9QL'],
    ['with a mark of direction in it', '\u200e1394646476\u200f', wave, '1394646476'],
    [
      'in an SMS of Wave',
      'You have sent 6,000.00 MMK to 09324342342. Transaction ID 1394646476. Balance 12,000 MMK.',
      wave,
      '1394646476',
    ],
    ['in an SMS in Burmese', 'သင် ၆,၀၀၀ ကျပ် ပို့ပြီးပါပြီ။ လုပ်ဆောင်မှုအမှတ် ၁၃၉၄၆၄၆၄၇၆ ဖြစ်ပါသည်။', wave, '1394646476'],
    [
      'in an SMS of bKash',
      'Send Money Tk 500.00 to 01712345678 successful. Fee Tk 5.00. TrxID 9AB7CD12EF at 21/11/2026 21:48',
      free,
      '9AB7CD12EF',
    ],
    ['after "TrxID" and nothing else', 'TrxID 1234567890', free, '1234567890'],
    ['after "Ref No:"', 'Paid Rs 600. Ref No: 123456789012', upi, '123456789012'],
  ] as [string, string, { maxLength: number; pattern?: string }, string][]) {
    it(what, () => assert.equal(readTransactionNumber(typed, rule), expected));
  }

  for (const [what, typed, rule] of [
    ['nothing', '   ', wave],
    ['words', 'I have paid', free],
    ['a word', 'paid', wave],
    ['too long a number', '139464647612', wave],
    ['a number of the wrong kind', '12345678901', upi],
    ['two that could be it', 'sent to 09324342342 and 09111222333', wave],
    ['only an amount', 'Sent 6,000.00 MMK', wave],
  ] as [string, string, { maxLength: number; pattern?: string }][]) {
    it(`is not read from ${what}`, () => assert.equal(readTransactionNumber(typed, rule), null));
  }
});
