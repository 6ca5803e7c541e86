/** A value that a schema of `/openapi.json` accepts, most of the time: random where the schema allows it. */
import type { Random } from './random.ts';

/** The part of JSON Schema that our own document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  minItems?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  format?: string;
  maxLength?: number;
}

/** Valid values for names with a pattern or a meaning; each leads further into the code than a refusal would. */
const fitting: Record<string, readonly unknown[]> = {
  amount: [2500, 600_000, 5_000_000, 1],
  currency: ['PLN', 'MMK', 'UZS', 'EUR'],
  locale: ['en', 'my-MM', 'ru'],
  phone: ['+998901304527', '901304527'],
  methods: [['pay_code'], ['wallet', 'card'], ['card']],
  walletType: ['wavepay', 'kbzpay_manual', 'nagad'],
  success: ['http://localhost:1/'],
  rule: ['demo-enter', 'demo-discount', 'demo-sms', 'none'],
  count: [1, 3],
  validFrom: ['2026-12-01'],
  validTo: ['2027-12-31'],
  code: ['GOOD0001', 'USED0001', '666666', 'gcne 6lew', '１２３４'],
  number: ['8600 0691 9540 6311', '9860090101234567'],
  expire: ['03/99', '0399'],
  transactionNumber: ['12345678901', 'TrxID: 98765432109'],
  cardId: ['card_1'],
  token: ['a_token_of_payme'],
  wait: [0, 1],
  since: [0, 1, 7],
  id: ['pay_0', 'card_0'],
  label: ['customer-1', 'c 2'],
  limit: [1, 20, 100],
  qrUrl: ['https://ofd.example/check?r=1'],
  fiscalSign: ['800031554082'],
  terminalId: ['EP000000000025'],
  issuedAt: ['2027-03-01T12:05:12+05:00'],
};

export function sample(schema: Schema, random: Random, components: Record<string, Schema>, name = ''): unknown {
  const of = (inner: Schema, innerName = name) => sample(inner, random, components, innerName);
  if (schema.$ref) return of(components[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return random.pick(schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return of(random.pick(choices));
  const fit = fitting[name];
  // A long poll that waits for half a minute tests nothing more and holds up the others.
  if (fit && (name === 'wait' || !random.oneIn(8))) return random.pick(fit);
  switch (Array.isArray(schema.type) ? random.pick(schema.type) : schema.type) {
    case 'object': {
      const entries = Object.entries(schema.properties ?? {}).filter(
        ([key]) => schema.required?.includes(key) || random.oneIn(3),
      );
      return Object.fromEntries(entries.map(([key, inner]) => [key, of(inner, key)]));
    }
    case 'array':
      return Array.from({ length: (schema.minItems ?? 0) + random.below(2) }, () => of(schema.items ?? {}));
    case 'integer':
    case 'number':
      return (schema.minimum ?? 0) + random.below(Math.min(1_000, (schema.maximum ?? 1_000) - (schema.minimum ?? 0)) + 1);
    case 'boolean':
      return random.oneIn(2);
    case 'null':
      return null;
    default:
      return `t${random.below(1_000_000)}`.slice(0, schema.maxLength ?? 20);
  }
}
