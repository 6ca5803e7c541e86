/** An error that the simulator answers. The negative numbers are JSON-RPC's, the others are our guess (paycodes.md §8.3). */
const codes = {
  parse_error: -32700,
  invalid_request: -32600,
  method_not_found: -32601,
  invalid_params: -32602,
  internal_error: -32603,
  unauthorized: -32001,
  rule_not_found: 1001,
  rule_inactive: 1002,
  code_not_found: 1003,
  bad_dates: 1004,
  bad_number_of_codes: 1005,
  code_space_exhausted: 1006,
  code_not_usable: 1007,
} as const;

export class RpcError extends Error {
  readonly code: number;
  readonly data: unknown;

  constructor(name: keyof typeof codes, data?: unknown) {
    super(name);
    this.code = codes[name];
    this.data = data;
  }

  /** As JSON-RPC; `id` is the question's, null if it could not be read. */
  answer(id: string | number | null) {
    const { code, message, data } = this;
    return { jsonrpc: '2.0', id, error: data === undefined ? { code, message } : { code, message, data } };
  }
}
