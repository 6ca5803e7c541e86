/** JSON as the recorded files hold it. */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Width of a line, characters. */
const width = 150;

/** Formats JSON for review: what fits on a line is written on one. */
export function printJson(value: Json, indent = 0, before = 0): string {
  const flat = onOneLine(value);
  if (indent + before + flat.length <= width || typeof value !== 'object' || value === null) return flat;
  const inner = indent + 2;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const members = Array.isArray(value)
    ? value.map((item) => printJson(item, inner))
    : Object.entries(value).map(([name, item]) => `"${name}": ${printJson(item, inner, name.length + 4)}`);
  return `${open}\n${filled(members, ' '.repeat(inner))}\n${' '.repeat(indent)}${close}`;
}

/** Puts as many items on a line as fit; an item of several lines stands alone. */
function filled(members: string[], pad: string): string {
  const lines: string[] = [];
  let line = '';
  for (const [index, member] of members.entries()) {
    const text = index < members.length - 1 ? `${member},` : member;
    const fits = line !== '' && !text.includes('\n') && pad.length + line.length + 1 + text.length <= width;
    if (fits) line = `${line} ${text}`;
    else {
      if (line) lines.push(pad + line);
      line = text;
    }
    if (text.includes('\n')) {
      lines.push(pad + line);
      line = '';
    }
  }
  if (line) lines.push(pad + line);
  return lines.join('\n');
}

function onOneLine(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${onOneLine(item)}`);
  return members.length ? `{ ${members.join(', ')} }` : '{}';
}

/** Maps every text in it. */
export function mapTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapTexts(item, change)]));
}
