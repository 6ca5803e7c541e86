/** The transaction number is found in every form that people type and paste, and other texts are rejected. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readTransactionNumber } from '../../../server/contract/index.ts';

/** The Burmese letters that are typed for digits. */
const lookAlike: Record<number, string> = { 0: 'ဝ', 7: 'ရ' };

const wave = { maxLength: 11, pattern: '[0-9A-Za-z]{1,11}' };
const digitsOnly = { maxLength: 11, pattern: '[0-9]{1,11}' };
const free = { maxLength: 190 };
const upi = { maxLength: 12, pattern: '[0-9]{12}' };
/** Its capital and small letters are different ones. */
const khalti = { maxLength: 28, pattern: '[0-9A-Za-z]{20,28}' };

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
    ['with the Burmese letters that look like 0 and 7 between its digits', '၁၃၉၄၆ဝဝဝ၇၆', wave, '1394600076'],
    ['with the letter for the 7 before its last digit', '၁၃၉၄၆၀၀၀ရ၆', wave, '1394600076'],
    ['with both letters, in an SMS', 'လုပ်ဆောင်မှုအမှတ် ၁၃ရဝ၆၄၆၄၇၆ ဖြစ်ပါသည်။', wave, '1370646476'],
    ['after "TrxID:" without a space', 'Paid. TrxID:9AB7CD12EF', free, '9AB7CD12EF'],
    ['of capital and small letters', 'tSvS5Cb2RmHzE2GhXBCp8n', khalti, 'tSvS5Cb2RmHzE2GhXBCp8n'],
    ['of capital and small letters, with spaces around', ' tSvS5Cb2RmHzE2GhXBCp8n\n', khalti, 'tSvS5Cb2RmHzE2GhXBCp8n'],
    [
      'of capital and small letters, in a message of Khalti',
      'Rs. 600 sent to 9812345678. Transaction ID: tSvS5Cb2RmHzE2GhXBCp8n. Balance Rs. 1,250.00',
      khalti,
      'tSvS5Cb2RmHzE2GhXBCp8n',
    ],
    [
      'of capital and small letters, in a message in Nepali',
      'रु. ६०० पठाइयो। कारोबार आईडी: tSvS5Cb2RmHzE2GhXBCp8n',
      khalti,
      'tSvS5Cb2RmHzE2GhXBCp8n',
    ],
    ['of small letters, as its wallet shows it or not', '9ab7cd12ef', free, '9ab7cd12ef'],
    ['after "Ref No:"', 'Paid Rs 600. Ref No: 123456789012', upi, '123456789012'],
  ] as [string, string, { maxLength: number; pattern?: string }, string][]) {
    it(what, () => assert.equal(readTransactionNumber(typed, rule), expected));
  }

  for (const [what, typed, rule] of [
    ['nothing', '   ', wave],
    ['words', 'I have paid', free],
    ['a part of one of capital and small letters', 'Transaction ID: tSvS5Cb2RmHz-E2GhXBCp8n', khalti],
    ['a word', 'paid', wave],
    ['too long a number', '139464647612', wave],
    ['a number of the wrong kind', '12345678901', upi],
    ['two that could be it', 'sent to 09324342342 and 09111222333', wave],
    ['a number that ends with such a letter', '၁၃၉၄၆၄၆၄ရ', wave],
    ['a number that begins with such a letter', 'ဝ၉၃၂၄၃၄၂၃', wave],
    ['such a letter between digits of another script', '13946ဝဝဝ76', wave],
    ['groups of digits with such a letter in one of them', '၁၃၉၄၆၀ ဝ၇၆', wave],
    ['a number that touches another letter', 'အမှတ်၁၃၉၄၆၄၆၄၇၆ဖြစ်ပါသည်', wave],
    ['a number that touches a Cyrillic letter', 'код1394646476', wave],
    ['a number with an invisible character in it', 'ID 1394\u200b646476 ok', wave],
    ['an amount of seven digits with a fraction', 'Sent 1234567.00 MMK', wave],
    ['a long number before a fraction', 'Txn ID 1394646476,50', wave],
    ['groups of digits in a message', 'Txn ID 139464 6476 done', wave],
    ['a part between hyphens', 'Txn ID 1394-646476-12 done', wave],
    ['a masked account', 'From A/C XX1394646476', free],
    ['the end of a masked number', 'Card **1394646476', wave],
    ['only an amount', 'Sent 6,000.00 MMK', wave],
  ] as [string, string, { maxLength: number; pattern?: string }][]) {
    it(`is not read from ${what}`, () => assert.equal(readTransactionNumber(typed, rule), null));
  }

  it('is the whole number or none, whichever of its digits are typed as letters that look like them', () => {
    const digits = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.boolean()), { minLength: 8, maxLength: 11 });
    const around = fc.constantFrom(['', ''], ['Transaction ID ', '. Balance 500 MMK'], ['အမှတ် ', ' ဖြစ်ပါသည်။']);
    fc.assert(
      fc.property(digits, around, (chosen, [before, after]) => {
        const typed = chosen.map(([digit, asLetter]) => (asLetter && lookAlike[digit]) || String.fromCodePoint(0x1040 + digit));
        const number = chosen.map(([digit]) => digit).join('');
        const read = readTransactionNumber(before + typed.join('') + after, wave);
        assert.ok(read === null || read === number, `${typed.join('')} was read as ${read}`);
        if (chosen.every(([digit, asLetter]) => !asLetter || !lookAlike[digit])) assert.equal(read, number);
      }),
      { numRuns: 2000 },
    );
  });

  it('is the whole number or none, whatever stands around it in a message', () => {
    const number = fc.stringMatching(/^[1-9]\d{7,10}$/);
    const joint = fc.constantFrom(
      ' ',
      '  ',
      '. ',
      ', ',
      ': ',
      '-',
      '.',
      ',',
      '/',
      '*',
      ' **',
      '\u200b',
      'X',
      '_',
      '\n',
      ' - ',
      '+',
    );
    const part = fc.constantFrom(
      '6,000.00 MMK',
      '1234567.00',
      '21/11/2026',
      '21:48',
      '09 324 342 342',
      '**6311',
      'ရ',
      'Txn ID',
      'to',
      '',
    );
    fc.assert(
      fc.property(part, joint, number, joint, part, (before, left, wanted, right, after) => {
        const text = `${before}${left}${wanted}${right}${after}`;
        const read = readTransactionNumber(text, digitsOnly);
        assert.ok(read === null || read === wanted || text.replace(/[^\d]/g, '') === read, `${text} was read as ${read}`);
      }),
      { numRuns: 5000 },
    );
  });
});
