/**
 * Whatever is read out of an answer of a payment service is used by somebody. What is parsed and then ignored misleads whoever reads the
 * client: the comment beside the field promises something that no code keeps. (`every-field-has-a-reader.test.ts` is the same for our
 * own contract and configuration.)
 */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type ESTree, parseSync, Visitor } from 'rolldown/utils';

const root = fileURLToPath(new URL('../../', import.meta.url));
const contentOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The clients, where their answers are declared, and who may read these. */
const clients = [
  { name: 'paycodes', method: 'pay-code', declared: ['schema.ts', 'answers.ts'] },
  { name: 'paykassma', method: 'wallet', declared: ['answers.ts', 'postback.ts'] },
  { name: 'payme', method: 'card', declared: ['schema.ts'] },
] as const;

/** What nobody here reads, and why it is there all the same. */
const exceptions: Readonly<Record<string, string>> = {};

interface Fields {
  /** Keys of the wire, in schemas; and those of types whose values a function makes. */
  parsed: Set<string>;
  /** Keys of the objects that a schema's transformation makes of them. */
  made: Set<string>;
}

const keysOf = ({ properties }: ESTree.ObjectExpression, ofSchema = false): string[] =>
  properties.flatMap((one) => {
    if (one.type !== 'Property' || one.key.type !== 'Identifier') return [];
    // A literal is used by being compared: an answer without it is another answer.
    const { value } = one;
    const isLiteral =
      value.type === 'CallExpression' && value.callee.type === 'MemberExpression' && nameOf(value.callee) === 'literal';
    return ofSchema && isLiteral ? [] : [one.key.name];
  });

/** All keys of objects inside a node: a transformation may add some under a condition. */
function keysInside(source: string, { start, end }: { start: number; end: number }): string[] {
  const keys: string[] = [];
  new Visitor({
    ObjectExpression(node) {
      keys.push(...keysOf(node));
    },
  }).visit(parseSync('inside.ts', `(${source.slice(start, end)})`).program);
  return keys;
}

function fieldsIn(path: string, source: string): Fields {
  const parsed = new Set<string>();
  const made = new Set<string>();
  new Visitor({
    CallExpression({ callee, arguments: [first] }) {
      const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? nameOf(callee) : '';
      if (/^(object|looseObject|strictObject)$/.test(name) && first?.type === 'ObjectExpression')
        for (const key of keysOf(first, true)) parsed.add(key);
      if (name === 'transform' && first?.type === 'ArrowFunctionExpression' && first.body.type !== 'BlockStatement')
        for (const key of keysInside(source, first.body)) made.add(key);
    },
    TSPropertySignature({ key }) {
      if (key.type === 'Identifier') parsed.add(key.name);
    },
  }).visit(parseSync(path, source).program);
  return { parsed, made };
}

const nameOf = ({ property }: ESTree.MemberExpression): string => (property.type === 'Identifier' ? property.name : '');

/** Names that a source reads: by a property access or a destructuring, or as a text, e.g. of a request's field. */
function namesReadBy(path: string, source: string): Set<string> {
  const names = new Set<string>();
  new Visitor({
    MemberExpression({ computed, property }) {
      if (!computed && property.type === 'Identifier') names.add(property.name);
    },
    ObjectPattern({ properties }) {
      for (const one of properties) if (one.type === 'Property' && one.key.type === 'Identifier') names.add(one.key.name);
    },
  }).visit(parseSync(path, source).program);
  return names;
}

const readIn = (paths: readonly string[]): Set<string> =>
  new Set(paths.flatMap((path) => [...namesReadBy(path, contentOf(path))]));

/** The fields of one client's answers that nobody reads. `more`: a source that stands for one more file of the client. */
function unread({ name, method, declared }: (typeof clients)[number], more = ''): string[] {
  const own = globSync(`server/clients/${name}/*.ts`, { cwd: root });
  const users = globSync([`server/methods/${method}/*.ts`, 'server/methods/*.ts'], { cwd: root });
  const outside = readIn(users);
  const sources = [...declared.map((file) => `server/clients/${name}/${file}`), 'more.ts'];
  const missing = sources.flatMap((path) => {
    const source = path === 'more.ts' ? more : contentOf(path);
    const { parsed, made } = fieldsIn(path, source);
    const here = new Set([...namesReadBy(path, source), ...readIn(own)]);
    // What a transformation has made is read by others than the file that made it.
    const beside = readIn(own.filter((one) => one !== path));
    return [
      ...[...parsed].filter((key) => !outside.has(key) && !here.has(key)),
      ...[...made].filter((key) => !outside.has(key) && !beside.has(key)),
    ];
  });
  return [...new Set(missing)].map((key) => `${name} ${key}`);
}

describe('what a payment service answers', () => {
  for (const client of clients) {
    it(`is used where it is read: ${client.name}`, () => {
      assert.deepEqual(
        unread(client).filter((field) => !(field in exceptions)),
        [],
      );
    });
  }

  it('and a field that nobody uses is named, as it comes or as it was made', () => {
    const planted = `
      const Planted = z.looseObject({ nobody_reads: z.string(), half_read: z.string() })
        .transform(({ half_read }) => ({ halfRead: half_read, ...(half_read && { alsoNot: 1 }) }));`;
    assert.deepEqual(
      unread(clients[2], planted).filter((field) => !(field in exceptions)),
      ['payme nobody_reads', 'payme halfRead', 'payme alsoNot'],
    );
  });

  it('and no exception is there without need', () => {
    const all = clients.flatMap((client) => unread(client));
    assert.deepEqual(
      Object.keys(exceptions).filter((field) => !all.includes(field)),
      [],
    );
  });
});
