/** What every Node process of a test is started with, whatever else its environment holds. */

/** The path, Node's options, and where it keeps compiled modules, which halves the time that it needs to start. */
export const nodeEnvironment = (): Record<string, string | undefined> => {
  const { PATH, NODE_OPTIONS, NODE_COMPILE_CACHE } = process.env;
  return { PATH, NODE_OPTIONS, ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }) };
};
