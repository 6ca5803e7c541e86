/** Tells of every public event of the `<pay-desk>` in a document. */

/** `pay-resize` is left out: it would bury the rest. */
const names = [
  'pay-ready',
  'pay-load-error',
  'pay-status-change',
  'pay-method-change',
  'pay-change',
  'pay-before-submit',
  'pay-pending',
  'pay-success',
  'pay-failure',
  'pay-cancel',
  'pay-expired',
] as const;

export interface SeenEvent {
  name: string;
  /** Its most telling field. */
  detail: string;
  ok: boolean;
}

export function watchEvents(page: Document, seen: (event: SeenEvent) => void): void {
  for (const name of names) {
    page.addEventListener(name, (event) =>
      seen({ name, detail: tell(event as Event & Telling), ok: name !== 'pay-failure' && name !== 'pay-load-error' }),
    );
  }
}

interface Telling {
  problem?: { code: string };
  status?: string;
  reason?: string;
  method?: string | null;
  complete?: boolean;
}

const tell = ({ problem, status, reason, method, complete }: Telling): string =>
  problem?.code ?? status ?? reason ?? (complete === undefined ? (method ?? '') : complete ? 'complete' : 'incomplete');
