/** The OpenAPI document has the recorded routes, names and constraints. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differences } from './compare.ts';
import type { JsonObject } from './json.ts';
import { readingOf } from './openapi-reading.ts';
import { servedOpenapi } from './read-openapi.ts';
import { readOpenapi } from './recorded.ts';
import { rename, renameAsk, renameMap, renamesOf } from './rename.ts';

test('the OpenAPI document has the recorded routes, names and constraints', async () => {
  const renames = renamesOf(renameMap, 'openapi');
  const recorded: JsonObject = Object.fromEntries(
    Object.entries(readingOf(readOpenapi())).map(([route, promise]) => [renameAsk(route, renames), rename(promise, renames)]),
  );
  const lines = differences(recorded, readingOf(await servedOpenapi()));
  assert.deepEqual(lines, [], `was → is; if this is meant: npm run golden:record -- openapi\n${lines.slice(0, 40).join('\n')}`);
});
