/**
 * Maps old public names to new ones. Recordings keep the names that they were made with, and the map is applied before they are
 * compared. What is sent to the services is never renamed.
 */
import { readFileSync } from 'node:fs';
import { isObject, type Json, type JsonObject } from './json.ts';

/** A path of member names from outside to inside, e.g. `view.attempt.status`. Its end is enough; the longest match counts. */
type Where = string;

export interface Renames {
  /** Names of members: `{"attempt.tail": "lastCharacters"}`, or of query parameters: `{"query.since": "after"}`. */
  keys?: Record<Where, string>;
  /** Values of members: `{"attempt.status": {"live": "awaiting_customer"}}`. A new value may be of another type. */
  values?: Record<Where, Record<string, Json>>;
  /** `{"POST /v1/pay-codes/batch": "POST /v1/pay-codes/list"}`; `{id}` stands for a random part. */
  routes?: Record<string, string>;
}

/** The map for one of the three places, over that of `everywhere`. */
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

/** Replaces old names by new ones. */
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

/** Names that belong to the recordings and not to the interface. */
const transparent: ReadonlySet<string> = new Set(['changed', 'optional', 'items', 'anyOf', 'enum', 'const', '<any>']);

function longest<Found>(by: Record<Where, Found>, at: readonly string[]): Found | undefined {
  for (let from = 0; from < at.length; from += 1) {
    const where = at.slice(from).join('.');
    if (Object.hasOwn(by, where)) return by[where];
  }
  return undefined;
}

/** @param ask Method, path and query, as in a transcript. */
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

/** Maps the names of a message; what a service is sent stays as it is. */
export function renameMessage(message: JsonObject, map: RenameMap): JsonObject {
  const { to, ask } = message;
  if (to !== 'bff' && to !== 'shop') return message;
  const renames = renamesOf(map, to === 'bff' ? 'http' : 'webhooks');
  return {
    ...message,
    // Postbacks and the shop's address are not named by us.
    ...(to === 'bff' && { ask: renameAsk(String(ask), renames) }),
    ...(message.body !== undefined && message.from !== 'paykassma' && { body: rename(message.body, renames) }),
    ...(message.answer !== undefined && { answer: rename(message.answer, renames) }),
  };
}
