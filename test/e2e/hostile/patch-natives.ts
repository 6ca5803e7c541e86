/**
 * What a hostile page can do before our script loads: it wraps every native that values pass through. Runs in the page, in
 * its own realm only, so it stands alone.
 * @param needles The texts it looks for; what it found is in `window.recorded`, as `<native>: <needle>`.
 */
export function patchNatives(needles: string[]): void {
  if (window !== window.top) return;
  const recorded = new Set<string>();
  Object.assign(window, { recorded });
  const { stringify } = JSON;
  const { apply } = Reflect;
  const { includes } = String.prototype;
  const add = Set.prototype.add.bind(recorded);
  let listening = false;
  const listen = [
    (where: string, value: unknown) => {
      if (listening || (typeof value !== 'string' && typeof value !== 'object')) return;
      listening = true;
      try {
        const text = typeof value === 'string' ? value : value instanceof Headers ? stringify([...value]) : stringify(value);
        for (let nth = 0; nth < needles.length; nth++)
          if (apply(includes, text ?? '', [needles[nth]])) add(`${where}: ${needles[nth]}`);
      } catch {
        // what cannot be converted to a string is not recorded
      } finally {
        listening = false;
      }
    },
  ][0] as (where: string, value: unknown) => void;
  const patched: [object, string[]][] = [
    [window, ['fetch', 'postMessage', 'structuredClone']],
    [JSON, ['parse', 'stringify']],
    [Object, ['assign', 'keys', 'entries', 'freeze', 'defineProperty']],
    [Array.prototype, ['push', 'map', 'join', 'filter', 'forEach', 'includes', 'concat', 'slice', 'reduce', 'find']],
    [String.prototype, ['replace', 'replaceAll', 'split', 'trim', 'slice', 'toUpperCase', 'match', 'normalize']],
    [Promise.prototype, ['then', 'catch', 'finally']],
    [Storage.prototype, ['setItem', 'getItem']],
    [MessagePort.prototype, ['postMessage']],
    [Headers.prototype, ['set', 'append', 'get']],
    [Response.prototype, ['json', 'text']],
    [Map.prototype, ['set', 'get']],
    [RegExp.prototype, ['exec', 'test']],
    [EventTarget.prototype, ['dispatchEvent']],
    [Element.prototype, ['setAttribute', 'append']],
    [History.prototype, ['replaceState', 'pushState']],
  ];
  for (const [holder, names] of patched) {
    for (const name of names) {
      const native = Reflect.get(holder, name) as (...args: unknown[]) => unknown;
      Reflect.set(holder, name, function (this: unknown, ...args: unknown[]) {
        for (let nth = 0; nth < args.length; nth++) listen(name, args[nth]);
        if (typeof this === 'string') listen(name, this);
        const result = apply(native, this, args);
        listen(name, result);
        return result;
      });
    }
  }
  addEventListener('message', ({ data }) => listen('message', data));
  for (const type of ['input', 'keydown', 'pay-change', 'pay-before-submit', 'pay-success', 'pay-failure', 'pay-status-change'])
    addEventListener(type, (event) => listen(type, { ...event, ...(event as { data?: string }) }), true);
}
