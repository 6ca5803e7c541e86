/**
 * The module `pay-desk/react`: `<PayDesk>` for React 18 and 19. React renders the custom element; this sets its properties and
 * listens to its events. On a server it renders the empty element, which is filled when the page becomes interactive.
 */
import {
  type CSSProperties,
  createElement,
  type ForwardRefExoticComponent,
  forwardRef,
  type ReactNode,
  type RefAttributes,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react';
import type { PayDeskEventMap } from '../events.ts';
// It defines the element.
import '../index.ts';
import type { PayDesk as PayDeskElement } from '../index.ts';
import { eventNames, type PayDeskEventName, type PayDeskOptions, type PayDeskProperties, toProperties } from '../wrapped.ts';

export type { PayDeskElement, PayDeskOptions };

/** `pay-status-change` → `onPayStatusChange`. */
type CallbackName<Name extends string> = `on${PascalCase<Name>}`;
type PascalCase<Name extends string> = Name extends `${infer Word}-${infer Rest}`
  ? `${Capitalize<Word>}${PascalCase<Rest>}`
  : Capitalize<Name>;

/** One callback for each event of the element. They are hints for the page: ship on the webhook. */
export type PayDeskCallbacks = {
  [Name in PayDeskEventName as CallbackName<Name>]?: ((event: PayDeskEventMap[Name]) => void) | undefined;
};

/** Says which payment is shown. */
type Source =
  | { clientSecret: string | null | undefined; fetchClientSecret?: (() => Promise<string>) | undefined }
  | { clientSecret?: string | null | undefined; fetchClientSecret: () => Promise<string> };

export type PayDeskProps = Omit<PayDeskOptions, 'clientSecret' | 'fetchClientSecret'> &
  Source &
  PayDeskCallbacks & {
    id?: string | undefined;
    className?: string | undefined;
    style?: CSSProperties | undefined;
    /** Goes into the element's slots, e.g. `<p slot="support">`. */
    children?: ReactNode;
  };

/** On a server there is no layout, and React 18 warns of a layout effect there. */
const useBrowserEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/** `ref` is the element itself, with `submit()`, `validate()`, `refresh()` and the others. */
export const PayDesk: ForwardRefExoticComponent<PayDeskProps & RefAttributes<PayDeskElement>> = forwardRef(
  function PayDesk(props, ref) {
    const { id, className, style, children } = props;
    const host = useRef<PayDeskElement>(null);
    const latest = useRef<PayDeskProps>(props);
    const applied = useRef<Applied>(null);
    useImperativeHandle(ref, () => host.current as PayDeskElement, []);
    // Layout effects run before the browser paints and before the element renders for the first time.
    useBrowserEffect(() => {
      latest.current = props;
    });
    useBrowserEffect(() => {
      const listening = new AbortController();
      for (const name of eventNames)
        host.current?.addEventListener(name, (event) => callbackOf(latest.current, name)?.(event), { signal: listening.signal });
      return () => listening.abort();
    }, []);
    useBrowserEffect(() => {
      if (host.current) applied.current = applyOptions(host.current, props, applied.current, () => latest.current);
    });
    // The element adds attributes of its own, before React compares the page with what the server sent. React 18 passes `class`
    // on to a custom element, and not `className`.
    return createElement('pay-desk', { ref: host, id, class: className, style, suppressHydrationWarning: true }, children);
  },
);

interface Applied {
  element: PayDeskElement;
  properties: PayDeskProperties;
  fetchClientSecret: () => Promise<string>;
}

/** Sets what has changed since the last time: what the customer chose in the element stays when something else is rendered. */
function applyOptions(element: PayDeskElement, options: PayDeskProps, last: Applied | null, latest: () => PayDeskProps): Applied {
  const before = last?.element === element ? last : null;
  const fetchClientSecret = before?.fetchClientSecret ?? (() => latest().fetchClientSecret?.() ?? noSecret());
  const properties = toProperties(options, fetchClientSecret);
  const changed = Object.entries(properties).filter(
    ([name, value]) => before?.properties[name as keyof PayDeskProperties] !== value,
  );
  Object.assign(element, Object.fromEntries(changed));
  return { element, properties, fetchClientSecret };
}

const noSecret = () => Promise.reject(new Error('There is no fetchClientSecret any more.'));

function callbackOf(props: PayDeskProps, event: PayDeskEventName): ((event: Event) => void) | undefined {
  const name = `on${event.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
  return (props as unknown as Record<string, ((event: Event) => void) | undefined>)[name];
}
