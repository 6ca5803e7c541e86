/**
 * Checks Node's version before anything else is loaded. An older Node crashes silently in the binary of better-sqlite3 and cannot
 * read TypeScript, so this file is plain JavaScript, imports nothing, and also runs by itself before the scripts of package.json.
 */

/** The same as `engines` in package.json. */
const needed = { major: 22, minor: 19 };

/**
 * @param {string} version for example `24.22.3`
 * @returns {string | null} a sentence for the person who started an older Node, or null if the version is new enough
 */
export function olderNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > needed.major || (major === needed.major && minor >= needed.minor)) return null;
  return `Pay Desk needs Node ${needed.major}.${needed.minor} or newer; this is Node ${version}.`;
}

const problem = olderNode(process.versions.node);
if (problem !== null) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
