/** The codes that the simulator is born with, by what they bring about. */

export interface SeededCode {
  code: string;
  /** What a customer then sees, in a few words. */
  brings: string;
}

/** `GOOD0001` … `GOOD0020`: each pays once. */
export const goodCodes = Array.from({ length: 20 }, (_, index) => `GOOD${String(index + 1).padStart(4, '0')}`);

export const trickyCodes: SeededCode[] = [
  { code: 'USED0001', brings: 'already used' },
  { code: 'OLD00001', brings: 'expired' },
  { code: 'SOON0001', brings: 'valid from tomorrow' },
  { code: 'OFF00001', brings: 'switched off' },
  { code: 'LOW00001', brings: 'worth too little' },
  { code: 'HIGH0001', brings: 'worth too much' },
  { code: 'SLOW0001', brings: 'paid, after 8 seconds' },
  { code: 'LOST0001', brings: 'paid, but the answer is lost' },
  { code: 'FAIL0001', brings: 'PayCodes fails' },
  { code: 'RACE0001', brings: 'taken at the last moment' },
  { code: 'NOPE2345', brings: 'no such code' },
];
