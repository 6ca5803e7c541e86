/**
 * The layout of the product as data: which module may import which, how long a file may be, how many files a question may cost.
 * Where the code does not reach a goal yet, `limit` is what it has today: it may only come down.
 */

/** A number that may not rise: `limit` is checked, `goal` is what we want. */
export interface Limit {
  limit: number;
  goal: number;
}

/**
 * Module → the modules it may import besides itself. Imports do not carry on: who may import `payments` may not therefore import
 * what `payments` imports. A file belongs to the module with the longest path that contains it.
 */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  // The public entry defines the element and re-exports the types that a page's own code needs.
  'widget/index.ts': [
    'widget/events.ts',
    'widget/element',
    'widget/parts',
    'widget/messages',
    'widget/session',
    'server/contract',
  ],
  'widget/events.ts': ['server/contract'],
  // Below everything that runs in a page: it knows no payment.
  'widget/browser.ts': [],
  'widget/element': [
    'widget/browser.ts',
    'widget/events.ts',
    'widget/screens',
    'widget/methods',
    'widget/parts',
    'widget/messages',
    'widget/session',
    'server/contract',
  ],
  'widget/screens': [
    'widget/browser.ts',
    'widget/methods',
    'widget/parts',
    'widget/messages',
    'widget/session',
    'server/contract',
  ],
  'widget/methods': [
    'widget/browser.ts',
    'widget/parts',
    'widget/messages',
    'widget/session',
    'widget/bridge',
    'server/contract',
  ],
  'widget/parts': ['widget/messages', 'server/contract'],
  'widget/messages': ['widget/browser.ts', 'server/contract'],
  'widget/session': ['widget/browser.ts', 'server/contract'],
  'widget/bridge': ['widget/browser.ts', 'widget/messages', 'server/contract'],
  'widget/embed': [
    'widget/browser.ts',
    'widget/index.ts',
    'widget/events.ts',
    'widget/element',
    'widget/screens',
    'widget/methods',
    'widget/parts',
    'widget/messages',
    'widget/session',
    'widget/bridge',
    'server/contract',
  ],
  // What the wrappers for frameworks share. They show the element as any page does, through its public entry.
  'widget/wrapped.ts': ['widget/index.ts', 'widget/events.ts'],
  'widget/react': ['widget/wrapped.ts', 'widget/index.ts', 'widget/events.ts'],
  'widget/jsx': ['widget/index.ts', 'widget/events.ts'],
  'widget/vue': ['widget/wrapped.ts', 'widget/index.ts', 'widget/events.ts'],
  // Describes the element by its own tables.
  'widget/build': ['widget/element', 'server/contract'],
  'server/contract': [],
  'server/clients': [],
  'server/payments/model': ['server/contract'],
  'server/payments/attempts': ['server/payments/model', 'server/contract'],
  'server/payments': ['server/payments/attempts', 'server/payments/model', 'server/contract'],
  'server/payments/http': ['server/payments', 'server/payments/attempts', 'server/payments/model', 'server/contract'],
  'server/methods': [
    'server/payments',
    'server/payments/attempts',
    'server/payments/http',
    'server/payments/model',
    'server/clients',
    'server/contract',
  ],
  'server/storage': ['server/payments', 'server/payments/attempts', 'server/payments/model', 'server/contract'],
  'server/reconcile': ['server/payments', 'server/payments/attempts', 'server/payments/model', 'server/contract'],
  'server/webhooks': [
    'server/payments',
    'server/payments/attempts',
    'server/payments/http',
    'server/payments/model',
    'server/contract',
  ],
  'server/links': [
    'server/payments',
    'server/payments/attempts',
    'server/payments/http',
    'server/payments/model',
    'server/contract',
  ],
  // A package of its own for merchants' servers: it must run without anything of ours.
  'server/sdk': [],
  'server/operate': ['server/payments', 'server/payments/http', 'server/payments/model', 'server/webhooks', 'server/contract'],
  'server/plugins': ['server/payments/model', 'server/payments/http', 'server/contract'],
  // A program of its own, which wires together what a command needs, as `main.ts` does for the server. Nothing imports it.
  'server/operate/cli': [
    'server',
    'server/links',
    'server/storage',
    'server/payments',
    'server/payments/model',
    'server/contract',
  ],
  // The operator's page: browser code, built on its own.
  'server/operate/console': ['server/contract'],
  // `main.ts`, `app.ts`, `start-server.ts` and the other files of the root wire everything together.
  server: ['server/**'],
  demo: ['server/**', 'widget/**'],
};

/** How many imports from one module into another the matrix forbids and the code still has. The goal of each is 0. */
export const knownArrows: Readonly<Record<string, number>> = {};

/** The longest a file may be, in lines, but for those that are longer today: path → lines. */
export const longestFile: number = 250;
export const knownLongFiles: Readonly<Record<string, number>> = {};

/** A file with fewer lines needs a reason, or two modules that import it. */
export const shortestFile: number = 20;

