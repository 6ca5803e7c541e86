/**
 * `npm run golden:record` records all states on SQLite, and the OpenAPI document; `npm run golden:record -- card-paid openapi`
 * only these. Prints what differs from the previous recording.
 */
import { engines } from '../support/engines.ts';
import { compareTranscripts } from './compare.ts';
import { playScenes } from './play-scenes.ts';
import { servedOpenapi } from './read-openapi.ts';
import { readTranscript, recordedStates, removeTranscript, writeOpenapi, writeTranscript } from './recorded.ts';
import { scenes } from './scenes.ts';

const wanted = process.argv.slice(2);

const unknown = wanted.filter((id) => id !== 'openapi' && !scenes.some((state) => state.id === id));
if (unknown.length) {
  console.error(`There is no state ${unknown.join(', ')}.`);
  process.exit(1);
}
const chosen = wanted.length ? scenes.filter(({ id }) => wanted.includes(id)) : scenes;
if (!wanted.length || wanted.includes('openapi')) writeOpenapi(await servedOpenapi());
if (!wanted.length) for (const id of recordedStates()) if (!scenes.some((state) => state.id === id)) removeTranscript(id);

const [engine] = engines;
let changed = 0;
for (const [id, played] of playScenes(engine as (typeof engines)[number], chosen)) {
  const outcome = await played;
  if ('failure' in outcome) throw outcome.failure;
  const before = readTranscript(id);
  if (!writeTranscript(outcome.transcript)) continue;
  changed += 1;
  console.log(before ? `${id}, was → is:` : `${id} is new`);
  if (before) console.log(compareTranscripts(before, outcome.transcript, {}).join('\n'));
}
console.log(`${chosen.length} states recorded, ${changed} of them otherwise than before.`);
process.exit(0);
