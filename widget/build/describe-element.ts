/**
 * `npm run elements`: writes `widget/custom-elements.json`, which editors and other tools read, from the source of the element: by
 * `@custom-elements-manifest/analyzer`, and by the element's own tables of attributes and tokens. The analyzer is not a dependency, because
 * it needs TypeScript 5 beside ours: `npx` fetches it, at the version below. `custom-elements.test.ts` compares the file with the source.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PaymentMethod } from '#contract';
import { PayDeskProperties } from '../element/properties.ts';
import { theme } from '../element/theme.ts';

const target = 'widget/custom-elements.json';
const sources = ['pay-desk.ts', 'properties.ts', 'host-controllers.ts'].map((name) => `widget/element/${name}`);

interface Member {
  kind: string;
  name: string;
  privacy?: string;
  static?: boolean;
  type?: { text: string };
  description?: string;
  [field: string]: unknown;
}

interface Declaration {
  tagName?: string;
  members: Member[];
  [field: string]: unknown;
}

interface Manifest {
  schemaVersion: string;
  modules: { declarations: Declaration[] }[];
}

/** A comment's line breaks mean nothing. */
const inOneLine = (_: string, value: unknown) => (typeof value === 'string' ? value.replaceAll('\n', ' ') : value);

function analyze(): Declaration {
  mkdirSync('dist', { recursive: true });
  const folder = mkdtempSync('dist/elements-');
  // The analyzer writes there where its result is, which only a package needs to say.
  const packageManifest = readFileSync('package.json');
  try {
    const command = ['-y', '-p', '@custom-elements-manifest/analyzer@0.11.0', 'cem', 'analyze', '--litelement'];
    execFileSync('npx', [...command, '--globs', ...sources, '--outdir', relative('.', folder)], { stdio: 'pipe' });
    const { modules } = JSON.parse(readFileSync(join(folder, 'custom-elements.json'), 'utf8'), inOneLine) as Manifest;
    const found = modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName === 'pay-desk');
    if (!found) throw new Error('The analyzer has not found <pay-desk>.');
    return found;
  } finally {
    writeFileSync('package.json', packageManifest);
    rmSync(folder, { recursive: true });
  }
}

/** Where the table of properties says nothing, the attribute has the property's name. */
function attributeOf(name: string): string | undefined {
  const { attribute } = (PayDeskProperties.properties as Record<string, { attribute?: string | false }>)[name] ?? {
    attribute: false,
  };
  return attribute === false ? undefined : (attribute ?? name);
}

/** Editors offer the values of an attribute by its type, and do not look up names. */
function written(type: Member['type']): Member['type'] {
  const methods = PaymentMethod.options.map((name) => `'${name}'`).join(' | ');
  return type && { text: type.text.replace(/\bPaymentMethod\b/, methods) };
}

function describeElement(): unknown {
  const { members, events, slots, cssParts, cssStates, name, description, tagName } = analyze();
  const own = members
    .filter(({ privacy, static: isStatic }) => !isStatic && privacy !== 'private' && privacy !== 'protected')
    // Inherited or not, and in which file: a user of the package sees one class.
    .map(({ inheritedFrom: _, static: __, ...member }) => {
      const attribute = attributeOf(member.name);
      return attribute ? { ...member, attribute } : member;
    });
  const attributes = own.flatMap(({ name: fieldName, type, description: text, default: value }: Member) => {
    const attribute = attributeOf(fieldName);
    return attribute ? [{ name: attribute, fieldName, type: written(type), description: text, default: value }] : [];
  });
  const tokens = [...theme.cssText.matchAll(/var\((--pay-[\w-]+), (.*)\);/g)];
  const lightDark = new Map(tokens.map(([, token = '', value = '']) => [token, value]));
  const cssProperties = [...lightDark].map(([token, value]) => ({ name: token, default: value }));
  // Inherited or not: a user of the package sees one class.
  const asOwn = (list: unknown) => (list as Member[]).map(({ inheritedFrom: _, ...rest }) => rest);
  const declaration = {
    kind: 'class',
    customElement: true,
    tagName,
    name,
    description,
    attributes,
    members: own,
    // The analyzer also lists, without a name, what the class dispatches.
    events: (asOwn(events) as Member[]).filter(({ name: event }) => event),
    slots: asOwn(slots),
    cssParts: asOwn(cssParts),
    cssProperties,
    cssStates: asOwn(cssStates),
  };
  const exported = { name: 'PayDesk', declaration: { name: 'PayDesk' } };
  const exports = [
    { kind: 'js', ...exported },
    { kind: 'custom-element-definition', ...exported, name: 'pay-desk' },
  ];
  const module = { kind: 'javascript-module', path: 'pay-desk.js', declarations: [declaration], exports };
  return { schemaVersion: '2.1.0', modules: [module] };
}

writeFileSync(target, `${JSON.stringify(describeElement(), null, 2)}\n`);
