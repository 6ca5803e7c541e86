/**
 * The names that the public has known, and what they are called now. Transcripts keep the names they were recorded with; before they are compared,
 * the map is applied to them. What is sent to the services is never renamed.
 */
import { readFileSync } from 'node:fs';
import { isObject, type Json, type JsonObject } from './json.ts';

/** Where something is: names of members from outside to inside, e.g. `view.attempt.status`; the end of it is enough, the longest that fits counts. */
type Where = string;

export interface Renames {
  /** Names of members: `{"attempt.tail": "lastCharacters"}`. Of a query: `{"query.since": "after"}`. */
  keys?: Record<Where, string>;
  /** What a member may say: `{"attempt.status": {"live": "awaiting_customer"}}`. */
  values?: Record<Where, Record<string, string>>;
  /** `{"POST /v1/pay-codes/batch": "POST /v1/pay-codes/list"}`; what is drawn by chance is `{id}`. */
  routes?: Record<string, string>;
}

/** `everywhere`, and what is otherwise in one of the three. */
export interface RenameMap {
  everywhere?: Renames;
  http?: Renames;
  webhooks?: Renames;
  openapi?: Renames;
}

export const renameMap = JSON.parse(readFileSync(new URL('rename-map.json', import.meta.url), 'utf8')) as RenameMap;

export function renamesOf(map: RenameMap, place: 'http' | 'webhooks' | 'openapi'): Required<Renames> {
  const { everywhere = {}, [place]: own = {} } = map;
  return {
    keys: { ...everywhere.keys, ...own.keys },
    values: { ...everywhere.values, ...own.values },
    routes: { ...everywhere.routes, ...own.routes },
  };
}

/** The same with the names of now. */
export function rename(value: Json, renames: Required<Renames>, at: readonly string[] = []): Json {
  if (typeof value === 'string') return longest(renames.values, at)?.[value] ?? value;
  if (Array.isArray(value)) return value.map((item) => rename(item, renames, at));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      if (transparent.has(name)) return [name, rename(item, renames, at)];
      const inside = [...at, name];
      return [longest(renames.keys, inside) ?? name, rename(item, renames, inside)];
    }),
  );
}

/** Words of these files, no names of the interface. */
const transparent: ReadonlySet<string> = new Set(['changed', 'optional', 'items', 'anyOf', 'enum', 'const', '<any>']);

function longest<Found>(by: Record<Where, Found>, at: readonly string[]): Found | undefined {
  for (let from = 0; from < at.length; from += 1) {
    const where = at.slice(from).join('.');
    if (Object.hasOwn(by, where)) return by[where];
  }
  return undefined;
}

/** @param ask Method, path and query, as a transcript has it. */
export function renameAsk(ask: string, renames: Required<Renames>): string {
  const [route = '', query] = ask.split('?');
  const ids = route.match(/<[^>]+>/g) ?? [];
  const renamed = renames.routes[route.replace(/<[^>]+>/g, '{id}')];
  const now = renamed ? renamed.replace(/\{id\}/g, () => ids.shift() ?? '{id}') : route;
  if (query === undefined) return now;
  const pairs = query.split('&').map((pair) => {
    const [name = '', value = ''] = pair.split('=');
    return `${longest(renames.keys, ['query', name]) ?? name}=${value}`;
  });
  return `${now}?${pairs.join('&')}`;
}

/** A message of a transcript with the names of now; what a service is sent stays as it was. */
export function renameMessage(message: JsonObject, map: RenameMap): JsonObject {
  const { to, ask } = message;
  if (to !== 'bff' && to !== 'shop') return message;
  const renames = renamesOf(map, to === 'bff' ? 'http' : 'webhooks');
  return {
    ...message,
    // Postbacks and the shop's address are not ours to name.
    ...(to === 'bff' && { ask: renameAsk(String(ask), renames) }),
    ...(message.body !== undefined && message.from !== 'paykassma' && { body: rename(message.body, renames) }),
    ...(message.answer !== undefined && { answer: rename(message.answer, renames) }),
  };
}