/** Files, folders and endings that may be shorter, and why. */
export const shortFileReasons: readonly { files: RegExp; reason: string }[] = [
  {
    files: /^server\/contract\//,
    reason: 'readers that the widget downloads at different times stay apart, so that each chunk has only its own',
  },
  { files: /^server\/methods\/[a-z-]+\.ts$/, reason: 'shared by the modules of several payment methods' },
  { files: /^server\/storage\/migrations\//, reason: 'a migration is never edited after it has run' },
  { files: /\.styles\.ts$/, reason: 'a style sheet' },
  { files: /^widget\/messages\/(.*\/)?[a-z]{2}(-[A-Z][a-z]{3})?\.ts$/, reason: 'a message pack' },
  { files: /^widget\/index\.ts$/, reason: 'the public entry of the package' },
  { files: /^server\/sdk\/index\.ts$/, reason: 'the entry of the package @pay-desk/server' },
  { files: /^widget\/embed\/pinned\.ts$/, reason: 'the entry of the pinned build' },
  { files: /^widget\/embed\/pinned-script\.ts$/, reason: 'must run before every other module of the pinned build' },
  { files: /^widget\/embed\/card\/main\.ts$/, reason: 'the entry of the card frame' },
  { files: /^widget\/embed\/window\/index\.ts$/, reason: 'the lazy chunk of the plugin window' },
  {
    files: /^widget\/embed\/plugin\/observe-height\.ts$/,
    reason: 'shared by two pages of their own, the plugin window and the card frame',
  },
  {
    files: /^widget\/methods\/adopt-styles\.ts$/,
    reason: 'shared by the lazy chunks of three forms and of the later screens; the first download does not contain it',
  },
  { files: /^widget\/screens\/later-screens\.ts$/, reason: 'the lazy chunk of the later screens' },
  { files: /^widget\/build\//, reason: 'a plugin of Vite' },
  { files: /^demo\/shop\/book\.ts$/, reason: 'data: the one product of the demo shop' },
  { files: /^demo\/main\.ts$/, reason: 'the entry of the QA page' },
  { files: /^demo\/(start|sandbox)\.ts$/, reason: 'the entries of the demo: its command here, and that of the package' },
  { files: /^server\/operate\/cli\/pay-desk\.ts$/, reason: 'the entry of the command line' },
];
/** How many short files have neither a reason nor two importing modules. */
export const unexplainedShortFiles: Limit = { limit: 0, goal: 0 };

/** How many files belong to a group that imports itself in a circle. */
export const filesInCycles: Limit = { limit: 0, goal: 0 };

/**
 * How many files a reader opens to follow a question: the entries and everything that their static imports lead to, types
 * included, as far as a file belongs to the trip and is not beside it. A lazy `import()` is another question. A name that is
 * imported from
 * `#contract` leads to the file that declares it and not to all of the contract.
 */
export interface Trip extends Limit {
  question: string;
  entries: readonly string[];
  /** Folders and files that belong to the trip. */
  through: readonly string[];
  /** Files that answer another question, as their names say: the reader leaves them closed. */
  beside: readonly string[];
}

/** Other things that one can do with a payment or its webhooks: `payments.ts` and `store.ts` lead to all of them. */
const otherActsOnPayments = [
  'server/payments/model/webhook-queries.ts',
  'server/payments/create-payment.ts',
  'server/payments/close-payment.ts',
  'server/payments/change-payment.ts',
  'server/payments/refunds.ts',
  'server/payments/return-url.ts',
  'server/payments/model/operator-queries.ts',
  'server/payments/model/operator-reads.ts',
  'server/payments/model/operator-records.ts',
  'server/payments/attempts/flags.ts',
  'server/payments/change-feed.ts',
  'server/payments/model/reading.ts',
  'server/payments/model/api-key.ts',
  'server/payments/attempts/supersede-decisions.ts',
  'server/payments/model/reconciliation-records.ts',
];

export const trips: readonly Trip[] = [
  {
    question: 'a paid pay code, from POST /checkout/pay-code to the webhook row',
    entries: ['server/methods/pay-code/routes.ts', 'server/payments/attempts/update-payment.ts'],
    through: ['server/methods', 'server/payments', 'server/clients', 'server/contract'],
    beside: ['server/methods/pay-code/show-code.ts', 'server/methods/pay-code/sms-code.ts', ...otherActsOnPayments],
    limit: 45,
    goal: 45,
  },
  {
    question: 'a card payment, from POST /checkout/card to the webhook row',
    entries: ['server/methods/card/routes.ts', 'server/payments/attempts/update-payment.ts'],
    through: ['server/methods', 'server/payments', 'server/clients', 'server/contract'],
    beside: otherActsOnPayments,
    limit: 47,
    goal: 50,
  },
  {
    question: "the widget's first screen",
    entries: ['widget/index.ts'],
    through: ['widget', 'server/contract'],
    beside: [],
    limit: 40,
    goal: 40,
  },
  {
    question: 'a postback, from POST /postbacks/paykassma to the webhook row',
    entries: ['server/methods/wallet/postbacks.ts', 'server/payments/attempts/update-payment.ts'],
    through: ['server/methods', 'server/payments', 'server/clients', 'server/contract'],
    beside: ['server/methods/wallet/postback-items.ts', ...otherActsOnPayments],
    limit: 23,
    goal: 25,
  },
];
