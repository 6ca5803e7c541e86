/** The methods that are served: the twelve of the documents, and two more that clients call. Faults are ordered by these names. */
export const methodNames = [
  'cards.create',
  'cards.get_verify_code',
  'cards.verify',
  'cards.check',
  'cards.remove',
  'receipts.create',
  'receipts.pay',
  'receipts.send',
  'receipts.cancel',
  'receipts.check',
  'receipts.get',
  'receipts.get_all',
  'receipts.confirm_hold',
  'receipts.set_fiscal_data',
] as const;
export type MethodName = (typeof methodNames)[number];

export const isMethodName = (name: string): name is MethodName => (methodNames as readonly string[]).includes(name);
