/** A code as the simulated PayCodes keeps it. Times are milliseconds since the epoch. */
export interface CodeRecord {
  id: number;
  code: string;
  ruleSlug: string;
  creator: string;
  genTime: number;
  /** Usable from; null = always was. */
  startTime: number | null;
  /** Usable until, this instant excluded; null = for ever. */
  endTime: number | null;
  useTime: number | null;
  /** Who used it. */
  client: string | null;
  isActive: boolean;
}
