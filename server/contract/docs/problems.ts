/**
 * Every problem code: how HTTP answers it, what led to it, and what whoever reads it can do. The answers themselves, `/docs` and
 * `PROBLEMS.md` are made from this list.
 */
import { isRecoverable, type ProblemCode } from '../problem.ts';
import { cardProblems, payCodeProblems, walletProblems } from './checkout-problems.ts';
import type { ProblemEntry } from './problem-entry.ts';

const paymentProblems = {
  provider_unavailable: {
    status: 503,
    title: 'The payment service is not available',
    cause:
      'PayCodes, Paykassma or Payme did not answer, or not in a way that can be read (502, 503 or 504). Nothing was charged.',
    remedy: 'Try again in a moment, or choose another way to pay.',
  },
  payment_processing: {
    status: 409,
    title: 'An attempt to pay is being checked',
    cause:
      'An attempt is being made, a call of a payment service is in flight, or a transfer is still looked for (then `field` is `acknowledge`).',
    remedy:
      'Read the payment until it has another status. With `field: "acknowledge"`: ask the customer, and send `acknowledge: true`.',
  },
  payment_expired: {
    status: 410,
    title: 'The time to pay is over',
    cause: 'The payment is canceled, has expired or has been paid, so nothing can be paid or changed.',
    remedy: 'Read the payment. To be paid after all, create a new one of the same `orderId`.',
  },
  payment_changed: {
    status: 409,
    title: 'The amount has changed since the customer saw it',
    cause:
      '`seen` of the request is not what is due now, or a discount was typed or removed while a wallet was chosen. Nothing was charged.',
    remedy: 'Show the customer the new `due` and let them pay again.',
  },
  method_unavailable: {
    status: 409,
    title: 'This way to pay is not offered here',
    cause: 'The merchant does not sell by this method or wallet, not in this currency, or the payment does not allow it.',
    remedy:
      'Take one of `methods` of the payment. Creating a payment: choose another currency or wallet, or complete the merchants file.',
  },
} satisfies Record<string, ProblemEntry>;

const merchantProblems = {
  refund_unsupported: {
    status: 409,
    title: 'This payment cannot be refunded through us',
    cause:
      'Pay codes and transfers by wallet cannot be returned by their services, nothing has been paid that could be returned, or the service has refused to return it (webhook `payment.refund_refused`).',
    remedy: 'Return the money yourself and record it: `POST /v1/payments/{id}/refund` with `byHand`.',
  },
  receipt_sent: {
    status: 409,
    title: 'The receipt of this payment has been sent already',
    cause: 'A receipt is sent once. This one was sent, or whether it was sent is not known.',
    remedy: 'Nothing is to be done. `GET /v1/receipts` has the receipt.',
  },
  version_conflict: {
    status: 409,
    title: 'The payment has changed since it was seen',
    cause: '`version` of the request is not the version of the payment; `detail` says what it is now.',
    remedy: 'Read the payment, decide again, and send its present `version`.',
  },
  decision_refused: {
    status: 409,
    title: 'This cannot be decided so',
    cause: 'The payment does not allow this as it is now; `detail` says why.',
    remedy: 'Read the payment and what its attempts and evidence say, and decide by that.',
  },
  refund_too_much: {
    status: 409,
    title: 'More would be returned than was paid',
    cause: '`byHand.amount` is more than what was paid and not returned yet; `detail` says how much is left.',
    remedy: 'Record at most what is left.',
  },
  outcome_unknown: {
    status: 409,
    title: 'Pay codes may have been made, and their answer was lost: nothing is made again',
    cause: 'The answer of PayCodes was lost. `batch` names what was asked for.',
    remedy:
      'Look the codes up at PayCodes by their creator, `pw:` and the id of the batch. Only then ask again, with a new Idempotency-Key.',
  },
  codes_erased: {
    status: 410,
    title: 'These pay codes were returned before and are not kept any more',
    cause: 'The Idempotency-Key has made codes that were acknowledged, or are older than 24 hours.',
    remedy: 'Use the codes of the first answer. For others send a new Idempotency-Key.',
  },
} satisfies Record<string, ProblemEntry>;

