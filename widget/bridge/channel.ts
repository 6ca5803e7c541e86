/** A MessagePort that lets through what it knows: JSON of at most 8 kB, of one shape each way. Everything else is dropped. */

/** Bytes of UTF-8. */
export const largest = 8192;

export interface Channel<Sent> {
  /** @throws Error when the message would be too large to be read at the other end. */
  send(message: Unsent<Sent>): void;
  close(): void;
}

/** A message before it gets its version. */
export type Unsent<Message> = Message extends { v: 1 } ? Omit<Message, 'v'> : never;

/**
 * Texts, not objects: their size is known before they are looked at.
 * @param read What was said, or null where it is nothing that may be said.
 */
export function openChannel<Sent, Heard>(
  port: MessagePort,
  read: (said: unknown) => Heard | null,
  hear: (message: Heard) => void,
): Channel<Sent> {
  port.onmessage = ({ data }) => {
    const heard = read(parse(data));
    if (heard) hear(heard);
  };
  return {
    send(message) {
      const text = JSON.stringify({ v: 1, ...message });
      if (sizeOf(text) > largest) throw new Error(`Pay Desk: a message to the plugin window may have ${largest} bytes at most.`);
      port.postMessage(text);
    },
    close: () => port.close(),
  };
}

const sizeOf = (text: string) => new TextEncoder().encode(text).length;

function parse(data: unknown): unknown {
  // The length first: a text of megabytes is not worth encoding.
  if (typeof data !== 'string' || data.length > largest || sizeOf(data) > largest) return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
