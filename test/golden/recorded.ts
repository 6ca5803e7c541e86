/** Reads and writes the recordings, and the list of what is known to be wrong in them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { problemsPage } from '#contract/docs';
import { type Json, printJson } from './json.ts';
import type { Transcript } from './transcript.ts';

const states = new URL('states/', import.meta.url);
const fileOf = (state: string): URL => new URL(`${state}.json`, states);

/** Null where the state was never recorded. */
export const readTranscript = (state: string): Transcript | null =>
  existsSync(fileOf(state)) ? (JSON.parse(readFileSync(fileOf(state), 'utf8')) as Transcript) : null;

export const recordedStates = (): string[] => readdirSync(states).map((name) => name.replace(/\.json$/, ''));

/** @returns Whether it differs from the previous recording. */
export function writeTranscript(transcript: Transcript): boolean {
  mkdirSync(states, { recursive: true });
  const file = fileOf(transcript.state);
  const text = `${printJson(transcript as unknown as Json)}\n`;
  const isOther = !existsSync(file) || readFileSync(file, 'utf8') !== text;
  if (isOther) writeFileSync(file, text);
  return isOther;
}

export const removeTranscript = (state: string): void => rmSync(fileOf(state));

const openapi = new URL('openapi.json', import.meta.url);
export const readOpenapi = (): Json => JSON.parse(readFileSync(openapi, 'utf8')) as Json;
/** Also writes the page of all problems, which belongs to the document. */
export const writeOpenapi = (document: Json): void => {
  writeFileSync(openapi, `${printJson(document)}\n`);
  writeFileSync(new URL('../../server/contract/PROBLEMS.md', import.meta.url), problemsPage());
};

/** By state, the known defects in its recording. Whoever fixes one records the state again and removes the entry here. */
export const knownWrong = JSON.parse(readFileSync(new URL('known-wrong.json', import.meta.url), 'utf8')) as Record<
  string,
  string[]
>;
