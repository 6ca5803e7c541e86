/** Why the process cannot start: one sentence that names the variable, or the place in the merchants file, and never its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
