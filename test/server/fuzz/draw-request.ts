/** Draws requests from the OpenAPI document of a listener: valid in most, invalid in one or two places. */
import { drawPostback } from './draw-postback.ts';
import { hostileAddressParts, hostileHeaders, hostileTexts, spoil } from './hostile-values.ts';
import type { Random } from './random.ts';
import { type Schema, sample } from './sample.ts';

export interface Drawn {
  method: string;
  /** Method and path as the description has them. */
  route: string;
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

/** Routes that the descriptions leave out. */
const hidden = {
  public: [
    ['post', '/postbacks/paykassma/{merchant}'],
    ['post', '/postbacks/paykassma/{merchant}'],
    ['get', '/plugin/'],
    ['get', '/frame/card/'],
    ['get', '/v1/{file}'],
    ['get', '/{version}/pay-desk.js'],
    ['get', '/{nothing}'],
    ['get', '/healthz'],
    ['options', '/checkout'],
    ['put', '/checkout'],
  ],
  operators: [
    ['get', '/'],
    ['get', '/assets/{file}'],
    ['get', '/{nothing}'],
    ['get', '/healthz'],
    ['get', '/readyz'],
    ['get', '/metrics'],
    ['options', '/operate/queue'],
    ['delete', '/operate/payments/{id}'],
  ],
} as const;

export interface Doors {
  apiKey: string;
  /** Of an operator who may do everything. */
  operatorKey: string;
  /** Whose postbacks are drawn, and the keys that sign them. */
  merchant: string;
  postbackKeys: { accessKey: string; privateKey: string };
  /** Of a payment that can still be paid. */
  clientSecret: () => string;
  /** Of a payment of the merchant. */
  paymentId: () => string;
  /** The query of a signed link. */
  link: () => string;
}

export function createDraw(
  listener: keyof typeof hidden,
  { paths, components: { schemas } }: Description,
  random: Random,
  doors: Doors,
): () => Drawn {
  const described = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method, path, operation })),
  );
  const operations = [
    ...described,
    ...described,
    ...hidden[listener].map(([method, path]) => ({ method, path, operation: {} as Operation })),
  ];

  const part = (name: string, schema: Schema | undefined): string => {
    if (random.oneIn(4)) return random.pick(hostileAddressParts);
    if (name === 'merchant') return doors.merchant;
    if (name === 'id') return doors.paymentId();
    return encodeURIComponent(String(sample(schema ?? { type: 'string' }, random, schemas, name)));
  };

  return () => {
    const { method, path, operation } = random.pick(operations);
    const parameters = operation.parameters ?? [];
    const bearer = listener === 'operators' ? doors.operatorKey : path.startsWith('/v1/') ? doors.apiKey : doors.clientSecret();
    const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) =>
      part(name, parameters.find((one) => one.name === name)?.schema),
    );
    const query = parameters
      .filter((one) => one.in === 'query' && (one.required || random.oneIn(3)))
      .map(({ name, schema }) => `${name}=${part(name, schema)}`);
    if (random.oneIn(12)) query.push(`${random.pick(hostileAddressParts)}=${random.pick(hostileAddressParts)}`);
    const drawn: Drawn = {
      method: method.toUpperCase(),
      route: `${method.toUpperCase()} ${path}`,
      path: filled + (query.length > 0 ? `?${query.join('&')}` : ''),
      headers: {
        authorization: `Bearer ${bearer}`,
        'idempotency-key': `k${random.below(1e9)}`,
      },
    };
    if (method === 'post')
      Object.assign(drawn, path.endsWith('screenshot') ? form(drawn.headers, random) : body(path, operation, bearer));
    if (random.oneIn(6)) Object.assign(drawn.headers, random.pick(hostileHeaders));
    return drawn;
  };

  function body(
    path: string,
    { requestBody }: Operation,
    bearer: string,
  ): Pick<Drawn, 'body'> & { headers?: Record<string, string> } {
    const json = (): Record<string, string> => ({
      authorization: `Bearer ${random.oneIn(10) ? random.pick([doors.apiKey, doors.clientSecret(), doors.operatorKey]) : bearer}`,
      'content-type': 'application/json',
      'idempotency-key': `k${random.below(1e9)}`,
    });
    if (path.startsWith('/postbacks/')) return { body: drawPostback(random, doors.postbackKeys), headers: json() };
    const schema = requestBody?.content['application/json']?.schema ?? {};
    let value = path === '/checkout/link' ? { query: doors.link() } : sample(schema, random, schemas);
    if (random.oneIn(10)) return { body: random.pick(hostileTexts), headers: json() };
    for (let wrong = random.below(3); wrong > 0; wrong -= 1) value = spoil(value, random);
    let text = JSON.stringify(value) ?? '';
    if (random.oneIn(15)) text = text.slice(0, random.below(text.length + 1));
    return { body: text, headers: json() };
  }
}

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
