/** What an attacker could learn from the program itself: secrets by the time of a comparison, and keys in what browsers download. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'rolldown/utils';
import { demoKeys } from '../../server/demo-keys.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const secretName = /(^|[a-z])(signature|hmac|mac|secret|token|digest|password|apikey|keyhash|hash)$/i;

/** Comparisons whose time tells an attacker nothing, by file and expression, with the reason. */
const harmless: Readonly<Record<string, string>> = {
  'server/operate/authenticate.ts: keyHash === hash': 'two SHA-256 of keys: who guesses the key cannot steer its hash',
  'server/operators.ts: other.keyHash === keyHash': 'settings of the same file, while it is read',
  'server/storage/audit/anchor.ts: stored === end.hash':
    'a hash of the database with one of a file that the operator holds, on their own command line',
  'server/storage/audit/chain-rows.ts: end.hash === reader.hash()': 'two readings of the same database',
  'server/merchants-file.ts: hash === demoHash': 'settings of the same file, while it is read',
  'server/methods/card/saved-cards.ts: sealer.open(card.sealed, cardId) === token':
    'a token that Payme has just given us with one that we hold',
  'server/methods/card/sms-confirmation.ts: token === card.token': 'a token that Payme has just given us with one that we hold',
};

/** Comparisons by `===` or `!==` in which one side is named like a secret and neither is a literal. */
function comparisons(path: string, source: string): string[] {
  const found: string[] = [];
  const nameOf = (node: { type: string; name?: unknown; property?: unknown }): string => {
    if (node.type === 'Identifier') return String(node.name);
    return node.type === 'MemberExpression' ? nameOf(node.property as never) : '';
  };
  const isPlain = ({ type, ...node }: { type: string; name?: unknown }) =>
    type === 'Literal' || type === 'UnaryExpression' || (type === 'Identifier' && node.name === 'undefined');
  new Visitor({
    BinaryExpression({ operator, left, right, start, end }) {
      if (!/^[!=]==?$/.test(operator)) return;
      const sides = [left, right] as unknown as { type: string; name?: unknown }[];
      if (sides.some(isPlain) || !sides.some((side) => secretName.test(nameOf(side)))) return;
      found.push(source.slice(start, end));
    },
  }).visit(parseSync(path, source).program);
  return found;
}

describe('a secret', () => {
  const files = globSync('server/**/*.ts', { cwd: root, exclude: (name) => name === '.types' || name === 'console' });

  it('is compared in constant time: by timingSafeEqual, or by a lookup of its hash', () => {
    const found = files
      .filter((path) => !path.endsWith('.d.ts'))
      .flatMap((path) => comparisons(path, readFileSync(join(root, path), 'utf8')).map((text) => `${path}: ${text}`));
    assert.deepEqual(found.sort(), Object.keys(harmless).sort(), 'compared in variable time, or harmless without need');
  });

  it('that is compared by === is noticed', () => {
    for (const line of ['if (given.signature !== expected) f();', 'const ok = clientSecret === stored;', 'f(a.digest == b);'])
      assert.equal(comparisons('planted.ts', line).length, 1, line);
    for (const line of ['if (secret === undefined) f();', "if (token === 'x') f();", 'if (amount === due) f();'])
      assert.equal(comparisons('planted.ts', line).length, 0, line);
  });

  it('is in nothing that a browser or a package downloads, in no encoding, and source maps are not there', () => {
    const texts = (value: unknown): string[] =>
      typeof value === 'string' ? [value] : Object.values(Object(value) as object).flatMap(texts);
    // Ids of merchant, key and cashbox are public.
    const secrets = texts(demoKeys).filter((text) => text.length >= 20);
    assert.ok(secrets.length >= 6, 'the list of secrets is empty');
    const encoded = secrets.flatMap((text) => [
      text,
      encodeURIComponent(text),
      Buffer.from(text).toString('base64').replace(/=+$/, ''),
      Buffer.from(text).toString('hex'),
    ]);
    const shipped = globSync('dist/{widget,operate,esm}/**/*.{js,html,css,json,map}', { cwd: root });
    assert.ok(shipped.length > 20, 'nothing is built: run "npm run build" first');
    for (const path of shipped) {
      assert.doesNotMatch(path, /\.map$/);
      const text = readFileSync(join(root, path), 'utf8');
      for (const secret of encoded) assert.ok(!text.includes(secret), path);
    }
  });
});
