/** A channel over a MessagePort. It carries valid messages as JSON of at most 8 kB and ignores everything else. */

export const maxBytes = 8192;

export interface Channel<Sent> {
  /** @throws Error when the message is larger than `maxBytes`: the other end would ignore it. */
  send(message: Unsent<Sent>): void;
  close(): void;
}

/** A message before its version is added. */
export type Unsent<Message> = Message extends { v: 1 } ? Omit<Message, 'v'> : never;

/**
 * Messages are texts and no objects, because the size of a text is known before it is parsed.
 * @param read Validates a message; null for an invalid one.
 */
export function openChannel<Sent, Received>(
  port: MessagePort,
  read: (message: unknown) => Received | null,
  onMessage: (message: Received) => void,
): Channel<Sent> {
  port.onmessage = ({ data }) => {
    const message = read(parse(data));
    if (message) onMessage(message);
  };
  return {
    send(message) {
      const text = JSON.stringify({ v: 1, ...message });
      if (sizeOf(text) > maxBytes)
        throw new Error(`Pay Desk: a message to the plugin window may have ${maxBytes} bytes at most.`);
      port.postMessage(text);
    },
    close: () => port.close(),
  };
}

const sizeOf = (text: string) => new TextEncoder().encode(text).length;

function parse(data: unknown): unknown {
  // The length is compared first, because encoding a text of megabytes would take time.
  if (typeof data !== 'string' || data.length > maxBytes || sizeOf(data) > maxBytes) return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
