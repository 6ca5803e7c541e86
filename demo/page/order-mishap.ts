/** Lets the next payment meet a mishap, by its id. */
import { mishaps } from './faults.ts';
import { qaClient } from './qa-client.ts';

export async function orderMishap(id: string): Promise<void> {
  const { of, faults, postbacks } = mishaps.find((mishap) => mishap.id === id) ?? {};
  for (const fault of faults ?? []) await qaClient.fault(fault, of);
  if (postbacks) await qaClient.sendPostbacks(postbacks);
}
