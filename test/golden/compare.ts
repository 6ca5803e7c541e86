/** Compares a transcript with its recording: names the message, the path, the old and the new value. */
import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json, type JsonObject } from './json.ts';
import { type RenameMap, renameMessage } from './rename.ts';
import type { Transcript } from './transcript.ts';

/** @returns A line for each difference, in order; none where nothing differs. */
export function compareTranscripts(recorded: Transcript, now: Transcript, map: RenameMap): string[] {
  const was = recorded.messages.map((message) => renameMessage(message, map));
  const report: string[] = [];
  for (const [before, after] of pair(was, now.messages)) {
    if (!before) report.push(`  + ${titleOf(after as JsonObject, now)}`);
    else if (!after) report.push(`  − ${titleOf(before, { ...recorded, messages: was })}`);
    else {
      const lines = isOurs(after) ? differences(before, after) : exactDifferences(before, after);
      if (lines.length) report.push(`  ${titleOf(after, now)}`, ...lines.map((line) => `      ${line}`));
    }
  }
  return report;
}

/** What the services are sent must be equal to the byte, including the order of members. */
const isOurs = ({ to }: JsonObject): boolean => to === 'bff' || to === 'shop';

function exactDifferences(before: JsonObject, after: JsonObject): string[] {
  const lines = differences(before, after);
  const isReordered = lines.length === 0 && JSON.stringify(before) !== JSON.stringify(after);
  return isReordered ? ['its members come in another order'] : lines;
}

/** `path: old → new`, for each member that differs. */
export function differences(before: Json | undefined, after: Json | undefined, path = ''): string[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => differences(before[name], after[name], path ? `${path}.${name}` : name));
  }
  if (Array.isArray(before) && Array.isArray(after) && [...before, ...after].some((item) => typeof item === 'object')) {
    const most = Math.max(before.length, after.length);
    return Array.from({ length: most }, (_, index) => differences(before[index], after[index], `${path}[${index}]`)).flat();
  }
  return [`${path}: ${short(before)} → ${short(after)}`];
}

function short(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}

/** Number and kind of a message. */
function titleOf(message: JsonObject, { messages }: Transcript): string {
  const { to, from = 'bff', ask, body } = message;
  const method = isObject(body) && typeof body.method === 'string' ? ` ${body.method}` : '';
  return `message ${messages.indexOf(message) + 1}: ${from} → ${to}, ${ask}${method}`;
}

/** Pairs messages of the same kind, in order; one without a counterpart is paired with null. */
function pair(before: JsonObject[], after: JsonObject[]): [JsonObject | null, JsonObject | null][] {
  // The longest common sequence of messages, from each index to the end.
  const longest = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (one: number, other: number): number => longest[one]?.[other] ?? 0;
  for (let one = before.length - 1; one >= 0; one -= 1)
    for (let other = after.length - 1; other >= 0; other -= 1) {
      const both = kindOf(before[one]) === kindOf(after[other]);
      (longest[one] as number[])[other] = both ? at(one + 1, other + 1) + 1 : Math.max(at(one + 1, other), at(one, other + 1));
    }
  const pairs: [JsonObject | null, JsonObject | null][] = [];
  let [one, other] = [0, 0];
  while (one < before.length || other < after.length) {
    const [first, second] = [before[one] ?? null, after[other] ?? null];
    if (first && second && kindOf(first) === kindOf(second)) {
      pairs.push([first, second]);
      one += 1;
      other += 1;
    } else if (first && (!second || at(one + 1, other) >= at(one, other + 1))) {
      pairs.push([first, null]);
      one += 1;
    } else {
      pairs.push([null, second]);
      other += 1;
    }
  }
  return pairs;
}

function kindOf(message: JsonObject | undefined): string {
  const { to, from = '', ask, body } = message ?? {};
  return [to, from, ask, isObject(body) ? (body.method ?? body.type ?? '') : ''].join(' ');
}
