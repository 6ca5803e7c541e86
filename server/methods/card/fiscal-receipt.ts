/**
 * `POST /v1/payments/:id/fiscal-receipt`: the merchant's own cash register has made the fiscal receipt of a payment by card. It is stored
 * first, for the customer and in a webhook, and then Payme is told of the sale.
 */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as z from 'zod';
import { type FiscalReceipt, Payment, ReportFiscalReceipt } from '#contract';
import '../../payments/http/idempotency.ts';
import type { ReportedReceipt } from '../../payments/fiscal-receipt.ts';
import { runIdempotentRequest } from '../../payments/http/idempotency.ts';
import { ProblemError } from '../../payments/model/errors.ts';
import type { PaymentRecord } from '../../payments/model/records.ts';
import { isoTime, merchantCallDeadline } from '../../payments/model/time.ts';
import type { CardAccount, CardPaymentDeps } from './account.ts';
import { callPayme } from './call-payme.ts';

export interface FiscalReceiptDeps extends CardPaymentDeps {
  /** As `storeFiscalReceipt` and `fiscalReceiptTaken` of `payments/`. */
  fiscalReceipts: {
    store(paymentId: string, reported: ReportedReceipt): Promise<FiscalReceipt>;
    taken(paymentId: string, receipt: FiscalReceipt): Promise<void>;
  };
}

const about = (description: string, example: unknown) => ({ description, examples: [example] });
const Id = z.strictObject({
  id: z
    .string()
    .regex(/^\w{1,64}$/)
    .meta(about('The id of the payment, `pay_…`.', 'pay_7q4k19tz3m8c5x0v2b6n1d4fga')),
});

export const fiscalReceiptRoutes: FastifyPluginAsyncZod<FiscalReceiptDeps> = async (app, deps) => {
  const { store, payments } = deps;
  const report = {
    summary: 'Report the fiscal receipt of a payment by card (Uzbekistan)',
    tags: ['merchant'],
    params: Id,
    body: ReportFiscalReceipt,
    response: { 200: Payment },
  };
  const config = { scope: 'payments' } as const;
  app.post('/v1/payments/:id/fiscal-receipt', { config, schema: report }, async (request) => {
    const { merchant, params, body } = request;
    const payment = await store.paymentOfMerchant(merchant.id, params.id);
    if (!payment) throw new ProblemError('not_found');
    await runIdempotentRequest(deps, request, `${payment.id}:fiscal-receipt`, payment.id, () => take(deps, payment, body));
    const taken = await payments.read(merchant.id, params.id);
    if (!taken) throw new ProblemError('not_found');
    return taken;
  });
};

/**
 * @throws {ProblemError} `invalid_request` (409) if Payme took no money for the payment, and for the receipt of a refund that was not
 * made; `provider_unavailable` if Payme has not taken the receipt. It is stored then, and the same request again tells Payme again.
 */
async function take(deps: FiscalReceiptDeps, payment: PaymentRecord, reported: ReportFiscalReceipt): Promise<void> {
  const account = deps.account(payment.merchantId);
  const evidence = await deps.store.evidence(payment.id);
  const paid = evidence.filter(({ method, counted }) => method === 'card' && counted).at(-1);
  if (!account || !paid) throw conflict('only a payment that was paid by card has a receipt at Payme');
  if (reported.kind === 'refund' && payment.amountRefunded === 0) throw conflict('nothing of this payment was returned');
  const { kind, receiptId, qrUrl, fiscalSign = null, terminalId = null, issuedAt } = reported;
  const receipt = await deps.fiscalReceipts.store(payment.id, {
    kind,
    receiptId,
    qrUrl,
    fiscalSign,
    terminalId,
    issuedAt: issuedAt === undefined ? null : isoTime(Date.parse(issuedAt)),
  });
  // Payme's call cannot say that a receipt is that of a return: it would replace the receipt of the sale there.
  if (kind === 'refund' || receipt.takenByPaymeAt !== null) return;
  if (!(await tellPayme(deps, account, paid.upstreamId, receipt)))
    throw new ProblemError('provider_unavailable', { detail: 'the fiscal receipt is stored; send it again to have Payme told' });
  await deps.fiscalReceipts.taken(payment.id, receipt);
}

const conflict = (detail: string) => new ProblemError('invalid_request', { status: 409, detail });

/** Whether Payme has taken the receipt. The call moves no money, and made twice it says the same twice. */
async function tellPayme(
  { observer }: FiscalReceiptDeps,
  { client }: CardAccount,
  id: string,
  { receiptId, qrUrl, fiscalSign, terminalId, issuedAt }: FiscalReceipt,
): Promise<boolean> {
  const fiscalData = {
    receiptId,
    qrCodeUrl: qrUrl,
    // What the register reports was accepted by the tax office.
    statusCode: 0,
    message: 'accepted',
    ...(fiscalSign !== null && { fiscalSign }),
    ...(terminalId !== null && { terminalId }),
    ...(issuedAt !== null && { issuedAt: Date.parse(issuedAt) }),
  };
  const told = await callPayme(observer, 'receipts.set_fiscal_data', () =>
    client.receiptsSetFiscalData({ id, fiscalData }, merchantCallDeadline()),
  );
  return told.kind === 'ok' && told.result.success;
}
