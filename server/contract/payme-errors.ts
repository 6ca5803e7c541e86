/**
 * Payme's error codes as our problem codes. Both the server and the card frame that calls Payme itself use this table, so the
 * customer reads the same sentence either way. Payme's texts are never read: several causes share −31300 and −31301, and the
 * widget's texts for those problems name them all. Source: server/clients/payme/README.md, "Error codes".
 */
import type { ProblemCode } from './problem.ts';

const codesOf: readonly (readonly [ProblemCode, readonly number[]])[] = [
  // The card.
  ['card_number', [-31300]],
  ['card_sms_disabled', [-31301]],
  ['insufficient_funds', [-31303]],
  ['card_declined', [-31400, -31151, -31630, -31700, -31900, -31901, -32500]],
  // The SMS code.
  ['sms_code_expired', [-31101, -31102, -31201]],
  ['sms_code_wrong', [-31103, -31200]],
  ['sms_not_sent', [-31110]],
  // The order or its receipt: Payme, or the merchant's account there, does not accept it in this state.
  ['method_unavailable', [-31001, -31003, -31007, -31008, -31610, -31611, -31612, -31613, -31800]],
  // The receipt does not exist or is paid already: only reading it shows which.
  ['provider_unavailable', [-31401, -31402, -31403, -31602]],
  // Payme itself, the processing centre, the merchant's billing, or the way we call.
  ['provider_unavailable', [-31002, -31302, -31601, -31622, -31623, -32300, -32400, -32504, -32600, -32601, -32602, -32700]],
];

/** Whether it is one of the codes above, and not just any number. */
export const isPaymeCode = (code: number): boolean => codesOf.some(([, codes]) => codes.includes(code));

/**
 * @param code The `code` of Payme's JSON-RPC error.
 * @param field The name of the field that Payme blames (`data` of the error), where it names one. Any other value is ignored.
 * @param unlisted The problem for a code that is not in the table.
 */
export function paymeProblem(code: number, field?: unknown, unlisted: ProblemCode = 'card_declined'): ProblemCode {
  // The merchant's billing refused an account field.
  if (code <= -31050 && code >= -31099) return 'method_unavailable';
  // One code for a wrong number and a wrong expiry. Where Payme names the expiry, that is what the customer must correct.
  if (code === -31300 && field === 'expire') return 'card_expiry';
  return codesOf.find(([, codes]) => codes.includes(code))?.[0] ?? unlisted;
}