const interfaceProblems = {
  order_conflict: {
    status: 409,
    title: 'The order has a payment of other money, or of another customer',
    cause:
      'The `orderId` has a payment of another amount, currency or `label` that is not canceled, expired or refunded; `detail` says which differs.',
    remedy: 'Send the same money and customer to go on with that payment, cancel it first, or take a new `orderId`.',
  },
  idempotency_conflict: {
    status: 409,
    title: 'The Idempotency-Key cannot be used so',
    cause: 'The key was used with another body (422), or its first request is still running (409, with `retryAt`).',
    remedy: 'With `retryAt` send the same request again then. Otherwise take a new key for a new request.',
  },
  unauthorized: {
    status: 401,
    title: 'A valid key is needed',
    cause:
      'The header `Authorization` is missing, or its key is none of ours, or is a test key at a live merchant or the other way round. Or the signature of a link does not fit: a parameter was changed after signing, the key is another one, or the merchant has no link key with this `kid`.',
    remedy:
      'Send `Authorization: Bearer` with an API key of the merchants file, or with the client secret of the payment. Sign the link again with the key that `kid` names.',
  },
  forbidden: {
    status: 403,
    title: 'This key may not do that',
    cause: 'The API key lacks a scope; `detail` names it.',
    remedy: 'Take a key with this scope, or add the scope to the key in the merchants file.',
  },
  not_found: {
    status: 404,
    title: 'There is nothing here',
    cause:
      'The address is wrong, or what it names is not there, belongs to another merchant or another page, or is not readable any more (a client secret reads for 30 days after the end).',
    remedy: 'Compare address, id and key. In a browser, compare the page with `allowedOrigins` of the merchant.',
  },
  invalid_request: {
    status: 400,
    title: 'The request is not as it should be',
    cause: 'The body is not JSON (400), a field is wrong, missing or unknown (422), or the payment does not allow it (409).',
    remedy: '`field` names the wrong field, and `detail` says what was expected. Correct the request.',
  },
  too_large: {
    status: 413,
    title: 'The request is too large',
    cause: 'The body is larger than this route takes, or the headers are (431).',
    remedy: 'Send less: a picture of at most 5 MB, a body of at most 256 kB for a new payment and 16 kB elsewhere.',
  },
  busy: {
    status: 503,
    title: 'The server is busy',
    cause:
      'The database cannot be used for the moment, this process is stopping, or too much is asked at once. Nothing is known to have happened.',
    remedy: 'Send the same request again after `Retry-After`, with the same Idempotency-Key.',
  },
  internal: {
    status: 500,
    title: 'Something went wrong here',
    cause: 'A mistake of this server, which its log explains under `reference`.',
    remedy: 'Send the same request again with the same Idempotency-Key. If that fails too, tell the operator the `reference`.',
  },
} satisfies Record<string, ProblemEntry>;

const groups = {
  'Pay codes': payCodeProblems,
  Wallets: walletProblems,
  Cards: cardProblems,
  'Every way to pay': paymentProblems,
  "The merchant's server": merchantProblems,
  'The interface itself': interfaceProblems,
};

export const problemTable: Readonly<Record<ProblemCode, ProblemEntry>> = {
  ...payCodeProblems,
  ...walletProblems,
  ...cardProblems,
  ...paymentProblems,
  ...merchantProblems,
  ...interfaceProblems,
};

/** All problems as Markdown, one table per group. @param heading The marks of their headings, `##`. */
export const problemTables = (heading: string): string =>
  Object.entries(groups)
    .map(([group, problems]) => [`${heading} ${group}`, '', ...tableHead, ...Object.entries(problems).map(row), ''].join('\n'))
    .join('\n');

const tableHead = ['| `code` | HTTP | Can trying again help? | What led to it | What to do |', '| --- | --- | --- | --- | --- |'];

const row = ([code, { status, cause, remedy }]: [string, ProblemEntry]): string =>
  `| \`${code}\` | ${status} | ${isRecoverable(code as ProblemCode) ? 'yes' : 'no'} | ${cause} | ${remedy} |`;

/** The text of `PROBLEMS.md`. */
export const problemsPage = (): string => `# Problems

Every error is \`application/problem+json\` (RFC 9457) with one of these codes, which are stable. \`detail\` is a sentence for a developer
and may change; \`field\` names the wrong field of the request as a dotted path, \`retryAt\` (also as \`Retry-After\`) says from when on
the same request can succeed, and \`reference\` is what a customer can read out to support.

This page is made from the list in [docs/](docs/problems.ts) by \`npm run golden:record -- openapi\`.

${problemTables('##')}`;
