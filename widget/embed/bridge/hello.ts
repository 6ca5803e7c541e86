/**
 * The one message that goes by `window.postMessage`: it brings a MessagePort, and everything after it goes through the port.
 * Told with the version of the messages, so that pages and windows of different ages do not half understand each other.
 */
export const hello = 'pay-desk:hello:1';

/** The name of a frame that `PayDesk` made: it waits to be told what to show. */
export const frameName = 'pay-desk';
