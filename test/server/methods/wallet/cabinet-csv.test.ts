/** Lists from Paykassma's cabinet in the layouts that an export may have, and hostile ones, which are refused with their line. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCabinetCsv } from '../../../../server/methods/wallet/cabinet-csv.ts';
import type { ProblemError } from '../../../../server/payments/model/errors.ts';

const read = (csv: string, zone = 'UTC') => readCabinetCsv(csv, zone);
const noon = Date.parse('2026-11-29T12:00:00Z');
const row = { transactionId: '17', customTransactionId: null, wallet: 'wavepay', amount: 600_050, currency: 'MMK', at: noon };

describe('a list from the cabinet', () => {
  for (const [what, csv] of [
    ['commas', 'transaction_id,amount,currency,created_at,wallet\n17,6000.50,MMK,2026-11-29 12:00:00,wavepay\n'],
    ['semicolons and a decimal comma', 'ID;Sum;Currency;Date;Wallet\r\n17;6000,50;MMK;29.11.2026 12:00;wavepay\r\n'],
    ['tabs', 'txid\tamount\tcurrency_code\tdate\twallet_type\n17\t6000.5\tMMK\t2026-11-29T12:00:00Z\twavepay'],
    [
      'a byte-order mark and quotes',
      '\uFEFF"Transaction ID","Amount","Currency","Created at","Type"\n"17","6,000.50","mmk","1795953600","WavePay"\n',
    ],
    ['thousands with a space', 'id;amount;currency;date;wallet\n17;6 000,50;MMK;2026-11-29 12:00;wavepay'],
    ['a currency that follows from the wallet', 'id,amount,date,wallet\n17,6000.50,2026-11-29 12:00,wavepay'],
    ['an empty line and another order', 'wallet,date,currency,amount,id\n\nwavepay,2026-11-29T13:00:00+01:00,MMK,6000.50,17\n\n'],
  ] as const) {
    it(`is read with ${what}`, async () => assert.deepEqual(await read(csv), [row]));
  }

  it('takes the surest of several columns, and our own id', async () => {
    const csv =
      'id,transaction_id,custom_transaction_id,amount,deposit_amount,currency,created_at,activated_at\n1,17,att_x,1,2,MMK,2020-01-01,2026-11-29 12:00';
    assert.deepEqual(await read(csv), [{ ...row, wallet: null, customTransactionId: 'att_x', amount: 200 }]);
  });

  it('leaves out payouts and what was not credited', async () => {
    const csv = `id,amount,currency,date,status,type
1,1,MMK,2026-11-29,success,payout
2,1,MMK,2026-11-29,Refused,deposit
3,1,MMK,2026-11-29,pending,deposit
4,1,MMK,2026-11-29,Activated,deposit
5,1,MMK,2026-11-29,1,wavepay`;
    assert.deepEqual(
      (await read(csv)).map(({ transactionId, wallet }) => [transactionId, wallet]),
      [
        ['4', null],
        ['5', 'wavepay'],
      ],
    );
  });

  it('has times without a zone in the zone of the cabinet', async () => {
    const [only] = await read('id,amount,currency,date\n17,1,MMK,2026-11-29 20:00', 'Asia/Manila');
    assert.equal(only?.at, noon);
  });

  it('keeps cells that a spreadsheet would run as text', async () => {
    const [only] = await read('id,amount,currency,date\n"=1+1",1,MMK,2026-11-29');
    assert.equal(only?.transactionId, '=1+1');
  });

  it('of fifty thousand lines is read, and other work goes on meanwhile', async () => {
    const lines = Array.from({ length: 50_000 }, (_, n) => `${n},1,MMK,2026-11-29`).join('\n');
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    assert.equal((await read(`id,amount,currency,date\n${lines}`)).length, 50_000);
    clearInterval(timer);
    assert.ok(turns > 5, `${turns} turns`);
  });
});

describe('is refused:', () => {
  const head = 'id,amount,currency,date,wallet,status';
  for (const [what, csv, code, detail] of [
    ['an empty list', '', 'invalid_request', /empty/],
    [
      'missing columns, which are named',
      'foo,bar\n1,2',
      'invalid_request',
      /the id .*the amount, the date .*a currency or a wallet/,
    ],
    ['a line with too few cells', `${head}\n1,2`, 'invalid_request', /line 2 .*more or fewer cells/],
    ['a quotation mark that is not closed', `${head}\n"1,2,MMK,2026-11-29,wavepay,1`, 'invalid_request', /quotation mark/],
    [
      'an amount that may have two meanings',
      `${head}\n1,"1,000",MMK,2026-11-29,wavepay,1`,
      'invalid_request',
      /line 2: the amount/,
    ],
    ['an amount below nothing', `${head}\n1,-5,MMK,2026-11-29,wavepay,1`, 'invalid_request', /line 2: the amount/],
    ['an amount finer than the currency', `${head}\n1,1.001,MMK,2026-11-29,wavepay,1`, 'invalid_request', /the amount/],
    ['an amount that is a formula', `${head}\n1,=5,MMK,2026-11-29,wavepay,1`, 'invalid_request', /the amount/],
    ['a date that does not exist', `${head}\n1,5,MMK,2026-02-30,wavepay,1`, 'invalid_request', /line 2: the date/],
    ['a date that may have two meanings', `${head}\n1,5,MMK,03/04/2026,wavepay,1`, 'invalid_request', /the date/],
    ['a status that is not known', `${head}\n1,5,MMK,2026-11-29,wavepay,maybe`, 'invalid_request', /line 2: the status/],
    ['a currency that is none', `${head}\n1,5,kyat,2026-11-29,wavepay,1`, 'invalid_request', /the currency/],
    ['an id with control characters', `${head}\n1\u0000,5,MMK,2026-11-29,wavepay,1`, 'invalid_request', /line 2: the id/],
    ['an id that is far too long', `${head}\n${'1'.repeat(300)},5,MMK,2026-11-29,wavepay,1`, 'invalid_request', /the id/],
    ['a cell that never ends', `${head}\n"${'1'.repeat(30_000)}"`, 'invalid_request', /too long/],
    ['too many lines', `${head}\n${'1,5,MMK,2026-11-29,wavepay,1\n'.repeat(50_001)}`, 'too_large', /50,000/],
    ['more than 5 MB', `${head}\n${'x'.repeat(5_300_000)}`, 'too_large', /5 MB/],
  ] as const) {
    it(what, () =>
      assert.rejects(read(csv), (cause: ProblemError) => {
        assert.deepEqual([cause.code], [code]);
        assert.match(cause.extras.detail ?? '', detail);
        return true;
      }),
    );
  }
});
