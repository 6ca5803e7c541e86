/**
 * Every environment variable that the program reads is documented, and every one that a document names is read. A variable that nobody
 * reads is the worst kind of setting: whoever sets it believes that it holds.
 */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'rolldown/utils';

const root = fileURLToPath(new URL('../../', import.meta.url));
const contentOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Variables that a document names and others read, or that are no variables, and who reads them. */
const foreign: Readonly<Record<string, string>> = {
  NODE_DEBUG: 'Node',
  NODE_EXTRA_CA_CERTS: 'Node',
  NO_COLOR: 'Node, which draws the colors',
  CHROME_PATH: 'the tests',
  TEST_POSTGRES_URL: 'the tests',
  JSON_UNESCAPED_SLASHES: 'PHP',
  JSON_UNESCAPED_UNICODE: 'PHP',
  POSTGRES_USER: 'the image of PostgreSQL',
  POSTGRES_DB: 'the image of PostgreSQL',
  POSTGRES_PASSWORD_FILE: 'the image of PostgreSQL',
  PAY_DESK_ORIGIN: 'a shop’s server, which the demo tells it',
  PAY_DESK_WEBHOOK_SECRET: 'a shop’s server, as above',
  SHOP_LINK_KEY: 'the example of a merchants file, which refers to it',
  SHOP_WEBHOOK_SECRET: 'as above',
  SHOP_PAYCODES_KEY: 'as above',
  SHOP_PAYKASSMA_SECRET: 'as above',
  SHOP_PAYKASSMA_ACCESS_KEY: 'as above',
  SHOP_PAYKASSMA_PRIVATE_KEY: 'as above',
  SHOP_PAYME_KEY: 'as above',
  LEDGER_SECRET: 'as above',
};

const isVariable = (name: string): boolean => /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(name);
const sources = globSync(['server/**/*.{ts,js}', 'demo/*.ts', 'demo/simulators/**/*.ts'], { cwd: root }).filter(
  (path) => !path.endsWith('.d.ts') && !path.includes('.types/'),
);

interface Found {
  /** Names in the schema of the configuration. */
  parsed: string[];
  /** Names that are read from an environment, or from what the schema made of it. */
  read: string[];
}

/** What the source of one file says about variables. */
function variablesIn(path: string, source: string): Found {
  const parsed: string[] = [];
  const read: string[] = [];
  new Visitor({
    VariableDeclarator({ id, init }) {
      if (id.type !== 'Identifier' || !init) return;
      const text = source.slice(init.start, init.end);
      if (id.name === 'Environment') parsed.push(...matches(text, /^ {2}([A-Z][A-Z0-9_]*): /gm));
      if (id.name === 'secretVariables') read.push(...matches(text, /'(\w+)'/g).map((name) => `${name}_FILE`));
    },
    MemberExpression({ computed, object, property }) {
      const of = source.slice(object.start, object.end);
      const isEnvironment = /(^|\.)(env|given|variables)$|^variables\(/.test(of);
      if (!computed && isEnvironment && property.type === 'Identifier' && isVariable(property.name)) read.push(property.name);
    },
    ObjectPattern({ properties }) {
      for (const one of properties)
        if (one.type === 'Property' && one.key.type === 'Identifier' && isVariable(one.key.name)) read.push(one.key.name);
    },
    // An option of a command may be given by a variable: `new Option(…).env('NAME')`.
    CallExpression({ callee, arguments: [first] }) {
      const name = callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : '';
      if (name === 'env' && first?.type === 'Literal') read.push(String(first.value));
    },
  }).visit(parseSync(path, source).program);
  return { parsed, read };
}

const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = '']) => name);

const inSources = sources.map((path) => variablesIn(path, contentOf(path)));

/** Of all sources. `more`: stands for one more of them. */
function variables(more = ''): { parsed: Set<string>; read: Set<string> } {
  const found = [...inSources, variablesIn('more.ts', more)];
  return { parsed: new Set(found.flatMap(({ parsed }) => parsed)), read: new Set(found.flatMap(({ read }) => read)) };
}

/** For people who run the server, the commands or the demo, and files that set variables of the server. */
const documents = globSync(
  ['{server,demo}/**/*.md', 'README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'compose.yaml', 'Dockerfile'],
  {
    cwd: root,
    // For programmers who embed or link: what they name is of their own servers.
    exclude: (path) => /decisions|sdk|links|node_modules/.test(path),
  },
);

/** Every word with an underscore in it, and in a table of variables every name. */
const namesIn = (text: string): string[] => [
  ...(text.match(/(?<![\w…<-])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![\w-]|\.md)/g) ?? []),
  ...[...text.matchAll(/^\| variable \|.*\n(?:\|.*\n?)+/gm)].flatMap(([table]) =>
    table.split('\n').flatMap((line) => matches(line.split(' | ')[0] ?? '', /`([A-Z][A-Z0-9_]*)`/g)),
  ),
];

const documented = (more = ''): Set<string> => new Set([...documents.map(contentOf), more].flatMap(namesIn));

describe('an environment variable', () => {
  it('that the configuration parses is used', () => {
    const { parsed, read } = variables();
    assert.ok(parsed.size > 15, `only ${parsed.size} are parsed`);
    assert.deepEqual(
      [...parsed].filter((name) => !read.has(name)),
      [],
    );
    const planted = 'const Environment = z.object({\n  NOBODY_USES: z.string(),\n});';
    const more = variables(planted);
    assert.deepEqual(
      [...more.parsed].filter((name) => !more.read.has(name)),
      ['NOBODY_USES'],
    );
  });

  it('that is read is documented', () => {
    const missing = (more?: string) => [...variables(more).read].filter((name) => !documented().has(name));
    assert.deepEqual(missing(), []);
    assert.deepEqual(missing("use(process.env.NOBODY_TOLD); new Option('').env('NOR_THIS');"), ['NOBODY_TOLD', 'NOR_THIS']);
  });

  it('that is documented is read', () => {
    const { read } = variables();
    const missing = (more?: string) => [...documented(more)].filter((name) => !read.has(name) && !(name in foreign));
    assert.deepEqual(missing(), []);
    assert.deepEqual(
      missing('Set `NOBODY_READS` to 1.\n\n| variable | |\n| --- | --- |\n| `NOTHING`, `NEITHER_THIS` | what for |\n'),
      ['NOBODY_READS', 'NEITHER_THIS', 'NOTHING'],
    );
  });

  it('of others is named where it is listed here', () => {
    const named = documented();
    assert.deepEqual(
      Object.keys(foreign).filter((name) => !named.has(name)),
      [],
    );
  });
});
