/** The operators of the merchants file: the people who may use the operator's API and console. */
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { personMarker } from '#contract/operate';
import { type Operator, operatorScopes } from './payments/model/access-keys.ts';

const date = 'expected a date such as 2027-01-31';

/** One operator of the merchants file. */
export const OperatorConfig = z
  .strictObject({
    name: z
      .string()
      .regex(/^[^\p{C}]{1,60}$/u, 'expected 1 to 60 visible signs')
      .refine((name) => !name.includes(personMarker), `expected a name without “${personMarker.trim()}”`),
    /** SHA-256 of the key, so that the file contains no key that works. */
    keyHash: z.string().regex(/^sha256:[0-9a-f]{64}$/, 'expected sha256: and 64 hex digits'),
    role: z.enum(['read', 'act'], { error: 'expected read or act' }),
    merchants: z.array(z.string()).min(1).optional(),
    expires: z.iso.date({ error: date }).optional(),
    scopes: z.array(z.enum(operatorScopes, { error: 'expected resolve, refund or links' })).default([]),
  })
  .refine(({ role, scopes }) => role === 'act' || scopes.length === 0, {
    path: ['scopes'],
    message: 'expected no scopes for the role read',
  }) satisfies z.ZodType<Operator>;
export type OperatorConfig = z.infer<typeof OperatorConfig>;

/**
 * What is wrong with operators that are each of the right form: two of one key, an unknown merchant, or entries of one name that are
 * more than the old and the new key of one person. Under two names that person would be a second one for themselves (`fourEyesAbove`).
 * @returns Each mistake, beginning with the field of the file.
 */
export function operatorMistakes(operators: readonly OperatorConfig[], merchantIds: ReadonlySet<string>): string[] {
  return operators.flatMap(({ name, keyHash, merchants = [] }, at) => {
    const earlier = operators.slice(0, at);
    const field = `operators[${at}]`;
    return [
      ...(isAnother(
        operators[at],
        earlier.filter((other) => other.name === name),
      )
        ? [`${field}.name: expected a name that no other operator has, or the second key of the same one, who may do the same`]
        : []),
      ...(earlier.some((other) => other.keyHash === keyHash)
        ? [`${field}.keyHash: expected a key that no other operator has`]
        : []),
      ...merchants.flatMap((id, n) =>
        merchantIds.has(id) ? [] : [`${field}.merchants[${n}]: expected the id of a merchant of this file`],
      ),
    ];
  });
}

const isAnother = (operator: OperatorConfig | undefined, namesakes: readonly OperatorConfig[]): boolean =>
  namesakes.length > 1 || namesakes.some((one) => !isDeepStrictEqual(rightsOf(one), rightsOf(operator)));

const rightsOf = (operator: OperatorConfig | undefined) =>
  operator && { role: operator.role, merchants: operator.merchants, scopes: operator.scopes };
