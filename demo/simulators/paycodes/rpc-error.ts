/** The errors that the simulator answers. The negative numbers are those of JSON-RPC, the others are our guess. */
const kinds = {
  parse_error: { code: -32700, status: 400 },
  invalid_request: { code: -32600, status: 400 },
  method_not_found: { code: -32601, status: 404 },
  invalid_params: { code: -32602, status: 422 },
  internal_error: { code: -32603, status: 500 },
  unauthorized: { code: -32001, status: 401 },
  rule_not_found: { code: 1001, status: 404 },
  rule_inactive: { code: 1002, status: 409 },
  code_not_found: { code: 1003, status: 404 },
  bad_dates: { code: 1004, status: 422 },
  bad_number_of_codes: { code: 1005, status: 422 },
  code_space_exhausted: { code: 1006, status: 409 },
  code_not_usable: { code: 1007, status: 409 },
} as const;

export class RpcError extends Error {
  readonly code: number;
  /** The HTTP status by REST; by JSON-RPC it is always 200. */
  readonly status: number;
  readonly data: unknown;

  constructor(name: keyof typeof kinds, data?: unknown) {
    super(name);
    this.code = kinds[name].code;
    this.status = kinds[name].status;
    this.data = data;
  }

  /** The `error` member of an answer, for both transports. */
  body() {
    const { code, message, data } = this;
    return data === undefined ? { code, message } : { code, message, data };
  }
}
