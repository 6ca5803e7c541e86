/**
 * What lets a stranger into the customer's page or the operator's: a message whose receiver may be of any origin, and markup
 * that is made of a text. Lit escapes what it renders, and a message names its origin, as long as nobody goes around them.
 */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'rolldown/utils';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Each `postMessage` of the widget. A port or a channel knows its receiver and takes no origin. A window takes one: `hello`
 * carries the port by which everything else goes, so it must be the exact origin of the BFF.
 */
const messages = [
  'widget/bridge/channel.ts: port.postMessage(text)',
  'widget/bridge/make-frame.ts: iframe.contentWindow?.postMessage(hello, origin, [port2])',
  'widget/session/tab-sync.ts: this.#channel.postMessage({ asks: true, version })',
  'widget/session/tab-sync.ts: this.#channel?.postMessage(message)',
];

/** Properties, functions and directives that make markup of a text. */
const sinks =
  /^(unsafeHTML|unsafeSVG|unsafeMathML|unsafeStatic|innerHTML|outerHTML|setHTMLUnsafe|insertAdjacentHTML|createContextualFragment|srcdoc)$/;

interface Found {
  messages: string[];
  sinks: string[];
}

/** What a module does by these names. Comments do not count. */
function inModule(path: string, source: string): Found {
  const found: Found = { messages: [], sinks: [] };
  const { program } = parseSync(path, source);
  new Visitor({
    CallExpression({ callee, start, end }) {
      const name = callee.type === 'MemberExpression' ? callee.property : callee;
      const called = source.slice(name.start, name.end).replace(/^['"`]|['"`]$/g, '');
      if (called === 'postMessage') found.messages.push(`${path}: ${source.slice(start, end)}`);
    },
    Identifier({ name }) {
      if (sinks.test(name)) found.sinks.push(`${path}: ${name}`);
    },
    Literal({ value }) {
      if (typeof value === 'string' && sinks.test(value.replace(/^.*[/]|[.]js$/g, ''))) found.sinks.push(`${path}: ${value}`);
    },
    TemplateElement({ value }) {
      // Lit sets a property by `.name=` in a template.
      for (const [, name = ''] of value.raw.matchAll(/[ \n][.]?(\w+)=/g))
        if (sinks.test(name)) found.sinks.push(`${path}: ${name}`);
    },
  }).visit(program);
  return found;
}

const modules = (...folders: string[]) =>
  globSync(`{${folders.join(',')}}/**/*.ts`, { cwd: root, exclude: (name) => name === '.types' })
    .filter((path) => !path.endsWith('.d.ts'))
    .map((path) => inModule(path, readFileSync(join(root, path), 'utf8')));

describe('a page of ours', () => {
  it('sends a message to a port, a channel or one exact origin, and nowhere else', () =>
    assert.deepEqual(
      modules('widget', 'server/operate/console')
        .flatMap((found) => found.messages)
        .sort(),
      messages,
    ));

  it('makes no markup of a text', () => {
    const all = modules('widget', 'server/operate/console');
    assert.ok(all.length > 100, String(all.length));
    assert.deepEqual(
      all.flatMap((found) => found.sinks),
      [],
    );
  });

  it('that does so is noticed', () => {
    for (const line of [
      'a.innerHTML = text;',
      "a['innerHTML'] = text;",
      "import { unsafeHTML } from 'lit/directives/unsafe-html.js';",
      `html\`<p .innerHTML=\${text}></p>\`;`,
      `html\`<iframe srcdoc=\${text}></iframe>\`;`,
      "a.insertAdjacentHTML('beforeend', text);",
    ])
      assert.equal(inModule('planted.ts', line).sinks.length > 0, true, line);
    for (const line of ["parent.postMessage(port, '*');", "postMessage(1, '*');", "a?.['postMessage'](1, '*');"])
      assert.equal(inModule('planted.ts', line).messages.length, 1, line);
    assert.deepEqual(inModule('planted.ts', '/** No innerHTML. */ a.textContent = text;'), { messages: [], sinks: [] });
  });
});
