/** What the developer of a shop reads where a call is refused. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { PayDeskError } from '../../../server/sdk/problem.ts';

it('says what was wrong, and where the code is explained if the server says no more', () => {
  const refused = { code: 'unauthorized', title: 'A valid key is needed' };
  assert.equal(new PayDeskError(401, refused).message, 'unauthorized: A valid key is needed (see PROBLEMS.md)');
  const wrong = { code: 'invalid_request', title: 'The request is wrong', field: 'amount', detail: 'expected at least 1' };
  assert.equal(new PayDeskError(422, wrong).message, 'invalid_request: expected at least 1 (amount)');
  assert.equal(new PayDeskError(502, '<html>').message, 'The answer has status 502 and is not one of Pay Desk.');
});
