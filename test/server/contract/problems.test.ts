/** Every problem code is explained, in one list that the answers and the documents are made from. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { ProblemCode } from '#contract';
import { problemsPage, problemTable, problemTables } from '#contract/docs';

it('every problem code has a title, a cause and a remedy, and no other code has', () => {
  assert.deepEqual(Object.keys(problemTable).sort(), [...ProblemCode.options].sort());
  const unexplained = Object.entries(problemTable).flatMap(([code, { title, cause, remedy }]) => [
    ...(/^[A-Z].*[^.]$/.test(title) ? [] : [`${code}: title`]),
    ...(/^\S.{10,}\.$/.test(cause) ? [] : [`${code}: cause`]),
    ...(/^\S.{10,}\.$/.test(remedy) ? [] : [`${code}: remedy`]),
  ]);
  assert.deepEqual(unexplained, []);
});

it('the tables have each code once', () => {
  const rows = [...problemTables('##').matchAll(/^\| `(\w+)` \| (\d+) \|/gm)].map(([, code = '', status]) => [
    code,
    Number(status),
  ]);
  assert.deepEqual(
    Object.fromEntries(rows),
    Object.fromEntries(Object.entries(problemTable).map(([code, { status }]) => [code, status])),
  );
  assert.equal(rows.length, ProblemCode.options.length);
});

it('PROBLEMS.md is made from the list', () => {
  const page = readFileSync(new URL('../../../server/contract/PROBLEMS.md', import.meta.url), 'utf8');
  assert.equal(page, problemsPage(), 'npm run golden:record -- openapi writes it');
});
