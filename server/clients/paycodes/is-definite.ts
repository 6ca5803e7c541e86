/** Whether an error tells what became of a call that has an effect: a business error, or a question that was not even understood. */
import { isProtocolError } from './is-protocol-error.ts';

export const isDefinite = (code: number | null): boolean => code !== null && (!isProtocolError(code) || notUnderstood.has(code));

const notUnderstood = new Set([-32700, -32600, -32601, -32602]);
