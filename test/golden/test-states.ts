/** Compares every state of the QA page and every story with its recording, on one engine. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Engine } from '../support/engines.ts';
import { compareTranscripts } from './compare.ts';
import { playScenes } from './play-scenes.ts';
import { knownWrong, readTranscript, recordedStates } from './recorded.ts';
import { renameMap } from './rename.ts';
import { scenes } from './scenes.ts';

/** The most lines that are printed for one state. */
const mostLines = 30;

export function testStates(engine: Engine): void {
  describe(`HTTP transcripts, ${engine.name}`, { skip: engine.skip }, () => {
    const outcomes = engine.skip === false ? playScenes(engine, scenes) : new Map();

    it('each state of the QA page and each story was recorded, and nothing else', () => {
      assert.deepEqual(recordedStates().sort(), scenes.map(({ id }) => id).sort());
      assert.deepEqual(
        Object.keys(knownWrong).filter((id) => !scenes.some((state) => state.id === id)),
        [],
      );
    });

    for (const { id, words } of scenes) {
      const wrong = knownWrong[id] ?? [];
      it(`“${words}” (${id})${wrong.length ? ', which is known to be wrong' : ''}`, async () => {
        const outcome = await outcomes.get(id);
        assert.ok(outcome, 'was not played');
        if ('failure' in outcome) throw outcome.failure;
        const recorded = readTranscript(id);
        assert.ok(recorded, `was never recorded: npm run golden:record -- ${id}`);
        const lines = compareTranscripts(recorded, outcome.transcript, renameMap);
        if (lines.length === 0) return;
        const left = lines.length - mostLines;
        throw new assert.AssertionError({
          message: [
            `${id} (${engine.name}) is not as it was recorded, was → is:`,
            ...lines.slice(0, mostLines),
            ...(left > 0 ? [`  … and ${left} lines more`] : []),
            ...wrong.map((row) => `  It was recorded as known to be wrong: ${row}`),
            `  If this is intended: npm run golden:record -- ${id}, and test/golden/README.md for the commit message.`,
          ].join('\n'),
        });
      });
    }
  });
}
