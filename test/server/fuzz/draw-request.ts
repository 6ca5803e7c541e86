/** Draws requests from the OpenAPI document: valid in most, invalid in one or two places. */
import { hostileAddressParts, hostileHeaders, hostileNames, hostileTexts, hostileValues } from './hostile-values.ts';
import type { Random } from './random.ts';
import { type Schema, sample } from './sample.ts';

export interface Drawn {
  method: string;
  /** Path and query as they are sent. */
  path: string;
  headers: Record<string, string>;
  body?: string | Buffer;
}

interface Parameter {
  in: string;
  name: string;
  required?: boolean;
  schema?: Schema;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema?: Schema }> };
  security?: Record<string, unknown>[];
}

export interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** Routes that the description leaves out. */
const hidden: readonly [method: string, path: string][] = [
  ['post', '/postbacks/paykassma/{merchant}'],
  ['get', '/plugin/'],
  ['get', '/frame/card/'],
  ['get', '/v1/{file}'],
  ['get', '/{version}/pay-desk.js'],
  ['get', '/{nothing}'],
  ['get', '/healthz'],
  ['options', '/checkout'],
  ['put', '/checkout'],
];

export interface Doors {
  apiKey: string;
  /** Of a payment that can still be paid. */
  clientSecret: () => string;
  /** Of a payment of the merchant. */
  paymentId: () => string;
  /** The query of a signed link. */
  link: () => string;
}

export function createDraw({ paths, components: { schemas } }: Description, random: Random, doors: Doors): () => Drawn {
  const described = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method, path, operation })),
  );
  const operations = [
    ...described,
    ...described,
    ...hidden.map(([method, path]) => ({ method, path, operation: {} as Operation })),
  ];

  const part = (name: string, schema: Schema | undefined): string => {
    if (random.oneIn(4)) return random.pick(hostileAddressParts);
    if (name === 'id') return doors.paymentId();
    return encodeURIComponent(String(sample(schema ?? { type: 'string' }, random, schemas, name)));
  };

  return () => {
    const { method, path, operation } = random.pick(operations);
    const parameters = operation.parameters ?? [];
    const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) =>
      part(name, parameters.find((one) => one.name === name)?.schema),
    );
    const query = parameters
      .filter((one) => one.in === 'query' && (one.required || random.oneIn(3)))
      .map(({ name, schema }) => `${name}=${part(name, schema)}`);
    if (random.oneIn(12)) query.push(`${random.pick(hostileAddressParts)}=${random.pick(hostileAddressParts)}`);
    const drawn: Drawn = {
      method: method.toUpperCase(),
      path: filled + (query.length > 0 ? `?${query.join('&')}` : ''),
      headers: {
        authorization: `Bearer ${path.startsWith('/v1/') ? doors.apiKey : doors.clientSecret()}`,
        'idempotency-key': `k${random.below(1e9)}`,
      },
    };
    if (method === 'post')
      Object.assign(drawn, path.endsWith('screenshot') ? form(drawn.headers, random) : body(path, operation));
    if (random.oneIn(6)) Object.assign(drawn.headers, random.pick(hostileHeaders));
    return drawn;
  };

  function body(path: string, { requestBody }: Operation): Pick<Drawn, 'body'> & { headers?: Record<string, string> } {
    const schema = requestBody?.content['application/json']?.schema ?? {};
    let value = path === '/checkout/link' ? { query: doors.link() } : sample(schema, random, schemas);
    if (random.oneIn(10)) return { body: random.pick(hostileTexts), headers: json() };
    for (let wrong = random.below(3); wrong > 0; wrong -= 1) value = spoil(value, random);
    let text = JSON.stringify(value) ?? '';
    if (random.oneIn(15)) text = text.slice(0, random.below(text.length + 1));
    return { body: text, headers: json() };
  }

  function json(): Record<string, string> {
    return {
      authorization: `Bearer ${random.oneIn(2) ? doors.apiKey : doors.clientSecret()}`,
      'content-type': 'application/json',
      'idempotency-key': `k${random.below(1e9)}`,
    };
  }
}

/** The value with one invalid member, often deep inside. */
function spoil(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.oneIn(5)) return random.pick(hostileValues);
  if (Array.isArray(value)) {
    const at = random.below(value.length + 1);
    return [...value.slice(0, at), spoil(value[at], random), ...value.slice(at + 1)];
  }
  const entries = Object.entries(value);
  if (random.oneIn(6)) return own([...entries, [random.pick(hostileNames), random.pick(hostileValues)]]);
  if (entries.length === 0) return random.pick(hostileValues);
  const at = random.below(entries.length);
  if (random.oneIn(8)) return own(entries.filter((_, index) => index !== at));
  return own(entries.map(([name, inner], index) => [name, index === at ? spoil(inner, random) : inner]));
}

/** `__proto__` becomes a field, too. */
const own = (entries: [string, unknown][]): object => Object.fromEntries(entries);

const png = Buffer.from('89504e470d0a1a0a', 'hex');

/** Invalid multipart bodies. */
function form(headers: Record<string, string>, random: Random): { body: Buffer; headers: Record<string, string> } {
  const boundary = random.pick(['b', 'x'.repeat(70), '----']);
  const pieces: Buffer[] = [];
  for (let count = random.below(4); count >= 0; count -= 1) {
    const name = random.pick(['transactionNumber', 'screenshot', '__proto__', '', '\0', '"', 'x'.repeat(900)]);
    const file = random.oneIn(2) ? `; filename="${random.pick(['a.png', '', '\0', '../x', '\xff'])}"` : '';
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n${random.pick(['', 'Content-Type: image/png\r\n', 'x\r\n'])}\r\n`;
    const content = random.pick([png, Buffer.alloc(0), Buffer.from('12345678901'), Buffer.alloc(4_000, 0xff), Buffer.from('\0')]);
    pieces.push(Buffer.from(head, 'latin1'), content, Buffer.from('\r\n'));
  }
  if (!random.oneIn(4)) pieces.push(Buffer.from(`--${boundary}--\r\n`));
  const type = random.pick([
    `multipart/form-data; boundary=${boundary}`,
    `multipart/form-data; boundary="${boundary}"`,
    'multipart/form-data; boundary=other',
  ]);
  return { body: Buffer.concat(pieces), headers: { ...headers, 'content-type': type } };
}
