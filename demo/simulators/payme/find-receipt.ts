/** The receipt that a call names. @throws {RpcError} one code for "not found" and "already paid", as with the real one */
import type { Receipt } from './receipt.ts';
import { RpcError } from './rpc-error.ts';
import type { World } from './world.ts';

export function findReceipt({ receipts }: World, id: string): Receipt {
  const receipt = receipts.find(id);
  if (!receipt) throw new RpcError('receipt_not_payable');
  return receipt;
}
