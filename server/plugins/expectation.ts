/** What a field of a request should have been, by the rule that it broke. Nothing of the request is quoted: it may be a secret. */

/** What zod says about the rule, as `fastify-type-provider-zod` passes it on. */
export interface BrokenRule {
  /** The kind of the rule. */
  keyword: string;
  params: {
    expected?: unknown;
    format?: unknown;
    origin?: unknown;
    minimum?: unknown;
    maximum?: unknown;
    pattern?: unknown;
    values?: unknown;
  };
}

/**
 * A sentence for a developer, without a full stop as all of them.
 * @param field the dotted path of the field
 */
export function expectation({ keyword, params }: BrokenRule, field = ''): string {
  if (keyword === 'invalid_type' && /(^|\.)(amount|price)$/.test(field))
    return 'expected a whole number in minor units: 2500 is 25.00 PLN';
  switch (keyword) {
    case 'unrecognized_keys':
      return 'there is a field that this route does not know';
    case 'invalid_type':
      return `expected ${types[String(params.expected)] ?? `a value of type ${String(params.expected)}`}`;
    case 'too_small':
      return `expected ${bound('at least', params.minimum, params.origin)}`;
    case 'too_big':
      return `expected ${bound('at most', params.maximum, params.origin)}`;
    case 'invalid_value':
      return `expected one of ${[params.values].flat().map(String).join(', ')}`;
    case 'invalid_format':
      return `expected ${formats[String(params.format)] ?? `a text that matches ${withoutSlashes(String(params.pattern))}`}`;
    default:
      return 'a field is missing or not as it should be';
  }
}

const types: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const formats: Readonly<Record<string, string>> = {
  datetime: 'a time as in ISO 8601 with a time zone, e.g. 2027-03-01T12:00:00Z',
  url: 'an absolute address, e.g. https://shop.example/',
};

function bound(side: string, limit: unknown, origin: unknown): string {
  const many = Number(limit) !== 1;
  if (origin === 'string') return `${side} ${limit} ${many ? 'characters' : 'character'}`;
  if (origin === 'array') return `${side} ${limit} ${many ? 'elements' : 'element'}`;
  return `${side} ${limit}`;
}

const withoutSlashes = (pattern: string): string => pattern.replace(/^\/|\/\w*$/g, '');
