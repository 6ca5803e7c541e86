/**
 * What a hostile page can observe while somebody types: keys, events, changes of its tree, and at any time all that its objects
 * reach. Runs in the page, in its own realm only, before any of our scripts, so it stands alone.
 */
export interface Spy {
  /** Every needle that was found so far, as `<where>: <needle>`. */
  seen: Set<string>;
  /** Searches all that can be reached from the page now; @returns How many objects were searched. */
  search(): number;
}

// Methods and no named functions, because the test runner's helper that names functions does not exist in the page.
export function spyOnPage(needles: string[]): void {
  if (window !== window.top) return;
  const roots: Node[] = [document];
  const spy = {
    seen: new Set<string>(),
    note(where: string, text: string) {
      for (const needle of needles) if (text.includes(needle)) spy.seen.add(`${where}: ${needle}`);
    },
    watch(root: Node) {
      const all = { attributes: true, attributeOldValue: true, characterData: true, characterDataOldValue: true };
      spy.observer.observe(root, { ...all, childList: true, subtree: true });
    },
    observer: new MutationObserver((changes) => {
      for (const { target, oldValue } of changes) spy.note('mutation', `${oldValue} ${target.textContent}`);
    }),
    search() {
      const met = new Set<unknown>();
      const queue: unknown[] = [window, ...roots, { ...sessionStorage }, { ...localStorage }, document.cookie, location.href];
      for (const root of roots) queue.push(...(root as ParentNode).querySelectorAll('*'));
      queue.push(performance.getEntriesByType('resource').map(({ name }) => name));
      for (let at = 0; at < queue.length && met.size < 60_000; at++) {
        const value = queue[at];
        if (typeof value === 'string') spy.note('reached', value);
        if ((typeof value !== 'object' && typeof value !== 'function') || value === null || value === spy || met.has(value))
          continue;
        met.add(value);
        for (let holder = value; holder && holder !== Object.prototype; holder = Object.getPrototypeOf(holder))
          for (const name of Reflect.ownKeys(holder)) {
            try {
              queue.push(Reflect.get(holder, name, value));
            } catch {
              // of another origin, or not readable on this object
            }
          }
      }
      return met.size;
    },
  };
  spy.watch(document);
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (options) {
    const root = Reflect.apply(attachShadow, this, [{ ...options, mode: 'open' }]) as ShadowRoot;
    roots.push(root);
    spy.watch(root);
    return root;
  };

  // One character at a time would be enough, so what is typed is put together again.
  let keys = '';
  const types = 'keydown keypress keyup beforeinput input change paste copy focusin selectionchange compositionend message';
  for (const type of types.split(' '))
    for (const target of [window, document])
      target.addEventListener(
        type,
        (event) => {
          const { key, data, target: from } = event as Event & { key?: string; data?: unknown };
          if (type === 'keydown' && target === window && key?.length === 1) keys += key;
          const value = from instanceof HTMLInputElement ? from.value : '';
          spy.note(type, `${keys} ${typeof data === 'string' ? data : ''} ${value}`);
        },
        true,
      );
  Object.assign(window, { spy: { seen: spy.seen, search: spy.search } satisfies Spy });
}
