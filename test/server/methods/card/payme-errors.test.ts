/** Every known error code of Payme has a problem of ours, and the lists of what a decline proves contain no other code. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ProblemCode } from '../../../../server/contract/index.ts';
import { callPayme as callServer, isDecline, needsOperator, toProblem } from '../../../../server/methods/card/call-payme.ts';
import { callPayme } from '../../../../widget/methods/card/direct-card.ts';

/** The known codes, by what a customer reads. */
const known: Partial<Record<ProblemCode, readonly number[]>> = {
  card_number: [-31300],
  card_sms_disabled: [-31301],
  insufficient_funds: [-31303],
  card_declined: [-31400, -31151, -31630, -31700, -31900, -31901, -32500],
  sms_code_expired: [-31101, -31201, -31102],
  sms_code_wrong: [-31103, -31200],
  sms_not_sent: [-31110],
  method_unavailable: [-31001, -31003, -31007, -31008, -31050, -31075, -31099, -31610, -31611, -31612, -31613, -31800],
  provider_unavailable: [
    -31002, -31302, -31401, -31402, -31403, -31601, -31602, -31622, -31623, -32300, -32400, -32504, -32600, -32601, -32602,
    -32700,
  ],
};
const all = Object.values(known).flat();

describe('an error code of Payme', () => {
  for (const [problem, codes] of Object.entries(known))
    it(`reads ${problem} for ${codes.join(', ')}`, () => {
      for (const code of codes) assert.equal(toProblem({ code }).code, problem, String(code));
    });

  it('names the field that is at fault, and no other', () => {
    assert.equal(toProblem({ code: -31300 }).field, 'number');
    assert.deepEqual(toProblem({ code: -31300, field: 'expire' }), { code: 'card_expiry', field: 'expire' });
    assert.equal(toProblem({ code: -31103 }).field, 'code');
    assert.equal(toProblem({ code: -31610, field: 'amount' }).field, undefined, 'a field of no form');
  });

  it('that is not in the table reads as the caller decides', () => {
    for (const code of [-1, -31049, -31100, -39999, 0, 31300]) {
      assert.equal(toProblem({ code }).code, 'card_declined', String(code));
      assert.equal(toProblem({ code }, 'provider_unavailable').code, 'provider_unavailable', String(code));
    }
  });

  it('proves that nothing was taken only if it is about the card or the amount', () => {
    const proving = [-31300, -31301, -31303, -31400, -31630, -31700, -31900, -31901, -31611, -31612, -31613];
    assert.deepEqual([...all, -1, -39999].filter((code) => isDecline({ code })).sort(), [...proving].sort());
  });

  it('is reported to the operator if it refuses our own configuration', () => {
    const ours = [-31601, -32300, -32504, -32600, -32601, -32602, -32700];
    assert.deepEqual(all.filter((code) => needsOperator({ code })).sort(), ours.sort());
  });

  it('is a label of the metrics if it is in the list, and any other number is one label for all', async () => {
    const outcomes: string[] = [];
    const observer = {
      upstreamCall: (_upstream: string, _method: string, outcome: string) => void outcomes.push(outcome),
      attempt: () => undefined,
      webhook: () => undefined,
      failure: () => undefined,
    };
    for (const code of [-31300, -31103, -1, -31077, -31999, -39_999, -40_000, Number.MIN_SAFE_INTEGER])
      await callServer(observer, 'cards.create', async () => ({ kind: 'refused', code }));
    assert.deepEqual([...new Set(outcomes)], ['-31300', '-31103', 'other_refusal']);
  });

  it('is the same problem in a browser that calls Payme itself, for every code and field', async (context) => {
    let error: object = {};
    context.mock.method(globalThis, 'fetch', async () => Response.json({ error }));
    const cashbox = { url: 'https://payme.example', cashboxId: '0'.repeat(24) };
    const signal = new AbortController().signal;
    for (let code = -33_000; code <= -31_000; code += 1)
      for (const field of code === -31300 ? ['number', 'expire', undefined] : ['expire']) {
        error = { code, data: field, message: 'never read' };
        const answer = await callPayme(cashbox, 'cards.create', {}, signal);
        const problem = toProblem({ code, ...(field && { field }) }).code;
        assert.deepEqual(answer, { ok: false, problem }, String(code));
      }
  });
});
