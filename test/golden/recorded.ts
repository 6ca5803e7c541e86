/** The files of this folder: what was recorded, and which of it is known to be wrong. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type Json, printJson } from './json.ts';
import type { Transcript } from './transcript.ts';

const states = new URL('states/', import.meta.url);
const fileOf = (state: string): URL => new URL(`${state}.json`, states);

/** Null where a state was never recorded. */
export const readTranscript = (state: string): Transcript | null =>
  existsSync(fileOf(state)) ? (JSON.parse(readFileSync(fileOf(state), 'utf8')) as Transcript) : null;

export const recordedStates = (): string[] => readdirSync(states).map((name) => name.replace(/\.json$/, ''));

/** @returns Whether it was recorded otherwise before. */
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
export const writeOpenapi = (document: Json): void => writeFileSync(openapi, `${printJson(document)}\n`);

/** By state: what is wrong in it, in the words of the list of faults; whoever mends it records the state anew and takes the words out here. */
export const knownWrong = JSON.parse(readFileSync(new URL('known-wrong.json', import.meta.url), 'utf8')) as Record<
  string,
  string[]
>;
