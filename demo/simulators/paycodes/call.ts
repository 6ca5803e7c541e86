/** One call as the ledger keeps it. Credentials are never part of it. */
export interface Call {
  /** When it came in: ISO 8601, by the simulated clock. */
  at: string;
  /** The RPC method; `?` if the request was not read. */
  method: string;
  ruleSlug?: string;
  code?: string;
  client?: string;
  /** What the service did: `ok`, `status:true`, `status:false`, `error:<code>`; `none` = nothing, or nothing yet. */
  outcome: string;
  /** The fault that met it, as `<when>:<kind>`. */
  fault?: string;
}
