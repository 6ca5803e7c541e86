/** A rule as the simulated PayCodes keeps and sends it: the 18 fields of the documents, in their spelling. */
export interface RuleRecord {
  id: number;
  slug: string;
  description: string | null;
  is_active: boolean;
  pattern_slug: string;
  /** Misspelt by the service; kept. */
  code_lenght: number;
  /** Minor units. */
  price: number | null;
  /** Days that a code without an end of its own can be used. */
  code_expiration: number | null;
  code_duration: number | null;
  code_duration_date: string | null;
  application_id: number;
  channel_id: number | null;
  merchant_id: number | null;
  sap_id: number | null;
  prod_id: number | null;
  prod_cat_id: number | null;
  prod_subcat_id: number | null;
  config: Record<string, unknown> | null;
}
