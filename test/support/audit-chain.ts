/** The key under which test beds chain their audit. */
import { createAuditChain } from '../../server/storage/audit/chain.ts';

export const auditKey = { id: '0', bytes: Buffer.alloc(32, 3), readOnly: false };
export const auditChain = createAuditChain({ lookup: [auditKey] });
